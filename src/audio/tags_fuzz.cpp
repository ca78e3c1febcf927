// Foreign bytes as tags, lyrics and cover.
#include <cstddef>
#include <cstdint>
#include <span>

#include "audio/cover.h"
#include "audio/lyrics.h"
#include "audio/tags.h"
#include "audio/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace audio = harmonic::audio;
  const auto bytes = std::as_bytes(std::span{data, size});
  const auto tags = audio::read_tags(bytes);
  // Cleaning what is clean must change nothing.
  if (tags && audio::clean_text(tags->title) != tags->title) __builtin_trap();
  (void)audio::read_lyrics(bytes);
  const auto cover = audio::read_cover(bytes);
  if (cover && *cover && (*cover)->media_type.empty()) __builtin_trap();
  return 0;
}
