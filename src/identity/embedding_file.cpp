#include <algorithm>
#include <cmath>

#include "base/bytes.h"
#include "identity/embedding.h"

namespace harmonic::identity {

namespace {

constexpr std::string_view kMagic = "HFID";
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kMostInputs = 1U << 20U, kMostOutputs = 4096;

tl::unexpected<Error> corrupt(const std::string& what) {
  return fail(ErrorKind::kCorrupt, "the weights that tell people apart: " + what +
                                       "; install the program again or train them anew");
}

bool all_finite(const std::vector<float>& values) {
  return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

bool all_positive(const std::vector<float>& values) {
  return all_finite(values) && std::ranges::all_of(values, [](float value) { return value > 0; });
}

}  // namespace

std::string encode_weights(const EmbeddingWeights& weights) {
  std::string bytes{kMagic};
  put_u32(bytes, kVersion);
  put_u32(bytes, static_cast<std::uint32_t>(weights.inputs));
  put_u32(bytes, static_cast<std::uint32_t>(weights.outputs));
  for (const auto* values :
       {&weights.scale, &weights.offset, &weights.total, &weights.within, &weights.between}) {
    put_all(bytes, *values);
  }
  put_all(bytes, weights.projection);
  return bytes;
}

Result<EmbeddingWeights> decode_weights(std::string_view bytes) {
  Bytes left{bytes};
  if (left.text(kMagic.size()) != kMagic || left.u32() != kVersion) {
    return corrupt("not a file of this version");
  }
  const auto inputs = left.u32(), outputs = left.u32();
  if (!inputs || !outputs || *inputs == 0 || *inputs > kMostInputs || *outputs == 0 ||
      *outputs > kMostOutputs) {
    return corrupt("sizes that cannot be");
  }
  EmbeddingWeights weights;
  weights.inputs = *inputs;
  weights.outputs = *outputs;
  for (auto* values :
       {&weights.scale, &weights.offset, &weights.total, &weights.within, &weights.between}) {
    auto read = left.numbers<float>(weights.outputs);
    if (!read) return corrupt("cut off");
    *values = *std::move(read);
  }
  auto projection = left.numbers<std::int8_t>(weights.inputs * weights.outputs);
  if (!projection) return corrupt("cut off");
  weights.projection = *std::move(projection);
  if (!left.empty()) return corrupt("longer than it says");
  if (!all_finite(weights.scale) || !all_finite(weights.offset) || !all_positive(weights.total) ||
      !all_positive(weights.within) || !all_positive(weights.between)) {
    return corrupt("numbers that cannot be");
  }
  return weights;
}

}  // namespace harmonic::identity
