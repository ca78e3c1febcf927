#include "recommend/rank.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "recommend/habits.h"
#include "recommend/near_duplicates.h"
#include "recommend/reasons.h"
#include "recommend/score.h"
#include "recommend/shortlist.h"
#include "recommend/spacing.h"

namespace harmonic::recommend {

namespace {

using catalog::SongHistory;

/// One call to rank().
class Ranker {
 public:
  Ranker(const Snapshot& snapshot, ValenceArousal target, std::span<const SongHistory> history,
         const Options& options, const Signals& signals)
      : snapshot_{snapshot},
        target_{target},
        options_{options},
        scorer_{snapshot, target, options, signals},
        habits_{snapshot, history, options},
        dear_{dear_songs(snapshot, habits_)} {
    if (options.after) {
      if (const auto index = snapshot.index_of(*options.after)) after_ = snapshot.artist(*index);
    }
  }

  [[nodiscard]] std::vector<Pick> picks() const;

 private:
  using Places = std::vector<std::size_t>;
  /// So many songs are scored at a time, within the fastest memory.
  static constexpr std::size_t kBlock = 2048;
  struct Chosen {
    std::size_t index;
    float gap;  ///< to the best song that waits because of its artist
  };

  /// The song must be measured.
  [[nodiscard]] bool on_own_side(std::size_t index) const {
    if (focus_ && std::abs(snapshot_.mood(index)->arousal() - target_.arousal()) > kEvenArousal)
      return false;
    // Not "||": both are asked, so that there is no branch.
    return static_cast<int>(!sided_) +
               static_cast<int>(snapshot_.valence_side(index) * target_.valence() > 0.0F) >
           0;
  }
  [[nodiscard]] bool knows(std::size_t index) const {
    const auto* history = habits_.of(index).history;
    return history != nullptr && (history->plays > 0 || history->liked);
  }
  [[nodiscard]] double played(std::size_t index, const Habit& habit) const;
  [[nodiscard]] double true_key(std::size_t index) const;
  void fill_rough_keys(std::size_t first, std::span<double> keys) const;
  [[nodiscard]] std::vector<double> rough_keys() const;
  void withhold(std::vector<double>& keys) const;
  [[nodiscard]] Places best(std::span<const double> rough, std::size_t count) const;
  [[nodiscard]] Places without_repetitions(const Places& ordered) const;
  [[nodiscard]] std::vector<Chosen> choose(const Places& allowed) const;
  void choose_of_side(std::span<const std::size_t> side, std::vector<Chosen>& chosen) const;
  [[nodiscard]] bool follows_itself(const std::vector<Chosen>& chosen) const;
  [[nodiscard]] float score(std::size_t index) const {
    const auto habit = habits_.of(index);
    return Scorer::total(scorer_.shares(index, habit), habit.lost);
  }
  [[nodiscard]] Pick pick(const Chosen& chosen) const;

