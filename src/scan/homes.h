// scan/homes.h - which stored song a file is that stands where that song did not: files that were
// moved or renamed are known by their content.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <unordered_set>
#include <vector>

#include "catalog/store.h"
#include "scan/plan.h"

namespace harmonic::scan {

/// The songs that may have moved: those that are missing, whose file is gone, or at whose path
/// another content stands now. A song whose file is still at its path has not moved, so that a copy
/// of it becomes a song of its own.
///
/// Threads  any.
class Homes {
 public:
  /// `walk`, `known` and `missing` must outlive it.
  Homes(const Walk& walk, const std::vector<catalog::KnownFile>& known,
        const std::vector<catalog::KnownFile>& missing);

  /// Another content stands at that known song's path. To be told of all of them before the first
  /// claim: two names may have been exchanged.
  void left(std::size_t known);

  /// The song that this content is, if one may have moved here, and each only once. Of several
  /// copies the one that stood here last, then one of this file name.
  [[nodiscard]] std::optional<catalog::KnownFile> claim(const std::filesystem::path& path,
                                                        const catalog::ContentKey& content);
  [[nodiscard]] bool was_claimed(SongId song) const;

 private:
  struct Song {
    const catalog::KnownFile* file = nullptr;
    bool may_move = false;
    bool claimed = false;
  };
  [[nodiscard]] bool is_free(const Song& song) const;

  const Walk& walk_;
  mutable std::mutex mutex_;
  std::vector<Song> songs_;  ///< by content
  std::unordered_set<SongId> claimed_;
  const catalog::KnownFile* known_;  ///< the first one
};

}  // namespace harmonic::scan
