// Anything at all as an XSPF playlist, and as the path and the title of a song that is written into
// one and found again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "smartlist/match.h"
#include "smartlist/playlist_file.h"
#include "smartlist/songs_for_tests.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace harmonic::smartlist;
  const std::string text{reinterpret_cast<const char*>(data), size};
  static const Finder finder{four_songs()};
  if (const auto file = parse_xspf(text)) {
    for (const auto& entry : file->entries) {
      if (shown(entry).empty()) std::abort();
      static_cast<void>(finder.find(entry, "/music"));
    }
  }
  if (text.find('\0') != std::string::npos || size > 1000) return 0;
  auto song = named_song(1, text, text, "/");
  song.path = std::filesystem::path{"/music/" + text}.lexically_normal();
  const auto again = parse_xspf(write_xspf({text, {song}}, "/music"));
  if (!again || again->entries.size() != 1) std::abort();
  const std::vector songs{song};
  if (song.path.has_filename() &&
      Finder{songs}.find(again->entries[0], "/music").how != Found::kByPath)
    std::abort();
  return 0;
}
