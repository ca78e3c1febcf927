// classic/measure.h - one row of the table: the figures of a recipe or of a network.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "affect/classifier.h"
#include "base/result.h"
#include "classic/recipe.h"
#include "evaluate/fer2013.h"
#include "evaluate/metrics.h"

namespace harmonic::classic {

/// evaluate::Scores of answers among which some are missing.
struct Figures {
  std::size_t count = 0;  ///< faces, those without an answer among them
  double accuracy = 0;    ///< share of right answers of all faces, [0, 1]
  double macro_f1 = 0;    ///< as evaluate::Scores; a face without an answer is not found
  std::optional<double> calibration_error;  ///< nothing for what answers without a probability
  evaluate::Confusion confusion{};          ///< of the faces that were answered

  friend bool operator==(const Figures&, const Figures&) = default;
};

/// Faces without an answer, by their true emotion.
using Missed = std::array<std::size_t, evaluate::kRatedCount>;

/// A face without an answer counts as a wrong one. `sure`: the shares are probabilities. Without
/// missed faces the figures are those of evaluate::score(). Nothing when there is no face.
[[nodiscard]] std::optional<Figures> figures_of(std::span<const evaluate::Answer> answers,
                                                const Missed& missed, bool sure);

/// What is finished of one row; kept by cache.h.
struct Row {
  std::string name;
  std::string source;               ///< paper and year, or the manifest's name
  std::string settings;             ///< what was chosen; empty where nothing was to choose
  std::optional<std::size_t> rows;  ///< learned from; nothing for what this program did not train
  std::optional<double> seconds;    ///< CPU time of training, features and choice included
  double milliseconds = 0;          ///< CPU time a face from grey pixels to its answer, the mean
  std::size_t unanswered = 0;       ///< faces of the split
  std::optional<Figures> fer2013;   ///< FER2013's own labels, all faces
  std::optional<Figures> clean;     ///< without PrivateTest's copies; PrivateTest only
  std::optional<Figures> ferplus;   ///< the raters' majority, seven emotions

  friend bool operator==(const Row&, const Row&) = default;
};

/// A reading, or nothing where no answer can be given.
using Responder = std::function<Result<std::optional<affect::Reading>>(const image::Picture&)>;

/// CPU time of this process in seconds: a busy machine does not lengthen it.
[[nodiscard]] double cpu_seconds();

/// One hundred per cent for `label` in both distributions.
[[nodiscard]] affect::Reading reading_of(std::uint8_t label);

/// The faces that are measured, and those of them that also occur in Training or PublicTest.
struct Exam {
  evaluate::LabelledFaces faces;
  std::unordered_set<std::uint32_t> leaked;
  evaluate::Split split = evaluate::Split::kPrivateTest;
};

/// Reads `split`, its first `limit` faces only unless that is 0. Errors  those of read_split().
[[nodiscard]] Result<Exam> read_exam(const std::filesystem::path& dir, evaluate::Split split,
                                     std::size_t limit);

/// Keeps the first `limit` faces; 0 keeps all.
void shorten(evaluate::LabelledFaces& faces, std::size_t limit);

/// Fills in the figures, the missing answers and the time: evaluate::evaluate_faces() for what may
/// give no answer. Errors  those of the responder.
[[nodiscard]] Result<void> measure(Row& row, const Responder& responder, const Exam& exam,
                                   bool sure, const Progress& progress);

}  // namespace harmonic::classic
