#include "recommend/rank.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "recommend/near_duplicates.h"
#include "recommend/reasons.h"
#include "recommend/score.h"
#include "recommend/shortlist.h"
#include "recommend/spacing.h"

namespace harmonic::recommend {

namespace {

using catalog::SongHistory;
using std::chrono::system_clock;
using Habits = std::unordered_map<std::size_t, Habit>;  ///< by index in the snapshot

float lost_by_age(system_clock::duration age) {
  // A clock that was set back makes the future: heard just now, as far as we can tell.
  const double part = std::chrono::duration<double>(age) / kRecentMemory;
  return kRecentStep * static_cast<float>(1.0 - std::clamp(part, 0.0, 1.0));
}

Habits habits_of(const Snapshot& snapshot, std::span<const SongHistory> history,
                 const Options& options) {
  Habits habits;
  for (const auto& one : history) {
    const auto index = snapshot.index_of(one.song);
    if (!index) continue;
    Habit& habit = habits[*index];
    habit.history = &one;
    if (options.now && one.last_heard) habit.lost = lost_by_age(*options.now - *one.last_heard);
  }
  for (std::size_t k = 0; k < std::min(options.recent.size(), kRecentSongs); ++k) {
    const auto index = snapshot.index_of(options.recent[k]);
    if (!index) continue;
    const float part = static_cast<float>(k) / static_cast<float>(kRecentSongs);
    float& lost = habits[*index].lost;
    lost = std::max(lost, kRecentStep * (1.0F - part));
  }
  return habits;
}

/// One call to rank().
class Ranker {
 public:
  Ranker(const Snapshot& snapshot, ValenceArousal target, std::span<const SongHistory> history,
         const Options& options)
      : snapshot_{snapshot},
        target_{target},
        options_{options},
        scorer_{snapshot, target, options},
        habits_{habits_of(snapshot, history, options)},
        dear_{dear_songs(snapshot, history)} {
    if (options.after) {
      if (const auto index = snapshot.index_of(*options.after)) after_ = snapshot.artist(*index);
    }
  }

  [[nodiscard]] std::vector<Pick> picks() const;

 private:
  struct Chosen {
    std::size_t index;
    float gap;  ///< to the best song that waits because of its artist
  };
  using Places = std::vector<std::size_t>;

  [[nodiscard]] Habit habit(std::size_t index) const {
    const auto found = habits_.find(index);
    return found == habits_.end() ? Habit{} : found->second;
  }
  [[nodiscard]] bool on_own_side(std::size_t index) const;
  [[nodiscard]] double key(std::size_t index, const Habit& habit) const;
  [[nodiscard]] std::vector<double> keys() const;
  void withhold(std::vector<double>& keys) const;
  [[nodiscard]] Places without_repetitions(const Places& ordered) const;
  [[nodiscard]] std::vector<Chosen> choose(const Places& allowed) const;
  void choose_of_side(std::span<const std::size_t> side, std::vector<Chosen>& chosen) const;
  [[nodiscard]] bool follows_itself(const std::vector<Chosen>& chosen) const;
  [[nodiscard]] float score(std::size_t index) const {
    const auto known = habit(index);
    return Scorer::total(scorer_.shares(index, known), known.lost);
  }
  [[nodiscard]] Pick pick(const Chosen& chosen) const;

