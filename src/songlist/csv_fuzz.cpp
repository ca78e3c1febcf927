// Anything at all as a list of songs: it becomes a list or is refused in words.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "songlist/elsewhere.h"
#include "songlist/read_list.h"
#include "songlist/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace harmonic;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto table = songlist::parse_csv(text);
  if (!table) return 0;
  const auto read = songlist::list_of(*table, "list", {});
  if (!read) return 0;
  for (const auto& song : read->list.songs) {
    if (song.title.empty() || !songlist::is_utf8(song.title)) std::abort();
    if (!songlist::link_of(song).starts_with("http")) std::abort();
  }
  return 0;
}
