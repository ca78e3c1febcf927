// smartlist/playlist_file.h - playlists of songs as files: .m3u8, .m3u and .xspf.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/song.h"

namespace harmonic::smartlist {

/// One song as a file names it. An empty text means that the file does not say.
struct Entry {
  /// Paths and addresses, first choice first, as written: what is relative is so to the file's
  /// folder. Bytes, not always UTF-8.
  std::vector<std::string> locations;
  /// Whether the locations are URIs for sure (XSPF), percent-encoded where needed.
  bool uris = false;
  std::string title, artist, album;  ///< UTF-8
  std::optional<std::chrono::milliseconds> duration;
  /// The line in which artist and title stand together, "Artist - Title": M3U has no other.
  std::string caption;
  friend bool operator==(const Entry&, const Entry&) = default;
};

struct PlaylistFile {
  std::string name;  ///< UTF-8; empty where the file does not say
  std::vector<Entry> entries;
};

inline constexpr std::size_t kMostFileBytes = std::size_t{64} << 20;

/// Extended M3U with or without its first line, any line ends, with or without a byte order mark.
/// Texts that are not UTF-8 are read as Latin-1; locations keep their bytes. Comments and
/// directives other than EXTINF, EXTALB, EXTART and PLAYLIST are passed over.
/// Never fails: every line is a location or a comment.
[[nodiscard]] PlaylistFile parse_m3u(std::string_view text);

/// Errors  kInvalidInput: no well-formed XML, a document type declaration (XSPF has none, and
///         entities are how XML files attack), or another root than <playlist>.
/// Source  XSPF Version 1 (xspf.org/spec).
[[nodiscard]] Result<PlaylistFile> parse_xspf(std::string_view text);

/// By its ending, .m3u, .m3u8 or .xspf.
/// Errors  kInvalidInput: another ending, over kMostFileBytes, or as parse_xspf.  kNotFound,
///         kUnavailable: cannot be read. Each names the file.
[[nodiscard]] Result<PlaylistFile> read_playlist_file(const std::filesystem::path& file);

/// The text of a file of that name, read by its ending as read_playlist_file() does.
/// Errors  kInvalidInput, naming the file.
[[nodiscard]] Result<PlaylistFile> parse_playlist_file(const std::filesystem::path& file,
                                                       std::string_view text);

/// The whole file, at most `most` bytes. Errors  as read_playlist_file
[[nodiscard]] Result<std::string> read_whole(const std::filesystem::path& file, std::size_t most);

/// A playlist to write: songs of the library in order.
struct Written {
  std::string name;
  std::vector<catalog::Song> songs;
};

/// Paths of songs under `folder`, the file's, are relative to it, others absolute. A path that M3U
/// cannot hold (line ends, bytes that are not UTF-8, a leading #) stands as a file:// address.
[[nodiscard]] std::string write_m3u8(const Written& playlist, const std::filesystem::path& folder);
[[nodiscard]] std::string write_xspf(const Written& playlist, const std::filesystem::path& folder);

}  // namespace harmonic::smartlist
