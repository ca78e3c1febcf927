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
      history_{std::make_shared<History>(std::vector<catalog::SongHistory>{})},
      taste_{std::make_shared<Taste>()} {}

std::shared_ptr<const recommend::Snapshot> Library::songs() const {
  const std::lock_guard lock{mutex_};
  return songs_;
}

std::shared_ptr<const History> Library::history() const {
  const std::lock_guard lock{mutex_};
  return history_;
}

std::shared_ptr<const Taste> Library::taste() const {
  const std::lock_guard lock{mutex_};
  return taste_;
}

void Library::use_taste(taste::IalsModel model) {
  const std::lock_guard one_at_a_time{refreshing_};
  model_ = std::move(model);
  placed_.reset();
}

/// All at once, so that a reader who sees a new history or new songs sees their taste.
void Library::replace(std::shared_ptr<const recommend::Snapshot> songs,
                      std::shared_ptr<const History> history) {
  auto taste = std::make_shared<Taste>();
  taste->songs = songs;
  if (model_) {
    if (!placed_ || placed_songs_ != songs) placed_.emplace(*model_, *songs);
    placed_songs_ = songs;
    taste->values = placed_->of(history->songs());
  }
  const std::lock_guard lock{mutex_};
  songs_ = std::move(songs);
  history_ = std::move(history);
  taste_ = std::move(taste);
}

Result<bool> Library::refresh_songs() {
  const std::lock_guard one_at_a_time{refreshing_};
  // The revision is read before the songs: a song that comes in between is read again next time.
  HARMONIC_TRY(const auto revision, store_.songs_revision());
  if (revision == songs()->revision()) return false;
  HARMONIC_TRY(auto read, store_.songs());
  replace(std::make_shared<const recommend::Snapshot>(
              recommend::Snapshot::build(std::move(read), revision)),
          history());
  return true;
}

Result<void> Library::refresh_history() {
  const std::lock_guard one_at_a_time{refreshing_};
  HARMONIC_TRY(auto songs, store_.history(listener_));
  replace(this->songs(), std::make_shared<const History>(std::move(songs)));
  return {};
}

}  // namespace harmonic::session
