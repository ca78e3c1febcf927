#include "store/song_ids.h"

#include <charconv>

namespace harmonic::store {

std::string ids_text(std::span<const SongId> songs) {
  std::string text;
  for (const auto song : songs)
    text.append(text.empty() ? "" : " ").append(std::to_string(song.value));
  return text;
}

Result<std::vector<SongId>> ids_of(std::string_view text) {
  std::vector<SongId> songs;
  while (!text.empty()) {
    std::int64_t id = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (problem != std::errc{}) {
      return fail(ErrorKind::kCorrupt,
                  "a stored playlist has '" + std::string{text.substr(0, 20)} +
                      "' where a song's number belongs; restore library.sqlite from a backup");
    }
    songs.push_back(SongId{id});
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with(' ')) text.remove_prefix(1);
  }
  return songs;
}

}  // namespace harmonic::store
