// catalog/song_lists.h - songs that are known by name only: lists from elsewhere, with or without a
// file in the library. They stand apart from catalog::Song, so that nothing tries to play them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/valence_arousal.h"

namespace harmonic::catalog {

/// One line of a list. UTF-8; an empty string means that the list does not say.
struct ListedSong {
  std::string title;
  std::string artist;
  std::string album;
  std::string mood_word;  ///< the list's own word: "Romantic"
  std::optional<ValenceArousal>
      mood;          ///< absent where the word is unknown and no numbers are given
  std::string link;  ///< http or https
  friend bool operator==(const ListedSong&, const ListedSong&) = default;
};

struct SongList {
  std::string name;
  std::vector<ListedSong> songs;
};

/// Threads  every call may come from any thread. A call that returned success survives kill -9.
/// Errors   as catalog::Store.
class SongLists {
 public:
  SongLists() = default;
  SongLists(const SongLists&) = delete;
  SongLists& operator=(const SongLists&) = delete;
  virtual ~SongLists() = default;

  /// All lists by name, songs in the order in which they were put.
  [[nodiscard]] virtual Result<std::vector<SongList>> lists() const = 0;
  /// Puts a list, whole or not at all, in the place of one of the same name.
  /// Errors  kInvalidInput: the name is empty.
  [[nodiscard]] virtual Result<void> put_list(const SongList& list) = 0;
  [[nodiscard]] virtual Result<void> remove_list(std::string_view name) = 0;  ///< kNotFound
};

}  // namespace harmonic::catalog
