#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "identity/embedding.h"
#include "identity/gallery.h"

// The digest would stop almost every mutation, so the body is read on its own as well; what was
// read must come back the same from what is written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace harmonic::identity;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  static_cast<void>(decode_gallery(bytes));
  static_cast<void>(decode_weights(bytes));
  constexpr std::size_t kHead = 10;  // magic and version
  const auto gallery = decode_body(bytes.substr(size < kHead ? size : kHead));
  if (gallery && !gallery->listeners.empty()) {
    const auto again = decode_gallery(encode_gallery(*gallery));
    if (!again || again->listeners.size() != gallery->listeners.size()) std::abort();
  }
  return 0;
}
