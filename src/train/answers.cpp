#include "train/answers.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "train/augment.h"

namespace harmonic::train {

Result<std::vector<float>> logits_of(const Learner& learner, const evaluate::LabelledFaces& faces) {
  constexpr std::size_t kChunk = 128;
  std::vector<float> all;
  std::vector<float> images;
  for (std::size_t begin = 0; begin < faces.size(); begin += kChunk) {
    const auto count = std::min(kChunk, faces.size() - begin);
    images.resize(count * evaluate::kFacePixels);
    for (std::size_t i = 0; i < count; ++i) {
      prepare(faces.image(begin + i),
              std::span{images}.subspan(i * evaluate::kFacePixels, evaluate::kFacePixels));
    }
    HARMONIC_TRY(const auto logits, learner.logits(images));
    all.insert(all.end(), logits.begin(), logits.end());
  }
  return all;
}

Result<std::vector<float>> logits_of(const affect::Classifier& classifier,
                                     const evaluate::LabelledFaces& faces) {
  constexpr float kLeast = 1e-30F;
  std::vector<float> all;
  for (std::size_t i = 0; i < faces.size(); ++i) {
    HARMONIC_TRY(const auto reading, classifier.classify(faces.picture(i)));
    for (const float p : reading.fer2013) all.push_back(std::log(std::max(p, kLeast)));
    for (const float p : reading.scores) all.push_back(std::log(std::max(p, kLeast)));
  }
  return all;
}

}  // namespace harmonic::train
