// evaluate/faces.h - the shipped network, through the shipping inference path, over the archive.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "affect/classifier.h"
#include "base/result.h"
#include "evaluate/fer2013.h"
#include "evaluate/metrics.h"
#include "image/picture.h"

namespace harmonic::evaluate {

/// What one split says of the network; a part that has no picture has no scores.
struct FaceReport {
  /// FER2013's own labels against the FER2013 head, all pictures: the official figure.
  std::optional<Scores> fer2013;
  /// The same without pictures whose bytes occur in Training or PublicTest; PrivateTest only.
  std::optional<Scores> fer2013_clean;
  /// The raters' majority (votes.h) against the FER+ head with contempt left out.
  std::optional<Scores> ferplus;
};

/// Called with the number of faces that are done and of all.
using OnFace = std::function<void(std::size_t, std::size_t)>;

/// What reads a grey face u8 [48, 48]: the shipped network, or several.
using Reader = std::function<Result<affect::Reading>(const image::Picture&)>;

/// The mean of the networks' distributions; one network alone is itself. `classifiers` is not
/// empty.
[[nodiscard]] Reader reader_of(std::vector<affect::Classifier> classifiers);

/// Reads each picture of `split` once, in order. `dir` is the unpacked archive.
/// Errors are those of read_split() and of the reader.
[[nodiscard]] Result<FaceReport> evaluate_faces(const Reader& reader,
                                                const std::filesystem::path& dir, Split split,
                                                const OnFace& on_face);

/// FER2013's labels under one of hardships(), and its name.
struct HardshipScores {
  std::string_view name;
  Scores scores;
};

/// All pictures of `split` under each of hardships(), the same noise in every run.
/// Errors as evaluate_faces; kInvalidInput for a split without pictures.
[[nodiscard]] Result<std::vector<HardshipScores>> evaluate_hardships(
    const Reader& reader, const std::filesystem::path& dir, Split split, const OnFace& on_face);

/// FER2013's label 0..6 as an emotion.
[[nodiscard]] affect::Emotion emotion_of_label(std::uint8_t label);

/// A FER2013 distribution in the order of affect::Emotion.
[[nodiscard]] Shares shares_of_fer2013(const affect::Fer2013Scores& scores);

/// A FER+ distribution without contempt, scaled to sum to 1.
[[nodiscard]] Shares shares_of_ferplus(const affect::EmotionScores& scores);

}  // namespace harmonic::evaluate
