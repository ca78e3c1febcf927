#include <algorithm>
#include <charconv>
#include <cmath>

#include "smartlist/playlist_file.h"
#include "smartlist/uri.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

using songlist::trimmed;

constexpr std::string_view kMark = "\xEF\xBB\xBF";

/// Takes a line off the front, whatever ends it.
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find_first_of("\r\n"), text.size());
  const auto line = text.substr(0, end);
  const bool both = text.substr(end).starts_with("\r\n");
  text.remove_prefix(std::min(end + (both ? 2 : 1), text.size()));
  return line;
}

bool take_word(std::string_view& line, std::string_view word) {
  if (songlist::lowered(line.substr(0, word.size())) != songlist::lowered(word)) return false;
  line.remove_prefix(word.size());
  return true;
}

/// "123,Artist - Title", "123.5 key="a, b",Artist - Title" (attributes as streams have them),
/// "-1,".
void read_extinf(std::string_view line, Entry& entry) {
  line = trimmed(line);
  double seconds = 0;
  const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), seconds);
  constexpr double kLongest = 1e7;  // 115 days
  if (problem == std::errc{} && seconds > 0 && seconds < kLongest)
    entry.duration = std::chrono::milliseconds{std::llround(seconds * 1000)};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] != ',' || quoted) continue;
    entry.caption = one_line(as_utf8(line.substr(i + 1)));
    return;
  }
}

/// What a caption becomes where M3U has none of its own: "Artist - Title".
std::string caption_of(const catalog::Song& song) {
  const auto title = one_line(as_utf8(song.shown_title()));
  const auto artist = one_line(as_utf8(song.tags.artist));
  return artist.empty() ? title : artist + " - " + title;
}

bool stands_as_it_is(std::string_view path) {
  return songlist::is_utf8(path) && !one_line(path).empty() &&
         path.find_first_of("\r\n") == std::string_view::npos && !path.starts_with('#') &&
         trimmed(path) == path && !has_scheme(path) && !path.starts_with(kMark);
}

}  // namespace

PlaylistFile parse_m3u(std::string_view text) {
  PlaylistFile file;
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  Entry entry;
  while (!text.empty()) {
    auto line = trimmed(take_line(text));
    // Nothing to be seen is no name: it could not be told to anybody.
    if (one_line(line).empty() || line.find('\0') != std::string_view::npos) continue;
    if (!line.starts_with('#')) {
      entry.locations.emplace_back(line);
      file.entries.push_back(std::move(entry));
      entry = {};
    } else if (take_word(line, "#EXTINF:")) {
      read_extinf(line, entry);
    } else if (take_word(line, "#EXTALB:")) {
      entry.album = one_line(as_utf8(line));
    } else if (take_word(line, "#EXTART:")) {
      entry.artist = one_line(as_utf8(line));
    } else if (take_word(line, "#PLAYLIST:")) {
      file.name = one_line(as_utf8(line));
    }
  }
  return file;
}

std::string write_m3u8(const Written& playlist, const std::filesystem::path& folder) {
  std::string text = "#EXTM3U\n";
  if (const auto name = one_line(as_utf8(playlist.name)); !name.empty())
    text.append("#PLAYLIST:").append(name).append("\n");
  for (const auto& song : playlist.songs) {
    const auto seconds = song.duration.count() > 0
                             ? std::chrono::round<std::chrono::seconds>(song.duration).count()
                             : -1;
    text.append("#EXTINF:").append(std::to_string(seconds)).append(",");
    text.append(caption_of(song)).append("\n");
    const auto near = song.path.lexically_relative(folder).native();
    const bool inside = !near.empty() && near != "." && near != ".." && !near.starts_with("../");
    if (inside && stands_as_it_is(near)) {
      text.append(near);
    } else if (stands_as_it_is(song.path.native())) {
      text.append(song.path.native());
    } else {
      text.append("file://").append(percent_encoded_path(song.path.native()));
    }
    text.append("\n");
  }
  return text;
}

}  // namespace harmonic::smartlist