  const Snapshot& snapshot_;
  const ValenceArousal target_;
  const Options& options_;
  const Scorer scorer_;
  const Habits habits_;
  const std::vector<DearSong> dear_;
  std::optional<std::uint32_t> after_;
};

bool Ranker::on_own_side(std::size_t index) const {
  if (std::abs(target_.valence()) < kSideMatters) return true;
  return snapshot_.song(index).sound.mood->valence() * target_.valence() > 0.0F;
}

// Scores lie between -1 and 1, so that steps of 4 keep what comes before them apart.
constexpr double kOtherSide = -4.0;
constexpr double kOnePlay = 4.0;

double Ranker::key(std::size_t index, const Habit& habit) const {
  const float total = Scorer::total(scorer_.shares(index, habit), habit.lost);
  if (!on_own_side(index)) return static_cast<double>(total) + kOtherSide;
  if (options_.order == Order::kFit || habit.history == nullptr) return static_cast<double>(total);
  const bool same_mood = distance(*snapshot_.song(index).sound.mood, target_) <= kSameMood;
  return static_cast<double>(total) + (same_mood ? kOnePlay * habit.history->plays : 0.0);
}

std::vector<double> Ranker::keys() const {
  std::vector<double> keys(snapshot_.size(), kNotOffered);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (snapshot_.measured(i)) keys[i] = key(i, {});
  }
  for (const auto& [index, habit] : habits_) {
    if (snapshot_.measured(index)) keys[index] = key(index, habit);
  }
  withhold(keys);
  return keys;
}

void Ranker::withhold(std::vector<double>& keys) const {
  for (const SongId id : options_.exclude) {
    if (const auto index = snapshot_.index_of(id)) keys[*index] = kNotOffered;
  }
  if (options_.banned_artists.empty()) return;
  std::unordered_set<std::uint32_t> banned;
  for (const auto& name : options_.banned_artists) {
    if (const auto artist = snapshot_.artist_named(name)) banned.insert(*artist);
  }
  for (std::size_t i = 0; i < keys.size() && !banned.empty(); ++i) {
    if (banned.contains(snapshot_.artist(i))) keys[i] = kNotOffered;
  }
}

Ranker::Places Ranker::without_repetitions(const Places& ordered) const {
  std::unordered_map<std::uint32_t, std::size_t> of_artist;
  std::unordered_map<std::uint32_t, std::size_t> of_album;
  Taken taken{snapshot_};
  Places allowed;
  for (const std::size_t index : ordered) {
    std::size_t& by_artist = of_artist[snapshot_.artist(index)];
    std::size_t& on_album = of_album[snapshot_.album(index)];
    if (options_.at_most_per_artist > 0 && by_artist >= options_.at_most_per_artist) continue;
    if (options_.at_most_per_album > 0 && on_album >= options_.at_most_per_album) continue;
    if (taken.has_like(index)) continue;
    ++by_artist;
    ++on_album;
    taken.take(index);
    allowed.push_back(index);
  }
  return allowed;
}

void Ranker::choose_of_side(std::span<const std::size_t> side, std::vector<Chosen>& chosen) const {
  std::vector<std::uint32_t> artists;
  std::transform(side.begin(), side.end(), std::back_inserter(artists),
                 [&](std::size_t index) { return snapshot_.artist(index); });
  const auto last = chosen.empty() ? after_ : std::optional{snapshot_.artist(chosen.back().index)};
  std::vector<bool> used(side.size());
  std::size_t best = 0;  // of those that wait
  for (const auto place : space_artists(artists, options_.count - chosen.size(), last)) {
    chosen.push_back({side[place], score(side[best]) - score(side[place])});
    used[place] = true;
    while (best + 1 < used.size() && used[best]) ++best;
  }
}

/// Side by side, so that a mood is never given up for an artist.
std::vector<Ranker::Chosen> Ranker::choose(const Places& allowed) const {
  const auto other = std::find_if_not(allowed.begin(), allowed.end(),
                                      [&](std::size_t index) { return on_own_side(index); });
  const auto own = static_cast<std::size_t>(other - allowed.begin());
  std::vector<Chosen> chosen;
  choose_of_side(std::span{allowed}.first(own), chosen);
  if (chosen.size() < options_.count) choose_of_side(std::span{allowed}.subspan(own), chosen);
  return chosen;
}

bool Ranker::follows_itself(const std::vector<Chosen>& chosen) const {
  auto last = after_;
  return std::any_of(chosen.begin(), chosen.end(), [&](const Chosen& one) {
    const auto artist = snapshot_.artist(one.index);
    return std::exchange(last, artist) == artist;
  });
}

Pick Ranker::pick(const Chosen& chosen) const {
  const auto known = habit(chosen.index);
  const auto shares = scorer_.shares(chosen.index, known);
  const Grounds grounds{snapshot_, chosen.index, scorer_.direction(), target_,
                        known,     options_,     chosen.gap};
  return {snapshot_.song(chosen.index).id,
          chosen.index,
          static_cast<double>(Scorer::total(shares, known.lost)),
          shares,
          known.lost,
          reasons_for(grounds, dear_)};
}

// Most lists are made of the best few; the rest is sorted only where they do not suffice.
constexpr std::size_t kFirstShortlist = 256;
constexpr std::size_t kWanted = 8;
constexpr std::size_t kWider = 8;

std::vector<Pick> Ranker::picks() const {
  const auto keys = this->keys();
  std::vector<Chosen> chosen;
  for (std::size_t size = std::max(kFirstShortlist, kWanted * options_.count);; size *= kWider) {
    const auto ordered = best_places(keys, size);
    chosen = choose(without_repetitions(ordered));
    if (ordered.size() < size) break;  // these are all
    if (chosen.size() == options_.count && !follows_itself(chosen)) break;
  }
  std::vector<Pick> picks;
  picks.reserve(chosen.size());
  for (const Chosen& one : chosen) picks.push_back(pick(one));
  return picks;
}

}  // namespace

Ranking rank(const Snapshot& snapshot, ValenceArousal mood, std::span<const SongHistory> history,
             const Options& options) {
  Ranking ranking{aim(mood, options.strategy), {}};
  if (snapshot.empty() || options.count == 0) return ranking;
  ranking.picks = Ranker{snapshot, ranking.target, history, options}.picks();
  return ranking;
}

}  // namespace harmonic::recommend
