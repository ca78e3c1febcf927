// catalog/playlists.h - playlists: songs by hand in order, or rules that choose them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace harmonic::catalog {

struct Playlist {
  PlaylistId id;
  std::string name;  ///< never empty; one of the house, upper and lower case (A-Z) alike
  std::string comment;
  std::optional<std::string> rules;  ///< .nsp text (docs/playlists.md); then `songs` is empty
  std::vector<SongId> songs;         ///< in order, missing ones in their places
  std::chrono::system_clock::time_point created_at;
  std::chrono::system_clock::time_point changed_at;
  std::int64_t version = 0;  ///< of the store: grows with every change
};

/// Threads  every call may come from any thread. A call that returned success survives kill -9.
/// Errors   as catalog::Store.
class Playlists {
 public:
  /// So many changes can be undone.
  static constexpr int kKeptChanges = 50;

  Playlists() = default;
  Playlists(const Playlists&) = delete;
  Playlists& operator=(const Playlists&) = delete;
  virtual ~Playlists() = default;

  [[nodiscard]] virtual Result<std::vector<Playlist>> playlists() const = 0;  ///< by name
  /// Adds those of id 0 and replaces the others, all or none, as one change. Gives their ids.
  /// Errors  kInvalidInput: a name is empty or taken, or rules stand beside songs.  kNotFound: no
  ///         such playlist or song.  kUnavailable: somebody changed it since `version` was read.
  [[nodiscard]] virtual Result<std::vector<PlaylistId>> put_playlists(
      std::span<const Playlist> playlists) = 0;
  [[nodiscard]] virtual Result<void> remove_playlist(PlaylistId id) = 0;  ///< kNotFound
  /// Takes back the last change that was not taken back yet: a put or a removal. Gives the names of
  /// the playlists that it touched, as they were during the change. With `only`, the change must be
  /// one of that playlist: whoever means to take back what he did never takes back what another
  /// did since.
  /// Errors  kNotFound: there is none.  kUnavailable: the last change was of other playlists.
  [[nodiscard]] virtual Result<std::vector<std::string>> undo_change(
      std::optional<PlaylistId> only = std::nullopt) = 0;
};

}  // namespace harmonic::catalog