  const Snapshot& snapshot_;
  const ValenceArousal target_;
  const Options& options_;
  const bool focus_ = options_.strategy == Strategy::kFocus;
  const bool sided_ = std::abs(target_.valence()) >= kSideMatters;
  const Scorer scorer_;
  const Habits habits_;
  const std::vector<DearSong> dear_;
  std::optional<std::uint32_t> after_;
};

// Scores lie between -1 and 1, so that steps of 4 keep what comes before them apart.
constexpr double kOtherSide = -4.0;
constexpr double kOnePlay = 4.0;

/// What the order by plays puts before the fit.
double Ranker::played(std::size_t index, const Habit& habit) const {
  if (options_.order == Order::kFit || habit.history == nullptr || !on_own_side(index)) return 0.0;
  const bool same_mood = distance(*snapshot_.mood(index), target_) <= kSameMood;
  return same_mood ? kOnePlay * habit.history->plays : 0.0;
}

double Ranker::true_key(std::size_t index) const {
  const Habit habit = habits_.of(index);
  return static_cast<double>(Scorer::total(scorer_.shares(index, habit), habit.lost)) +
         (on_own_side(index) ? 0.0 : kOtherSide) + played(index, habit);
}

/// The keys of songs from `first` on as if none had a habit.
void Ranker::fill_rough_keys(std::size_t first, std::span<double> keys) const {
  std::array<float, kBlock> held{};
  const auto totals = std::span{held}.first(keys.size());
  scorer_.rough_totals(first, totals);
  // Looked up, for which side a song is on cannot be foreseen by a processor.
  constexpr std::array kBySide{kOtherSide, 0.0};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::size_t index = first + i;
    keys[i] = snapshot_.measured(index)
                  ? static_cast<double>(totals[i]) +
                        kBySide.at(static_cast<std::size_t>(on_own_side(index)))
                  : kNotOffered;
  }
}

std::vector<double> Ranker::rough_keys() const {
  std::vector<double> keys(snapshot_.size());
  for (std::size_t first = 0; first < keys.size(); first += kBlock)
    fill_rough_keys(first, std::span{keys}.subspan(first, std::min(kBlock, keys.size() - first)));
  for (const auto& [index, habit] : habits_.all()) {
    if (snapshot_.measured(index))
      keys[index] += static_cast<double>(scorer_.gain(habit)) + played(index, habit);
  }
  withhold(keys);
  return keys;
}

/// The `count` best by their true keys. A song whose rough key is more than twice the doubt below
/// that of the last of the roughly best has `count` songs before it in truth, too.
Ranker::Places Ranker::best(std::span<const double> rough, std::size_t count) const {
  const auto roughly = best_places(rough, count);
  const double least = roughly.size() < count
                           ? std::nextafter(kNotOffered, 0.0)
                           : rough[roughly.back()] - 2.0 * static_cast<double>(scorer_.doubt());
  std::vector<std::pair<double, std::size_t>> candidates;
  for (std::size_t i = 0; i < rough.size(); ++i) {
    if (rough[i] >= least) candidates.emplace_back(-true_key(i), i);
  }
  std::sort(candidates.begin(), candidates.end());
  Places places;
  for (const auto& [key, place] : candidates) {
    if (places.size() < count) places.push_back(place);
  }
  return places;
}

void Ranker::withhold(std::vector<double>& keys) const {
  for (const SongId id : options_.exclude) {
    if (const auto index = snapshot_.index_of(id)) keys[*index] = kNotOffered;
  }
  if (options_.banned_artists.empty()) return;
  std::vector<char> banned(snapshot_.artist_count());
  bool any = false;
  for (const auto& name : options_.banned_artists) {
    const auto artist = snapshot_.artist_named(name);
    if (artist) banned[*artist] = 1;
    any = any || artist;
  }
  for (std::size_t i = 0; i < keys.size() && any; ++i) {
    if (banned[snapshot_.artist(i)] != 0) keys[i] = kNotOffered;
  }
}

/// How many known songs a list may take, and how many new ones.
class Quota {
 public:
  explicit Quota(const Options& options) {
    if (!options.familiar) return;
    const auto all = static_cast<double>(options.count);
    known_ = static_cast<std::size_t>(std::lround(std::clamp(*options.familiar, 0.0, 1.0) * all));
    fresh_ = options.count - known_;
  }
  [[nodiscard]] bool has_room(bool known) const { return (known ? known_ : fresh_) > 0; }
  void take(bool known) { --(known ? known_ : fresh_); }

 private:
  std::size_t known_ = std::numeric_limits<std::size_t>::max();
  std::size_t fresh_ = known_;
};

Ranker::Places Ranker::without_repetitions(const Places& ordered) const {
  std::unordered_map<std::uint32_t, std::size_t> of_artist;
  std::unordered_map<std::uint32_t, std::size_t> of_album;
  Taken taken{snapshot_};
  Quota quota{options_};
  Places allowed;
  for (const std::size_t index : ordered) {
    std::size_t& by_artist = of_artist[snapshot_.artist(index)];
    std::size_t& on_album = of_album[snapshot_.album(index)];
    if (options_.at_most_per_artist > 0 && by_artist >= options_.at_most_per_artist) continue;
    if (options_.at_most_per_album > 0 && on_album >= options_.at_most_per_album) continue;
    const bool known = knows(index);
    if (!quota.has_room(known) || taken.has_like(index)) continue;
    quota.take(known);
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
  const auto known = habits_.of(chosen.index);
  const auto shares = scorer_.shares(chosen.index, known);
  const Grounds grounds{snapshot_,
                        chosen.index,
                        scorer_.direction(),
                        target_,
                        known,
                        options_,
                        scorer_.wish(chosen.index),
                        scorer_.taste(chosen.index),
                        scorer_.company(chosen.index),
                        chosen.gap};
  return {snapshot_.id(chosen.index),
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
  const auto keys = rough_keys();
  std::vector<Chosen> chosen;
  for (std::size_t size = std::max(kFirstShortlist, kWanted * options_.count);; size *= kWider) {
    const auto ordered = best(keys, size);
    chosen = choose(without_repetitions(ordered));
    if (ordered.size() < size) break;  // these are all
    // With a share of known songs others could not come in between: the quota is used up.
    if (chosen.size() == options_.count && (options_.familiar || !follows_itself(chosen))) break;
  }
  std::vector<Pick> picks;
  picks.reserve(chosen.size());
  for (const Chosen& one : chosen) picks.push_back(pick(one));
  return picks;
}

}  // namespace

Ranking rank(const Snapshot& snapshot, ValenceArousal mood, std::span<const SongHistory> history,
             const Options& options, const Signals& signals) {
  const auto target =
      options.targets ? aim(mood, options.strategy, *options.targets) : aim(mood, options.strategy);
  Ranking ranking{target, {}};
  if (snapshot.empty() || options.count == 0) return ranking;
  ranking.picks = Ranker{snapshot, ranking.target, history, options, signals}.picks();
  return ranking;
}

}  // namespace harmonic::recommend
