// classic/learner.h - the classifiers of the literature, on rows of projected features.
//
// Each tries the few settings that its header line states, keeps those that answer most faces of
// `choosing` rightly (the first among equals), and then learns from all of `training`. Both have
// rows, of one width; `choosing` may be nobody's test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "classic/rows.h"

namespace harmonic::classic {

/// What has been learned. Threads  answer() from one at a time.
class Learned {
 public:
  Learned() = default;
  Learned(const Learned&) = delete;
  Learned& operator=(const Learned&) = delete;
  virtual ~Learned() = default;

  /// A FER2013 label 0..6. Errors  kCorrupt: those of the library.
  [[nodiscard]] virtual Result<std::uint8_t> answer(std::span<const float> row) const = 0;
};

struct Choice {
  std::unique_ptr<const Learned> learned;
  std::string settings;  ///< what was chosen, in words for the table
};

enum class LearnerKind : std::uint8_t { kNearest, kSvm, kRbfNetwork };

/// The settings that are tried, in words.
[[nodiscard]] std::string_view grid_of(LearnerKind kind);

/// Errors  kInvalidInput: no rows.
[[nodiscard]] Result<Choice> learn(LearnerKind kind, const Rows& training, const Rows& choosing);

/// The label of the nearest of all rows, by Euclidean distance or by angle.
/// Source  Cover and Hart, "Nearest neighbor pattern classification", IEEE Trans. Information
/// Theory
///         13 (1967).
[[nodiscard]] Result<Choice> learn_nearest(const Rows& training, const Rows& choosing);

/// Rows from which the grid of learn_svm() learns; the chosen one learns from all.
inline constexpr std::size_t kGridRows = 3000;

/// A support vector machine with Gaussian kernel, one against one, by OpenCV; C and gamma from a
/// grid fitted on kGridRows rows.
/// Source  Cortes and Vapnik, "Support-vector networks", Machine Learning 20 (1995).
[[nodiscard]] Result<Choice> learn_svm(const Rows& training, const Rows& choosing);

/// Gaussian units at the centres of k-means, all of one width, under linear outputs solved by least
/// squares.
/// Source  Moody and Darken, "Fast learning in networks of locally-tuned processing units", Neural
///         Computation 1 (1989).
[[nodiscard]] Result<Choice> learn_rbf_network(const Rows& training, const Rows& choosing);

/// Share of `rows` that are answered rightly, 0 for none. Errors  those of answer().
[[nodiscard]] Result<double> share_right(const Learned& learned, const Rows& rows);

}  // namespace harmonic::classic
