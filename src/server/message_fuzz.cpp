// Whatever a client sends over the live socket, it is read or refused.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "server/answers.h"
#include "server/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t length) {
  using namespace harmonic::server;
  const auto bytes = std::as_bytes(std::span{data, length});
  const std::string_view text{reinterpret_cast<const char*>(data), length};
  if (const auto picture = read_picture(bytes)) {
    if (!std::isfinite(picture->captured_at_ms) || picture->captured_at_ms < 0) std::abort();
    if (picture->encoded.size() + 8 != length) std::abort();
  }
  if (const auto message = read_message(text)) {
    if (const auto* playing = std::get_if<SetPlaying>(&*message);
        playing != nullptr && playing->song && playing->song->value <= 0) {
      std::abort();
    }
  }
  if (const auto play = read_play(text); play && play->heard.count() < 0) std::abort();
  return 0;
}
