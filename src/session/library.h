// session/library.h - the songs and this listener's history as every live loop sees them: shared,
// immutable, replaced as a whole.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "catalog/store.h"
#include "recommend/snapshot.h"

namespace harmonic::session {

/// What one listener did so far; a song without an entry was never heard nor liked.
class History {
 public:
  explicit History(std::vector<catalog::SongHistory> songs);

  [[nodiscard]] std::span<const catalog::SongHistory> songs() const { return songs_; }
  [[nodiscard]] const catalog::SongHistory* find(SongId id) const;

 private:
  std::vector<catalog::SongHistory> songs_;
  std::unordered_map<SongId, std::size_t> by_id_;
};

/// Threads  every call may come from any thread; a refresh does not hold up the readers.
class Library {
 public:
  /// `store` must outlive the library. Reads nothing yet: both states are empty at first.
  Library(const catalog::Store& store, ListenerId listener);

  [[nodiscard]] std::shared_ptr<const recommend::Snapshot> songs() const;
  [[nodiscard]] std::shared_ptr<const History> history() const;

  /// Reads the songs again when the store's revision is not the one held.
  /// Returns  whether they were replaced.  Errors  those of the store; the old songs stay.
  Result<bool> refresh_songs();
  /// Reads the listener's history again; to be called after each play, skip and like.
  Result<void> refresh_history();

 private:
  const catalog::Store& store_;
  const ListenerId listener_;
  std::mutex refreshing_;  ///< one refresh at a time, so that an older one cannot finish last
  mutable std::mutex mutex_;
  std::shared_ptr<const recommend::Snapshot> songs_;
  std::shared_ptr<const History> history_;
};

}  // namespace harmonic::session
