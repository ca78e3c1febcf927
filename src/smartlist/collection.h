// smartlist/collection.h - all playlists together: they may refer to each other.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/playlists.h"
#include "smartlist/select.h"

namespace harmonic::smartlist {

/// The playlists of a house. Refers to them; they must outlive it.
class Collection {
 public:
  explicit Collection(std::span<const catalog::Playlist> playlists);

  /// By its name (upper and lower case alike) or, where no name fits, its number.
  /// Errors  kNotFound, naming it.
  [[nodiscard]] Result<const catalog::Playlist*> find(std::string_view name) const;

  /// The songs of a playlist now: by hand in order, songs that `library` has not (missing ones)
  /// included; of rules as Selection::choose says. Playlists that it refers to are worked out once.
  /// Errors  kInvalidInput: playlists refer to each other in a circle, named in one line; rules
  ///         that cannot be read.  kNotFound: a playlist that the rules name is not there.
  [[nodiscard]] Result<std::vector<SongId>> songs_of(const catalog::Playlist& playlist,
                                                     const Library& library,
                                                     const Moment& moment) const;

 private:
  friend class Solver;
  [[nodiscard]] const catalog::Playlist* get(PlaylistId id, std::string_view name) const;

  std::span<const catalog::Playlist> playlists_;
  std::unordered_map<std::string, std::size_t> by_name_;  ///< lower case
  std::unordered_map<PlaylistId, std::size_t> by_id_;
};

/// The name as it is kept: without spaces around it.
/// Errors  kInvalidInput: empty, longer than 200 bytes, not one line of UTF-8.
[[nodiscard]] Result<std::string> playlist_name(std::string_view text);

/// The rules with every mention of the playlist `from` by name turned into `to`; nothing where
/// there is none.
[[nodiscard]] std::optional<Rules> renamed(const Rules& rules, std::string_view from,
                                           std::string_view to);

}  // namespace harmonic::smartlist
