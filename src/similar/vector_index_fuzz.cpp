// Anything at all as an index, with its size and digest made right: it is searched or refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "similar/vector_index.h"

namespace {

using namespace harmonic::similar;

void search(const VectorIndex& index) {
  std::vector<float> values(index.dimensions(), 0.5F);
  const auto query = index.query(values);
  if (!query) std::abort();
  std::vector<float> scores(index.size());
  index.scores(*query, scores);
  const auto best = index.top(*query, 5);
  if (best && best->size() > 5) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  if (const auto index = VectorIndex::decode(bytes)) search(*index);
  if (size < 2) return 0;
  const Shape shape{1U + data[0], data[1], 0};
  std::string image{bytes.substr(2)};
  image.insert(0, kHeadBytes, '\0');
  image.resize(shape.bytes());
  if (shape.dimensions > kMostDimensions) return 0;
  seal(image, shape);
  if (const auto index = VectorIndex::decode(image)) search(*index);
  return 0;
}
