// classic/recipe.h - features and a classifier, under the name of those who tried them on faces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "classic/features.h"
#include "classic/learner.h"
#include "classic/projection.h"
#include "evaluate/fer2013.h"

namespace harmonic::classic {

struct Recipe {
  std::string_view name;
  FeatureKind features;
  Scaling scaling;
  LearnerKind learner;
  std::size_t most_rows;    ///< of Training from which the classifier learns, stratified; 0 for all
  std::string_view source;  ///< paper and year
};

/// The recipes in the order of the table.
[[nodiscard]] std::span<const Recipe> recipes();

/// Every number that the outcome hangs on, in words: the key of a kept result.
[[nodiscard]] std::string settings_of(const Recipe& recipe);

/// Most axes of the projection, and most of the rows (stratified) that they come from.
inline constexpr std::size_t kAxes = 150;
inline constexpr std::size_t kProjectionRows = 6000;
/// Rows of Training from which a support vector machine learns: its time grows with their square.
inline constexpr std::size_t kSvmRows = 12000;

/// Told what is being done, how far it is and how much there is.
using Progress = std::function<void(std::string_view what, std::size_t done, std::size_t all)>;

/// A recipe that has learned. Threads  answer() from one at a time.
class Trained {
 public:
  /// Learns from recipe.most_rows of `training`, which it projects by kProjectionRows of them, with
  /// the settings that are best on `choosing`; faces that show no features are left out.
  /// Errors  those of features_of() and learn().
  [[nodiscard]] static Result<Trained> train(const Recipe& recipe,
                                             const evaluate::LabelledFaces& training,
                                             const evaluate::LabelledFaces& choosing,
                                             const std::filesystem::path& share,
                                             const Progress& progress);

  /// A FER2013 label; nothing for a face that does not show what is measured.
  [[nodiscard]] Result<std::optional<std::uint8_t>> answer(const image::Picture& face) const;

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] const std::string& settings() const { return choice_.settings; }

 private:
  Features features_;
  Projection projection_;
  Choice choice_;
  std::size_t rows_ = 0;
};

}  // namespace harmonic::classic
