// session/library.h - the songs and this listener's history as every live loop sees them: shared,
// immutable, replaced as a whole.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "catalog/store.h"
#include "recommend/snapshot.h"
#include "taste/model_file.h"
#include "tastelibrary/library_taste.h"

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

/// What listeners alike tell of each of the songs, as recommend::Signals::taste has it.
struct Taste {
  std::shared_ptr<const recommend::Snapshot> songs;
  std::vector<float> values;
};

/// Threads  every call may come from any thread; a refresh does not hold up the readers.
class Library {
 public:
  /// `store` must outlive the library. Reads nothing yet: both states are empty at first.
  Library(const catalog::Store& store, ListenerId listener);

  [[nodiscard]] std::shared_ptr<const recommend::Snapshot> songs() const;
  [[nodiscard]] std::shared_ptr<const History> history() const;
  /// Of the newest songs and history; never null.
  [[nodiscard]] std::shared_ptr<const Taste> taste() const;

  /// What the next refresh makes taste() of.
  void use_taste(taste::IalsModel model);

  /// Reads the songs again when the store's revision is not the one held.
  /// Returns  whether they were replaced.  Errors  those of the store; the old songs stay.
  Result<bool> refresh_songs();
  /// Reads the listener's history again; to be called after each play, skip and like.
  Result<void> refresh_history();

 private:
  void replace(std::shared_ptr<const recommend::Snapshot> songs,
               std::shared_ptr<const History> history);

  const catalog::Store& store_;
  const ListenerId listener_;
  std::mutex refreshing_;  ///< one refresh at a time, so that an older one cannot finish last
  std::optional<taste::IalsModel> model_;  ///< while refreshing, as placed_
  std::optional<tastelibrary::LibraryTaste> placed_;
  std::shared_ptr<const recommend::Snapshot> placed_songs_;  ///< that placed_ is of
  mutable std::mutex mutex_;
  std::shared_ptr<const recommend::Snapshot> songs_;
  std::shared_ptr<const History> history_;
  std::shared_ptr<const Taste> taste_;
};

}  // namespace harmonic::session
