#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mood/model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto model = harmonic::mood::decode_model({reinterpret_cast<const char*>(data), size});
  if (model && model->heads().empty()) __builtin_trap();
  return 0;
}
