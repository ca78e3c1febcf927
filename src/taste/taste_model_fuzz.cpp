// Anything at all as a model or a checkpoint, with its digest made right: it is whole or refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "taste/model_file.h"
#include "taste/sealed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace harmonic::taste;
  const std::string_view body{reinterpret_cast<const char*>(data), size};
  const auto model = decode_model(sealed({"HFTM", 1}, body));
  if (model && model->factors.size() != model->songs.size() * model->plan.dimensions) std::abort();
  const auto checkpoint = decode_checkpoint(sealed({"HFTC", 1}, body));
  if (checkpoint && checkpoint->factors.dimensions == 0) std::abort();
  static_cast<void>(decode_model(body));
  static_cast<void>(decode_checkpoint(body));
  return 0;
}
