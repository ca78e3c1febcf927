#include "song_named.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "songlist/text.h"

namespace harmonic::app {

namespace {

constexpr std::size_t kMostCandidates = 10;  // that an error lists

std::optional<std::size_t> song_by_id(std::span<const catalog::Song> songs,
                                      const std::string& text) {
  SongId id{0};
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, id.value);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  const auto found =
      std::find_if(songs.begin(), songs.end(), [id](const auto& song) { return song.id == id; });
  if (found == songs.end()) return std::nullopt;
  return static_cast<std::size_t>(found - songs.begin());
}

/// Songs of that title; where there are none, songs whose title and artist hold the words.
std::vector<std::size_t> songs_by_name(std::span<const catalog::Song> songs,
                                       const std::string& text) {
  const auto wanted = songlist::lowered(songlist::trimmed(text));
  std::vector<std::size_t> same;
  std::vector<std::size_t> holding;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto& song = songs[i];
    if (songlist::lowered(song.shown_title()) == wanted) same.push_back(i);
    const auto line = songlist::lowered(line_of(song) + " - " + song.shown_title());
    if (!wanted.empty() && line.find(wanted) != std::string::npos) holding.push_back(i);
  }
  return same.empty() ? holding : same;
}

}  // namespace

std::string line_of(const catalog::Song& song) {
  return song.shown_title() + " - " + song.shown_artist();
}

Result<std::size_t> song_named(std::span<const catalog::Song> songs, const std::string& text) {
  if (const auto found = song_by_id(songs, text)) return *found;
  const auto found = songs_by_name(songs, text);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(ErrorKind::kNotFound, "the library has no song \"" + text +
                                          "\"; name its title, a part of title and artist, or its "
                                          "number");
  }
  std::string candidates;
  for (std::size_t i = 0; i < std::min(found.size(), kMostCandidates); ++i) {
    const auto& song = songs[found[i]];
    candidates += "\n  " + std::to_string(song.id.value) + "  " + line_of(song);
  }
  if (found.size() > kMostCandidates) candidates += "\n  ...";
  return fail(ErrorKind::kInvalidInput, std::to_string(found.size()) + " songs are called \"" +
                                            text + "\"; name one by its number:" + candidates);
}

}  // namespace harmonic::app
