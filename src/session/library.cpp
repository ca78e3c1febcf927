#include "session/library.h"

#include <utility>

namespace harmonic::session {

History::History(std::vector<catalog::SongHistory> songs) : songs_{std::move(songs)} {
  for (std::size_t i = 0; i < songs_.size(); ++i) by_id_.emplace(songs_[i].song, i);
}

const catalog::SongHistory* History::find(SongId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &songs_[found->second];
}

Library::Library(const catalog::Store& store, ListenerId listener)
    : store_{store},
      listener_{listener},
      songs_{std::make_shared<recommend::Snapshot>()},
      history_{std::make_shared<History>(std::vector<catalog::SongHistory>{})} {}

std::shared_ptr<const recommend::Snapshot> Library::songs() const {
  const std::lock_guard lock{mutex_};
  return songs_;
}

std::shared_ptr<const History> Library::history() const {
  const std::lock_guard lock{mutex_};
  return history_;
}

Result<bool> Library::refresh_songs() {
  const std::lock_guard one_at_a_time{refreshing_};
  // The revision is read before the songs: a song that comes in between is read again next time.
  HARMONIC_TRY(const auto revision, store_.songs_revision());
  if (revision == songs()->revision()) return false;
  HARMONIC_TRY(auto read, store_.songs());
  auto fresh = std::make_shared<const recommend::Snapshot>(
      recommend::Snapshot::build(std::move(read), revision));
  const std::lock_guard lock{mutex_};
  songs_.swap(fresh);
  return true;
}

Result<void> Library::refresh_history() {
  const std::lock_guard one_at_a_time{refreshing_};
  HARMONIC_TRY(auto songs, store_.history(listener_));
  auto fresh = std::make_shared<const History>(std::move(songs));
  const std::lock_guard lock{mutex_};
  history_.swap(fresh);
  return {};
}

}  // namespace harmonic::session
