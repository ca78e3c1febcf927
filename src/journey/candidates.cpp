#include "journey/candidates.h"

#include <algorithm>
#include <unordered_set>

#include "recommend/near_duplicates.h"
#include "recommend/shortlist.h"

namespace harmonic::journey {

namespace {

std::vector<bool> offered(const recommend::Snapshot& snapshot, const Options& options) {
  std::vector<bool> may(snapshot.size());
  std::unordered_set<std::uint32_t> banned;
  for (const auto& name : options.banned_artists) {
    if (const auto artist = snapshot.artist_named(name)) banned.insert(*artist);
  }
  for (std::size_t i = 0; i < may.size(); ++i)
    may[i] = snapshot.measured(i) && !banned.contains(snapshot.artist(i));
  for (const SongId id : options.exclude) {
    if (const auto index = snapshot.index_of(id)) may[*index] = false;
  }
  return may;
}

}  // namespace

std::vector<std::size_t> candidates_near(const recommend::Snapshot& snapshot,
                                         std::span<const ValenceArousal> places,
                                         const Options& options) {
  const auto may = offered(snapshot, options);
  const auto each = std::clamp(kAround / places.size(), kFewest, kMost);
  std::vector<bool> met(snapshot.size());
  recommend::Taken taken{snapshot};
  std::vector<std::size_t> candidates;
  std::vector<double> nearness(snapshot.size());
  for (const auto place : places) {
    for (std::size_t i = 0; i < nearness.size(); ++i) {
      nearness[i] = may[i] ? -static_cast<double>(distance(*snapshot.mood(i), place))
                           : recommend::kNotOffered;
    }
    for (const std::size_t index : recommend::best_places(nearness, each)) {
      if (met[index]) continue;
      met[index] = true;
      if (taken.has_like(index)) continue;
      taken.take(index);
      candidates.push_back(index);
    }
  }
  std::sort(candidates.begin(), candidates.end());
  return candidates;
}

}  // namespace harmonic::journey
