#include "session/library.h"

#include <utility>

#include "base/heap.h"
#include "recommend/replay.h"
#include "tastelibrary/company.h"

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

Library::Library(const Library& first, ListenerId listener)
    : store_{first.store_},
      listener_{listener},
      preferences_{first.preferences_},
      first_{&first},
      songs_{first.songs()},
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
  const std::lock_guard lock{mutex_};
  placed_.reset();
}

Library::Placed Library::placed_of(const Songs& songs) const {
  const std::lock_guard lock{mutex_};
  return placed_songs_ == songs ? placed_ : nullptr;
}

/// The model among these songs; null without a model, or while the first listener's songs are
/// newer ones, which then come here too.
Library::Placed Library::placed(const Songs& songs) {
  if (first_ != nullptr) return first_->placed_of(songs);
  if (!model_) return nullptr;
  if (auto held = placed_of(songs)) return held;
  auto made = std::make_shared<const tastelibrary::LibraryTaste>(*model_, *songs);
  const std::lock_guard lock{mutex_};
  placed_ = made;
  placed_songs_ = songs;
  return made;
}

Result<std::shared_ptr<const Leanings>> Library::lean(const Songs& songs, const History& history) {
  auto made = std::make_shared<Leanings>();
  made->songs = songs;
  if (const auto model = placed(songs)) made->taste = model->of(history.songs());
  if (preferences_ == nullptr) return made;
  // Before the histories are read: who agrees in between is read again.
  HARMONIC_TRY(made->agreed, preferences_->agreed());
  HARMONIC_TRY(made->company,
               tastelibrary::company_of(*songs, store_, *preferences_, listener_, history.songs()));
  made->taste = tastelibrary::joined(made->taste, made->company);
  HARMONIC_TRY(made->bans, preferences_->bans(listener_));
  HARMONIC_TRY(made->start, preferences_->learning_start(listener_));
  HARMONIC_TRY(made->wishes,
               recommend::wishes_of(*songs, *preferences_, listener_, history.songs()));
  return made;
}

/// Null where the held ones are still true.
Result<Library::Songs> Library::newer_songs() const {
  if (first_ != nullptr) {
    auto firsts = first_->songs();
    return firsts == songs() ? nullptr : firsts;
  }
  // The revision is read before the songs: a song that comes in between is read again next time.
  HARMONIC_TRY(const auto revision, store_.songs_revision());
  if (revision == songs()->revision()) return nullptr;
  Songs fresh;
  HARMONIC_CHECK(store_.go_through_songs([&](const catalog::SongSource& source) -> Result<void> {
    HARMONIC_TRY(auto read, recommend::Snapshot::read(source, revision));
    fresh = std::make_shared<const recommend::Snapshot>(std::move(read));
    return {};
  }));
  return fresh;
}

Result<bool> Library::refresh_songs() {
  const std::lock_guard one_at_a_time{refreshing_};
  HARMONIC_TRY(auto fresh, newer_songs());
  if (!fresh) return false;
  // What was learned speaks of this library's sounds.
  HARMONIC_TRY(auto leanings, lean(fresh, *history()));
  {
    const std::lock_guard lock{mutex_};
    songs_.swap(fresh);
    leanings_.swap(leanings);
  }
  // Unless a list, or another listener, still speaks of them.
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
  HARMONIC_TRY(const auto agreed, preferences_->agreed());
  const bool changed = bans != held->bans || start != held->start || agreed != held->agreed;
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

Result<void> Library::refresh_company() {
  if (preferences_ == nullptr) return {};
  HARMONIC_TRY(const auto agreed, preferences_->agreed());
  return agreed == leanings()->agreed ? Result<void>{} : refresh_history();
}

}  // namespace harmonic::session
