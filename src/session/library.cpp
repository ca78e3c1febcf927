#include "session/library.h"

#include <utility>

#include "base/heap.h"
#include "recommend/replay.h"

namespace harmonic::session {

History::History(std::vector<catalog::SongHistory> songs) : songs_{std::move(songs)} {
  for (std::size_t i = 0; i < songs_.size(); ++i) by_id_.emplace(songs_[i].song, i);
}

const catalog::SongHistory* History::find(SongId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &songs_[found->second];
}

Library::Library(const catalog::Store& store, ListenerId listener,
                 const catalog::Preferences* preferences)
    : store_{store},
      listener_{listener},
      preferences_{preferences},
      songs_{std::make_shared<recommend::Snapshot>()},
      history_{std::make_shared<History>(std::vector<catalog::SongHistory>{})},
      leanings_{std::make_shared<Leanings>()} {}

std::shared_ptr<const recommend::Snapshot> Library::songs() const {
  const std::lock_guard lock{mutex_};
  return songs_;
}

std::shared_ptr<const History> Library::history() const {
  const std::lock_guard lock{mutex_};
  return history_;
}

std::shared_ptr<const Leanings> Library::leanings() const {
  const std::lock_guard lock{mutex_};
  return leanings_;
}

void Library::use_taste(taste::IalsModel model) {
  const std::lock_guard one_at_a_time{refreshing_};
  model_ = std::move(model);
  placed_.reset();
}

Result<std::shared_ptr<const Leanings>> Library::lean(const Songs& songs, const History& history) {
  auto made = std::make_shared<Leanings>();
  if (model_) {
    if (!placed_ || placed_songs_ != songs) placed_.emplace(*model_, *songs);
    placed_songs_ = songs;
    made->songs = songs;
    made->taste = placed_->of(history.songs());
  }
  if (preferences_ == nullptr) return made;
  HARMONIC_TRY(made->bans, preferences_->bans(listener_));
  HARMONIC_TRY(made->start, preferences_->learning_start(listener_));
  HARMONIC_TRY(made->wishes,
               recommend::wishes_of(*songs, *preferences_, listener_, history.songs()));
  return made;
}

Result<bool> Library::refresh_songs() {
  const std::lock_guard one_at_a_time{refreshing_};
  // The revision is read before the songs: a song that comes in between is read again next time.
  HARMONIC_TRY(const auto revision, store_.songs_revision());
  if (revision == songs()->revision()) return false;
  Songs fresh;
  HARMONIC_CHECK(store_.go_through_songs([&](const catalog::SongSource& source) -> Result<void> {
    HARMONIC_TRY(auto read, recommend::Snapshot::read(source, revision));
    fresh = std::make_shared<const recommend::Snapshot>(std::move(read));
    return {};
  }));
  // What was learned speaks of this library's sounds.
  HARMONIC_TRY(auto leanings, lean(fresh, *history()));
  {
    const std::lock_guard lock{mutex_};
    songs_.swap(fresh);
    leanings_.swap(leanings);
  }
  // Unless a list still speaks of them.
  fresh.reset();
  leanings.reset();
  give_back_free_memory();
  return true;
}

Result<void> Library::refresh_history() {
  const std::lock_guard one_at_a_time{refreshing_};
  return read_history();
}

Result<bool> Library::refresh_preferences() {
  const std::unique_lock one_at_a_time{refreshing_, std::try_to_lock};
  if (preferences_ == nullptr || !one_at_a_time) return false;
  // Asked for before the rest, as the revision: what is written in between is seen next time.
  HARMONIC_TRY(const auto writes, preferences_->writes_of_others());
  if (writes == seen_writes_) return false;
  HARMONIC_TRY(const auto bans, preferences_->bans(listener_));
  HARMONIC_TRY(const auto start, preferences_->learning_start(listener_));
  const auto held = leanings();
  const bool changed = bans != held->bans || start != held->start;
  if (changed) HARMONIC_CHECK(read_history());
  seen_writes_ = writes;
  return changed;
}

Result<void> Library::read_history() {
  HARMONIC_TRY(auto songs, store_.history(listener_));
  auto fresh = std::make_shared<const History>(std::move(songs));
  HARMONIC_TRY(auto leanings, lean(this->songs(), *fresh));
  const std::lock_guard lock{mutex_};
  history_.swap(fresh);
  leanings_.swap(leanings);
  return {};
}

}  // namespace harmonic::session
