// smartlist/exchange.h - foreign files that become playlists, and playlists that become files.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/playlists.h"
#include "smartlist/match.h"
#include "smartlist/playlist_file.h"
#include "smartlist/select.h"

namespace harmonic::smartlist {

/// A file that became a playlist, and what of it did not.
struct Imported {
  catalog::Playlist playlist;  ///< not kept yet
  std::size_t by_path = 0, by_tags = 0;
  std::vector<std::string> missing, ambiguous;  ///< entries as shown() has them
};

/// Where a playlist comes from. `file` names it in messages and, where neither `name` nor the
/// content does, names the playlist.
struct Origin {
  std::filesystem::path file;
  std::string name;              ///< that the playlist is to have; empty: as the file says
  std::filesystem::path folder;  ///< that relative paths start from; empty: not known
};

/// Whether the file's ending is .nsp, in any letter case.
[[nodiscard]] bool holds_rules(const std::filesystem::path& file);

/// Errors  kInvalidInput: those of parse_nsp(), naming the file; a name that cannot be.
[[nodiscard]] Result<Imported> import_rules(std::string_view text, const Origin& from,
                                            const Moment& moment);
/// Errors  kInvalidInput: a name that cannot be.  kNotFound: none of the songs is there.
[[nodiscard]] Result<Imported> import_songs(const PlaylistFile& read, const Origin& from,
                                            const Finder& finder, const Moment& moment);

/// The content of `file`, whose ending says what it is: .m3u8 and .xspf hold `songs`, .nsp the
/// rules.
/// Errors  kInvalidInput: another ending, or .nsp of a playlist without rules.
[[nodiscard]] Result<std::string> exported(const std::filesystem::path& file,
                                           const catalog::Playlist& playlist,
                                           std::span<const catalog::Song* const> songs,
                                           const std::filesystem::path& folder);

}  // namespace harmonic::smartlist
