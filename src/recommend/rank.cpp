#include "recommend/rank.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "recommend/reasons.h"
#include "recommend/spacing.h"

namespace harmonic::recommend {

namespace {

using catalog::SongHistory;
using std::chrono::system_clock;

enum class Side : std::uint8_t { kOwn, kOther };

struct Candidate {
  std::size_t index;
  Side side;
  float score;
  float lost_as_recent;
  int affinity;
  float gap = 0.0F;  ///< to the best song that waits because of its artist
};

/// What is known of each song of the snapshot, by index.
struct Habits {
  std::vector<const SongHistory*> history;
  std::vector<float> lost_as_recent;
};

float lost_by_age(system_clock::duration age) {
  // A clock that was set back makes the future: heard just now, as far as we can tell.
  const double part = std::chrono::duration<double>(age) / kRecentMemory;
  return kRecentStep * static_cast<float>(1.0 - std::clamp(part, 0.0, 1.0));
}

Habits habits_of(const Snapshot& snapshot, std::span<const SongHistory> history,
                 const Options& options) {
  Habits habits{std::vector<const SongHistory*>(snapshot.size()),
                std::vector<float>(snapshot.size())};
  for (const auto& one : history) {
    const auto index = snapshot.index_of(one.song);
    if (!index) continue;
    habits.history[*index] = &one;
    if (options.now && one.last_heard) {
      habits.lost_as_recent[*index] = lost_by_age(*options.now - *one.last_heard);
    }
  }
  for (std::size_t k = 0; k < std::min(options.recent.size(), kRecentSongs); ++k) {
    const auto index = snapshot.index_of(options.recent[k]);
    if (!index) continue;
    const float part = static_cast<float>(k) / static_cast<float>(kRecentSongs);
    float& lost = habits.lost_as_recent[*index];
    lost = std::max(lost, kRecentStep * (1.0F - part));
  }
  return habits;
}

Side side_of(const Snapshot& snapshot, std::size_t index, ValenceArousal target) {
  if (std::abs(target.valence()) < kSideMatters) return Side::kOwn;
  const float valence = snapshot.song(index).sound.mood->valence();
  return valence * target.valence() > 0.0F ? Side::kOwn : Side::kOther;
}

std::vector<Candidate> candidates_of(const Snapshot& snapshot, const Direction& direction,
                                     ValenceArousal target, const Habits& habits,
                                     const Options& options) {
  std::unordered_set<SongId> excluded(options.exclude.begin(), options.exclude.end());
  std::vector<Candidate> candidates;
  candidates.reserve(snapshot.size());
  for (std::size_t i = 0; i < snapshot.size(); ++i) {
    if (!snapshot.measured(i)) continue;
    if (!excluded.empty() && excluded.contains(snapshot.song(i).id)) continue;
    const Side side = side_of(snapshot, i, target);
    const float fit = (1.0F + snapshot.cosine(direction, i)) / 2.0F;
    const float lost = habits.lost_as_recent[i];
    candidates.push_back(
        {i, side, std::clamp(fit - lost, 0.0F, 1.0F), lost, affinity(habits.history[i]), 0.0F});
  }
  return candidates;
}

/// splitmix64 (Steele, Lea, Flood 2014): spreads neighbouring numbers far apart.
std::uint64_t shuffled(std::uint64_t seed, SongId id) {
  std::uint64_t x = seed + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(id.value);
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

/// By side and score; then each run of equals by affinity and what comes after it.
void order(std::vector<Candidate>& candidates, const Snapshot& snapshot, std::uint64_t seed) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    if (a.side != b.side) return a.side < b.side;
    if (a.score != b.score) return a.score > b.score;
    return a.index < b.index;
  });
  const auto before = [&](const Candidate& a, const Candidate& b) {
    if (a.affinity != b.affinity) return a.affinity > b.affinity;
    if (seed == 0) return false;  // the sort is stable: by score, then as the library has them
    return shuffled(seed, snapshot.song(a.index).id) < shuffled(seed, snapshot.song(b.index).id);
  };
  for (auto first = candidates.begin(); first != candidates.end();) {
    const auto last = std::find_if(first, candidates.end(), [&](const Candidate& one) {
      return one.side != first->side || first->score - one.score > kEqualBand;
    });
    std::stable_sort(first, last, before);
    first = last;
  }
}

/// Side by side, so that a mood is never given up for an artist.
std::vector<Candidate> choose(const std::vector<Candidate>& ordered, const Snapshot& snapshot,
                              const Options& options) {
  std::vector<Candidate> chosen;
  std::optional<std::uint32_t> last;
  if (options.after) {
    if (const auto index = snapshot.index_of(*options.after)) last = snapshot.artist(*index);
  }
  for (auto first = ordered.begin(); first != ordered.end() && chosen.size() < options.count;) {
    const auto end = std::find_if(first, ordered.end(),
                                  [&](const Candidate& one) { return one.side != first->side; });
    std::vector<std::uint32_t> artists;
    std::transform(first, end, std::back_inserter(artists),
                   [&](const Candidate& one) { return snapshot.artist(one.index); });
    std::vector<bool> used(artists.size());
    std::size_t best = 0;  // of those that wait
    for (const auto place : space_artists(artists, options.count - chosen.size(), last)) {
      chosen.push_back(*(first + static_cast<std::ptrdiff_t>(place)));
      chosen.back().gap = (first + static_cast<std::ptrdiff_t>(best))->score - chosen.back().score;
      last = artists[place];
      used[place] = true;
      while (best + 1 < used.size() && used[best]) ++best;
    }
    first = end;
  }
  return chosen;
}

}  // namespace

Ranking rank(const Snapshot& snapshot, ValenceArousal mood, std::span<const SongHistory> history,
             const Options& options) {
  Ranking ranking{aim(mood, options.strategy), {}};
  if (snapshot.empty() || options.count == 0) return ranking;
  const auto direction = snapshot.toward(ranking.target);
  const auto habits = habits_of(snapshot, history, options);
  auto candidates = candidates_of(snapshot, direction, ranking.target, habits, options);
  order(candidates, snapshot, options.seed);
  const auto dear = dear_songs(snapshot, history);
  for (const auto& one : choose(candidates, snapshot, options)) {
    const Grounds grounds{snapshot,           one.index,        direction,
                          ranking.target,     options.strategy, habits.history[one.index],
                          one.lost_as_recent, one.gap};
    ranking.picks.push_back({snapshot.song(one.index).id, one.index, static_cast<double>(one.score),
                             reasons_for(grounds, dear)});
  }
  return ranking;
}

}  // namespace harmonic::recommend
