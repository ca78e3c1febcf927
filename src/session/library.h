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

#include "bandit/wishes.h"
#include "base/result.h"
#include "catalog/preferences.h"
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

/// What was learned of one listener, and what he never wants to hear.
struct Leanings {
  bandit::Wishes wishes;
  catalog::Bans bans;
  catalog::LearningStart start;                      ///< that `wishes` were learned from
  std::shared_ptr<const recommend::Snapshot> songs;  ///< that `taste` is of
  std::vector<float> taste;        ///< what listeners alike tell, as recommend::Signals::taste
  std::vector<float> company;      ///< of it, those of this house: recommend::Signals::company
  std::vector<ListenerId> agreed;  ///< who had agreed to that when it was made
};

/// Threads  every call may come from any thread; a refresh does not hold up the readers.
class Library {
 public:
  /// Both must outlive the library; without `preferences` nothing is learned and nothing banned.
  /// Reads nothing yet: all is empty at first.
  Library(const catalog::Store& store, ListenerId listener,
          const catalog::Preferences* preferences = nullptr);
  /// Another listener's, with the songs and the taste model that `first` has read last. `first`
  /// must outlive it.
  Library(const Library& first, ListenerId listener);

  [[nodiscard]] std::shared_ptr<const recommend::Snapshot> songs() const;
  [[nodiscard]] std::shared_ptr<const History> history() const;
  [[nodiscard]] std::shared_ptr<const Leanings> leanings() const;

  /// What the next refresh makes Leanings::taste of; without it that stays empty. Only of a library
  /// that has no first.
  void use_taste(taste::IalsModel model);

  /// Reads the songs again when the store's revision is not the one held.
  /// Returns  whether they were replaced.  Errors  those of the store; the old songs stay.
  Result<bool> refresh_songs();
  /// Reads the listener's history again, and what follows from it; to be called after each play,
  /// skip and like, and when what was learned is forgotten.
  Result<void> refresh_history();
  /// The same where another program has banned something, lifted a ban, had learning begin anew, or
  /// had somebody agree to help others choose. Cheap where nobody has written; asks for nothing
  /// while another refresh is at work.
  /// Returns  whether anything was read again.
  Result<bool> refresh_preferences();
  /// The same where this program had somebody agree, or take it back.
  Result<void> refresh_company();

 private:
  using Songs = std::shared_ptr<const recommend::Snapshot>;
  using Placed = std::shared_ptr<const tastelibrary::LibraryTaste>;

  Result<void> read_history();
  [[nodiscard]] Result<Songs> newer_songs() const;
  [[nodiscard]] Placed placed(const Songs& songs);
  [[nodiscard]] Placed placed_of(const Songs& songs) const;
  [[nodiscard]] Result<std::shared_ptr<const Leanings>> lean(const Songs& songs,
                                                             const History& history);

  const catalog::Store& store_;
  const ListenerId listener_;
  const catalog::Preferences* const preferences_;
  const Library* const first_ = nullptr;
  std::mutex refreshing_;  ///< one refresh at a time, so that an older one cannot finish last
  std::optional<std::int64_t> seen_writes_;  ///< while refreshing
  std::optional<taste::IalsModel> model_;    ///< while refreshing
  mutable std::mutex mutex_;
  Placed placed_;
  Songs placed_songs_;  ///< that placed_ is of
  Songs songs_;
  std::shared_ptr<const History> history_;
  std::shared_ptr<const Leanings> leanings_;
};

}  // namespace harmonic::session
