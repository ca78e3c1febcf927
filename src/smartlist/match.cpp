#include "smartlist/match.h"

#include <algorithm>

#include "smartlist/uri.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

namespace fs = std::filesystem;
using songlist::match_key;

void add_path(std::vector<std::string>& paths, std::string text, const fs::path& folder) {
  if (text.empty() || text.find('\0') != std::string::npos) return;
  const fs::path path{std::move(text)};
  auto whole = (path.is_absolute() ? path : folder / path).lexically_normal().native();
  if (std::find(paths.begin(), paths.end(), whole) == paths.end())
    paths.push_back(std::move(whole));
}

std::vector<std::string> artist_keys(const SongTags& tags) {
  std::vector<std::string> keys;
  const auto add = [&keys](const std::string& name) {
    auto key = match_key(name);
    if (!key.empty()) keys.push_back(std::move(key));
  };
  for (const auto& one : tags.artists) add(one);
  add(tags.artist);
  add(tags.album_artist);
  return keys;
}

}  // namespace

/// What an entry says in keys; an empty one says nothing.
struct Finder::Wanted {
  std::string title, artist, album;
  std::optional<std::chrono::milliseconds> duration;
};

std::vector<std::string> paths_of(const std::string& location, bool uri, const fs::path& folder) {
  std::vector<std::string> paths;
  if (has_scheme(location)) {
    if (auto path = path_of_file_uri(location)) add_path(paths, *std::move(path), folder);
    return paths;
  }
  if (!uri) add_path(paths, location, folder);
  if (auto decoded = percent_decoded(location)) add_path(paths, *std::move(decoded), folder);
  if (uri) add_path(paths, location, folder);
  if (location.find('\\') != std::string::npos) {
    auto turned = location;
    std::replace(turned.begin(), turned.end(), '\\', '/');
    add_path(paths, std::move(turned), folder);
  }
  // Each of these again with the names that a newer file system has for the same letters.
  for (std::size_t i = 0, count = paths.size(); i < count; ++i) {
    if (!songlist::is_utf8(paths[i])) add_path(paths, as_utf8(paths[i]), folder);
  }
  return paths;
}

Finder::Finder(std::span<const catalog::Song> songs) {
  by_path_.reserve(songs.size());
  for (const auto& song : songs) {
    const auto [path, is_new] = by_path_.try_emplace(song.path.native(), song.id);
    if (is_new) by_file_[song.path.filename().native()].push_back(&*path);
    auto key = match_key(song.shown_title());
    if (key.empty()) continue;
    by_title_[std::move(key)].push_back(
        {artist_keys(song.tags), match_key(song.tags.album), song.duration, song.id});
  }
}

std::optional<SongId> Finder::by_path(const Entry& entry, const fs::path& folder) const {
  for (const auto& location : entry.locations) {
    for (const auto& path : paths_of(location, entry.uris, folder)) {
      if (const auto found = by_path_.find(path); found != by_path_.end()) return found->second;
      if (!folder.empty() || path.starts_with('/')) continue;
      if (const auto found = by_end(path)) return found;
    }
  }
  return std::nullopt;
}

std::optional<SongId> Finder::by_end(std::string_view path) const {
  constexpr std::string_view kUp = "../";
  while (path.starts_with(kUp)) path.remove_prefix(kUp.size());
  const auto file = by_file_.find(fs::path{path}.filename().native());
  if (file == by_file_.end()) return std::nullopt;
  const auto end = "/" + std::string{path};
  std::optional<SongId> found;
  for (const auto* one : file->second) {
    if (!one->first.ends_with(end)) continue;
    if (found) return std::nullopt;
    found = one->second;
  }
  return found;
}

std::vector<const Finder::Book*> Finder::by_tags(const Wanted& wanted) const {
  std::vector<const Book*> found;
  const auto books = by_title_.find(wanted.title);
  if (wanted.title.empty() || books == by_title_.end()) return found;
  for (const auto& book : books->second) {
    if (wanted.artist.empty() ||
        std::find(book.artists.begin(), book.artists.end(), wanted.artist) != book.artists.end())
      found.push_back(&book);
  }
  const auto narrow = [&found](auto fits) {
    std::vector<const Book*> left;
    std::copy_if(found.begin(), found.end(), std::back_inserter(left), fits);
    if (!left.empty()) found = std::move(left);
  };
  if (found.size() > 1 && !wanted.album.empty())
    narrow([&](const Book* book) { return book->album == wanted.album; });
  if (found.size() > 1 && wanted.duration)
    narrow([&](const Book* book) {
      return std::chrono::abs(book->duration - *wanted.duration) <= kSameSeconds;
    });
  return found;
}

Match Finder::find(const Entry& entry, const fs::path& folder) const {
  if (const auto song = by_path(entry, folder)) return {Found::kByPath, *song};
  Wanted wanted{match_key(entry.title), match_key(entry.artist), match_key(entry.album),
                entry.duration};
  auto found = by_tags(wanted);
  // A caption does not tell where the artist ends: "A - B - C" may be A's "B - C".
  const std::string_view caption = entry.caption;
  for (auto dash = caption.find(" - "); found.empty() && dash != std::string_view::npos;
       dash = caption.find(" - ", dash + 1)) {
    wanted.artist = match_key(caption.substr(0, dash));
    wanted.title = match_key(caption.substr(dash + 3));
    found = by_tags(wanted);
  }
  if (found.empty() && !caption.empty()) {
    wanted.artist = match_key(entry.artist);
    wanted.title = match_key(caption);
    found = by_tags(wanted);
  }
  if (found.empty()) return {};
  if (found.size() > 1) return {Found::kAmbiguous, {}};
  return {Found::kByTags, found.front()->song};
}

std::string shown(const Entry& entry) {
  if (!entry.title.empty())
    return entry.artist.empty() ? entry.title : entry.artist + " - " + entry.title;
  if (!entry.caption.empty()) return entry.caption;
  return entry.locations.empty() ? std::string{"an entry that names nothing"}
                                 : one_line(as_utf8(entry.locations.front()));
}

}  // namespace harmonic::smartlist
