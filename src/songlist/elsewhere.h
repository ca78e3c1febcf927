// songlist/elsewhere.h - listed songs that fit a mood, and where to look for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "base/valence_arousal.h"
#include "catalog/song.h"
#include "catalog/song_lists.h"

namespace harmonic::songlist {

/// The library's songs by name.
class Shelf {
 public:
  explicit Shelf(const std::vector<catalog::Song>& songs);

  /// The song that has a file: match_key of the title equal, and of the artist too, or of one of
  /// several artists ("A, B", "A & B"); where either side names no artist, the title alone.
  [[nodiscard]] std::optional<SongId> find(const catalog::ListedSong& listed) const;

 private:
  struct Book {
    std::vector<std::string> artists;  ///< keys; none when the file does not say
    SongId song;
  };
  std::unordered_map<std::string, std::vector<Book>> by_title_;
};

struct Elsewhere {
  const catalog::ListedSong* song;
  const std::string* list;
};

/// Songs with a mood and without a file, nearest to `mood` first, at most `count`; what is equally
/// near is in an order that `seed` shuffles, as a word puts hundreds of songs on one place. Points
/// into `lists`.
[[nodiscard]] std::vector<Elsewhere> songs_elsewhere(const std::vector<catalog::SongList>& lists,
                                                     const Shelf& shelf, ValenceArousal mood,
                                                     std::size_t count, std::uint64_t seed);

/// The list's own link, or a search for artist and title at MusicBrainz, which has no
/// advertisements and asks for no account.
[[nodiscard]] std::string link_of(const catalog::ListedSong& song);

}  // namespace harmonic::songlist
