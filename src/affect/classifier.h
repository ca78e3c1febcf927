// Module affect: an aligned face to a distribution over expressions, to a point in the mood plane,
// and many of them to a mood over time.
//
// Uses     base, image, nn.  Used by recommend, evaluate, session.  Knows no songs and no
// listeners. Read     emotion.h, classifier.h, circumplex.h, smoother.h.
//
// affect/classifier.h - runs the expression network that this project trained.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "affect/emotion.h"
#include "base/result.h"
#include "base/valence_arousal.h"
#include "image/picture.h"

namespace harmonic::affect {

/// Probabilities over FER2013's labels in the data set's order: angry, disgusted, afraid, happy,
/// sad, surprised, neutral. They sum to 1 within 1e-5.
using Fer2013Scores = std::array<float, 7>;

/// What one face shows.
struct Reading {
  EmotionScores scores{};   ///< of the head trained on FER+'s ten raters
  Fer2013Scores fer2013{};  ///< of the head trained on FER2013's own labels
  ValenceArousal point;     ///< what `scores` mean in the plane (circumplex.h)

  /// True when no expression stands out: the reading must not be acted on ("unsure").
  [[nodiscard]] bool unsure() const;
};

/// Threads  classify() from any number at once. Copies share the network.
class Classifier {
 public:
  /// Reads the manifest and the weights that
  /// it names beside it, whose digest must be the manifest's. Errors  kNotFound: manifest or
  /// weights missing.  kCorrupt: malformed, another digest, or shapes
  ///         that are not this program's.
  [[nodiscard]] static Result<Classifier> load(const std::filesystem::path& manifest);

  /// The network that ships: `share`/models/expression/manifest.json.
  [[nodiscard]] static Result<Classifier> load_shipped(const std::filesystem::path& share);

  /// Scores one aligned face; a colour picture is made grey, another size is brought to 48x48.
  ///
  /// Shape   u8 [48, 48] -> (x - mean) / max(deviation, eps) over the picture -> f32 [1, 1, 48, 48]
  ///         -> logits f32 [1, 7] and [1, 8] -> softmax of each
  /// Errors  kInvalidInput: an empty picture.  kCorrupt: a logit that is not finite
  [[nodiscard]] Result<Reading> classify(const image::Picture& aligned) const;

  /// Trainable numbers in the network, as its manifest states them.
  [[nodiscard]] std::int64_t parameters() const;
  /// What its training began with, as its manifest states it; 0 when it does not.
  [[nodiscard]] std::uint64_t seed() const;

 private:
  struct Model;
  explicit Classifier(std::shared_ptr<const Model> model) : model_{std::move(model)} {}
  std::shared_ptr<const Model> model_;
};

}  // namespace harmonic::affect
