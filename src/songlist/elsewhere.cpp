#include "songlist/elsewhere.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/dice.h"
#include "songlist/text.h"

namespace harmonic::songlist {

namespace {

using catalog::ListedSong;
using catalog::SongList;

/// Keys of the artists that one field names.
std::vector<std::string> artists_of(std::string_view field) {
  std::vector<std::string> keys;
  while (!field.empty()) {
    const auto end = std::min(field.find_first_of(",&;/"), field.size());
    if (auto key = match_key(field.substr(0, end)); !key.empty()) keys.push_back(std::move(key));
    field.remove_prefix(std::min(end + 1, field.size()));
  }
  return keys;
}

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(a, [&b](const auto& one) { return std::ranges::count(b, one) > 0; });
}

}  // namespace

Shelf::Shelf(const std::vector<catalog::Song>& songs) {
  for (const auto& song : songs) {
    const auto key = match_key(song.shown_title());
    if (!key.empty()) by_title_[key].push_back({artists_of(song.tags.artist), song.id});
  }
}

std::optional<SongId> Shelf::find(const ListedSong& listed) const {
  const auto books = by_title_.find(match_key(listed.title));
  if (books == by_title_.end()) return std::nullopt;
  const auto artists = artists_of(listed.artist);
  const auto book = std::ranges::find_if(books->second, [&artists](const Book& one) {
    return artists.empty() || one.artists.empty() || share_one(artists, one.artists);
  });
  if (book == books->second.end()) return std::nullopt;
  return book->song;
}

std::vector<Elsewhere> songs_elsewhere(const std::vector<SongList>& lists, const Shelf& shelf,
                                       ValenceArousal mood, std::size_t count, std::uint64_t seed) {
  struct Ranked {
    float distance;
    std::uint32_t lot;
    Elsewhere found;
  };
  std::vector<Ranked> ranked;
  Dice dice{seed};
  for (const auto& list : lists) {
    for (const auto& song : list.songs) {
      const auto lot = static_cast<std::uint32_t>(dice.below(1U << 31U));
      if (!song.mood || shelf.find(song)) continue;
      ranked.push_back({distance(*song.mood, mood), lot, {&song, &list.name}});
    }
  }
  const auto middle = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(count, ranked.size()));
  std::ranges::partial_sort(ranked, middle, {}, [](const Ranked& one) {
    return std::tuple{one.distance, one.lot};
  });
  std::vector<Elsewhere> out;
  std::transform(ranked.begin(), middle, std::back_inserter(out),
                 [](const Ranked& one) { return one.found; });
  return out;
}

std::string link_of(const ListedSong& song) {
  if (!song.link.empty()) return song.link;
  const auto words = song.artist.empty() ? song.title : song.artist + " " + song.title;
  return "https://musicbrainz.org/search?type=recording&query=" + url_encoded(words);
}

}  // namespace harmonic::songlist
