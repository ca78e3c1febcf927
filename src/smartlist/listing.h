// smartlist/listing.h - what stands in a playlist now, and what may not.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/store.h"
#include "smartlist/collection.h"

namespace harmonic::smartlist {

/// A playlist's songs now, in order.
struct Listed {
  std::vector<SongId> ids;                  ///< with those whose files are gone, in their places
  std::vector<const catalog::Song*> songs;  ///< without them; of the library that was asked
  [[nodiscard]] std::size_t missing() const { return ids.size() - songs.size(); }
};

/// `playlist` is one of `all`.  Errors  those of Collection::songs_of().
[[nodiscard]] Result<Listed> listed(const Collection& all, const catalog::Playlist& playlist,
                                    const Library& library, const Moment& moment);

/// Where the songs stood last whose files are gone, or "song 12", in the order of `list.ids`.
/// Errors  those of the store.
[[nodiscard]] Result<std::vector<std::string>> missing_paths(const Listed& list,
                                                             const Library& library,
                                                             const catalog::Store& store);

/// The playlists with `playlist` in the place of the one of its id or, where there is none, behind
/// them: what would be if it were kept.
struct Draft {
  std::vector<catalog::Playlist> all;
  std::size_t at = 0;  ///< where `playlist` stands
};
[[nodiscard]] Draft draft_of(std::span<const catalog::Playlist> kept,
                             const catalog::Playlist& playlist);

/// A playlist without songs or rules, made now.  Errors  those of playlist_name().
[[nodiscard]] Result<catalog::Playlist> new_playlist(std::string_view name, const Moment& moment);

/// `playlist`, one of `all`, under its new name, then the others whose rules name it, with the new
/// name in them: to be put as one change.  Errors  those of playlist_name().
[[nodiscard]] Result<std::vector<catalog::Playlist>> renaming(
    std::span<const catalog::Playlist> all, const catalog::Playlist& playlist,
    std::string_view new_name, const Moment& moment);

}  // namespace harmonic::smartlist
