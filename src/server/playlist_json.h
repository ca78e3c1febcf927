// server/playlist_json.h - the JSON bodies of the calls under /api/playlists, written and read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/playlists.h"
#include "session/library.h"
#include "smartlist/exchange.h"
#include "smartlist/listing.h"

namespace harmonic::server {

/// What a page wants of a playlist. What it does not say stays, or is nothing where it is new.
struct PlaylistWish {
  std::optional<std::string> name;
  std::optional<std::string> comment;
  std::optional<std::vector<SongId>> songs;
  std::optional<std::string> rules;     ///< .nsp text, not looked into yet
  std::optional<std::int64_t> version;  ///< that the page read
  std::optional<PlaylistId> playlist;   ///< that the call is about, where its address has none
};

/// Fields that it does not know are ignored.
/// Errors  kInvalidInput: no JSON object, objects and lists too many inside each other, or a field
///         of the wrong type.
[[nodiscard]] Result<PlaylistWish> read_playlist_wish(std::string_view body);

/// Songs of a playlist that are told of in one answer at most; the others are known by id.
inline constexpr std::size_t kMostBriefs = 200;

/// A playlist and its songs now, or why they cannot be worked out.
struct ToldPlaylist {
  const catalog::Playlist& playlist;
  const Result<smartlist::Listed>& list;
};

[[nodiscard]] std::string write_playlist(const ToldPlaylist& told);
[[nodiscard]] std::string write_playlists(const std::vector<ToldPlaylist>& all);
/// With its rules, the ids of its songs, the first kMostBriefs of them in brief, and `missing`: the
/// paths of those whose files are gone.
[[nodiscard]] std::string write_whole_playlist(const ToldPlaylist& told,
                                               const std::vector<std::string>& missing,
                                               const session::History& history);
[[nodiscard]] std::string write_count(const smartlist::Listed& list,
                                      const session::History& history);
[[nodiscard]] std::string write_imported(const smartlist::Imported& made, PlaylistId id,
                                         const smartlist::Listed& list);
/// What a rule may ask for, and how.
[[nodiscard]] std::string write_fields();
[[nodiscard]] std::string write_deleted(std::string_view name);
[[nodiscard]] std::string write_undone(const std::vector<std::string>& names);

}  // namespace harmonic::server
