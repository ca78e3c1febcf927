#include "affect/classifier.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <vector>

#include "affect/circumplex.h"
#include "affect/manifest.h"
#include "image/transform.h"
#include "nn/network.h"
#include "nn/standardise.h"

namespace harmonic::affect {

namespace {

// Flat scores: no expression has a third of the mass, while even odds would give it an eighth.
constexpr float kLeastToName = 0.35F;

template <std::size_t N>
Result<std::array<float, N>> softmax(const nn::Tensor& logits) {
  std::array<float, N> shares{};
  if (logits.values.size() != N) {
    return fail(ErrorKind::kCorrupt, "the expression network gives " +
                                         std::to_string(logits.values.size()) + " numbers, not " +
                                         std::to_string(N));
  }
  const float top = *std::max_element(logits.values.begin(), logits.values.end());
  std::transform(logits.values.begin(), logits.values.end(), shares.begin(),
                 [top](float x) { return std::exp(x - top); });
  const float sum = std::accumulate(shares.begin(), shares.end(), 0.0F);
  for (float& share : shares) share /= sum;
  return shares;
}

Result<std::string> text_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream) return fail(ErrorKind::kNotFound, "there is no " + file.string());
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

bool Reading::unsure() const {
  return *std::max_element(scores.begin(), scores.end()) < kLeastToName;
}

struct Classifier::Model {
  Manifest manifest;
  nn::Network network;
};

Result<Classifier> Classifier::load(const std::filesystem::path& manifest) {
  HARMONIC_TRY(const auto text, text_of(manifest));
  HARMONIC_TRY(auto read, parse_manifest(text));
  HARMONIC_TRY(auto network, nn::Network::load(manifest.parent_path() / read.file, read.sha256));
  Classifier classifier{std::make_shared<const Model>(Model{std::move(read), std::move(network)})};
  // A network of other shapes must fail here, not at the first face.
  const image::Picture blank{kFaceSide, kFaceSide, 1,
                             std::vector<std::uint8_t>(std::size_t{kFaceSide} * kFaceSide)};
  if (auto tried = classifier.classify(blank); !tried) {
    return fail(ErrorKind::kCorrupt, manifest.string() + ": " + tried.error().message);
  }
  return classifier;
}

Result<Classifier> Classifier::load_shipped(const std::filesystem::path& share) {
  return load(share / "models" / "expression" / "manifest.json");
}

Result<Reading> Classifier::classify(const image::Picture& aligned) const {
  if (aligned.empty()) return fail(ErrorKind::kInvalidInput, "an empty picture holds no face");
  image::Picture face = image::grey(aligned);
  if (face.width != kFaceSide || face.height != kFaceSide) {
    face = image::resize(face, kFaceSide, kFaceSide);
  }
  const Manifest& manifest = model_->manifest;
  const std::array<std::string, 2> heads{manifest.fer2013, manifest.ferplus};
  const auto input = nn::standardised(face.pixels, kFaceSide, kFaceSide, manifest.epsilon);
  HARMONIC_TRY(const auto logits, model_->network.run(input, heads));
  Reading reading;
  HARMONIC_TRY(reading.fer2013, softmax<7>(logits[0]));
  HARMONIC_TRY(reading.scores, softmax<kEmotionCount>(logits[1]));
  reading.point = point_of(reading.scores);
  return reading;
}

std::int64_t Classifier::parameters() const { return model_->manifest.parameters; }
std::uint64_t Classifier::seed() const { return model_->manifest.seed; }

}  // namespace harmonic::affect
