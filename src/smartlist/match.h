// smartlist/match.h - entries of playlist files, found in the library.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalog/song.h"
#include "smartlist/playlist_file.h"

namespace harmonic::smartlist {

enum class Found : std::uint8_t {
  kByPath,
  kByTags,
  kAmbiguous,  ///< several songs have these tags, none is taken
  kNot,
};

struct Match {
  Found how = Found::kNot;
  SongId song;  ///< kByPath and kByTags only
};

/// The library's songs by path and by name. Immutable.
class Finder {
 public:
  explicit Finder(std::span<const catalog::Song> songs);
  Finder(const Finder&) = delete;  // by_file_ points into by_path_
  Finder& operator=(const Finder&) = delete;
  ~Finder() = default;

  /// By path first: as written, percent-decoded, with \ as /, and Latin-1 as UTF-8, relative ones
  /// from `folder` or, where that is empty because it is not known, as the end of just one song's
  /// path. Then by title and artist as songlist::match_key compares them, narrowed by album and by
  /// duration (kSameSeconds) where several fit, and only when one is left.
  [[nodiscard]] Match find(const Entry& entry, const std::filesystem::path& folder) const;

  static constexpr std::chrono::seconds kSameSeconds{3};

 private:
  struct Book {
    std::vector<std::string> artists;  ///< keys
    std::string album;                 ///< key
    std::chrono::milliseconds duration{0};
    SongId song;
  };
  struct Wanted;

  [[nodiscard]] std::optional<SongId> by_path(const Entry& entry,
                                              const std::filesystem::path& folder) const;
  [[nodiscard]] std::optional<SongId> by_end(std::string_view path) const;
  [[nodiscard]] std::vector<const Book*> by_tags(const Wanted& wanted) const;

  using Path = std::pair<const std::string, SongId>;
  std::unordered_map<std::string, SongId> by_path_;
  std::unordered_map<std::string, std::vector<const Path*>> by_file_;  ///< name; into by_path_
  std::unordered_map<std::string, std::vector<Book>> by_title_;        ///< key
};

/// The paths that a location may mean, in the order in which they are tried.
[[nodiscard]] std::vector<std::string> paths_of(const std::string& location, bool uri,
                                                const std::filesystem::path& folder);

/// The entry for a person: its caption, "Artist - Title", or its first location.
[[nodiscard]] std::string shown(const Entry& entry);

}  // namespace harmonic::smartlist
