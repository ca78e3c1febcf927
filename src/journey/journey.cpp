#include "journey/journey.h"

#include <algorithm>
#include <cmath>

#include "journey/candidates.h"
#include "journey/costs.h"
#include "journey/curve.h"
#include "journey/ways.h"
#include "journey/words.h"

namespace harmonic::journey {

namespace {

using std::chrono::milliseconds;
using Way = std::vector<std::size_t>;  ///< candidates by number

constexpr milliseconds kUsualLength{240'000};  ///< of a song whose length is not known

milliseconds length_of(const recommend::Snapshot& songs, std::size_t index) {
  const auto duration = songs.duration(index);
  return duration.count() > 0 ? duration : kUsualLength;
}

Curve curve_of(const Options& options) {
  std::vector<ValenceArousal> points{options.from};
  points.insert(points.end(), options.via.begin(), options.via.end());
  points.push_back(options.to);
  return Curve::through(points);
}

double share_of(std::size_t place, std::size_t all) {
  return all < 2 ? 0.0 : static_cast<double>(place) / static_cast<double>(all - 1);
}

std::vector<ValenceArousal> places_on(const Curve& curve, std::size_t count) {
  std::vector<ValenceArousal> places;
  places.reserve(count);
  for (std::size_t i = 0; i < count; ++i) places.push_back(curve.at(share_of(i, count)));
  return places;
}

/// One call to plan() with one number of songs.
class Planner {
 public:
  Planner(const recommend::Snapshot& snapshot, std::span<const catalog::SongHistory> history,
          const Options& options, std::size_t songs)
      : snapshot_{snapshot},
        history_{history},
        options_{options},
        songs_{songs},
        curve_{curve_of(options)},
        candidates_{candidates_near(snapshot, places_on(curve_, songs), options)},
        costs_{snapshot, candidates_, history, options},
        ground_{moods(), curve_.leg_ends()} {}

  [[nodiscard]] Journey journey() const;
  [[nodiscard]] milliseconds usual_length() const;

 private:
  struct Found {
    Way way;
    float bound;
    BoundBy bound_by;
  };
  [[nodiscard]] std::vector<ValenceArousal> moods() const;
  [[nodiscard]] std::size_t nearest(ValenceArousal point) const;
  void only_near(ValenceArousal point, Layer& layer) const;
  [[nodiscard]] std::vector<Layer> layers(std::size_t count) const;
  [[nodiscard]] std::optional<Way> each_once(const Steps& steps, std::vector<Layer> layers) const;
  [[nodiscard]] std::optional<Found> within(float bound, BoundBy bound_by) const;
  [[nodiscard]] Found longest_within_reach(float bound, BoundBy bound_by) const;
  [[nodiscard]] Found find() const;
  [[nodiscard]] Steps steps(float bound) const {
    return {ground_, bound, [this](auto from, auto to) { return costs_.of_step(from, to); }};
  }
  [[nodiscard]] std::vector<Stop> stops(const Way& way) const;

  const recommend::Snapshot& snapshot_;
  const std::span<const catalog::SongHistory> history_;
  const Options& options_;
  const std::size_t songs_;
  const Curve curve_;
  const std::vector<std::size_t> candidates_;  ///< by index in the snapshot
  const Costs costs_;
  const Ground ground_;
};

std::vector<ValenceArousal> Planner::moods() const {
  std::vector<ValenceArousal> moods;
  moods.reserve(candidates_.size());
  for (const std::size_t index : candidates_) moods.push_back(*snapshot_.mood(index));
  return moods;
}

milliseconds Planner::usual_length() const {
  if (candidates_.empty()) return kUsualLength;
  std::vector<milliseconds> lengths;
  lengths.reserve(candidates_.size());
  for (const std::size_t index : candidates_) lengths.push_back(length_of(snapshot_, index));
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return *middle;
}

std::size_t Planner::nearest(ValenceArousal point) const {
  std::size_t best = 0;
  for (std::size_t i = 1; i < ground_.size(); ++i) {
    if (distance(ground_.mood(i), point) < distance(ground_.mood(best), point)) best = i;
  }
  return best;
}

void Planner::only_near(ValenceArousal point, Layer& layer) const {
  const float reach = distance(ground_.mood(nearest(point)), point) + kMeeting;
  for (std::size_t i = 0; i < ground_.size(); ++i) {
    if (distance(ground_.mood(i), point) > reach) layer.costs[i] = kNowhere;
  }
}

std::vector<Layer> Planner::layers(std::size_t count) const {
  std::vector<Layer> layers;
  layers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double share = share_of(i, count);
    const auto place = curve_.at(share);
    Layer layer{curve_.leg_at(share), {}};
    layer.costs.reserve(ground_.size());
    for (std::size_t k = 0; k < ground_.size(); ++k) {
      const float off = distance(ground_.mood(k), place);
      layer.costs.push_back(kOffTheWay * off * off + costs_.of_song(k));
    }
    layers.push_back(std::move(layer));
  }
  only_near(options_.from, layers.front());
  if (count > 1) only_near(options_.to, layers.back());
  return layers;
}

/// A song that would come on two legs stays where it fits better.
std::optional<Way> Planner::each_once(const Steps& steps, std::vector<Layer> layers) const {
  for (;;) {
    auto way = steps.cheapest(layers);
    if (!way) return std::nullopt;
    bool again = false;
    for (std::size_t i = 0; i < way->size(); ++i) {
      for (std::size_t k = i + 1; k < way->size(); ++k) {
        if ((*way)[i] != (*way)[k]) continue;
        const std::size_t song = (*way)[i];
        const bool first_fits = layers[i].costs[song] <= layers[k].costs[song];
        layers[first_fits ? k : i].costs[song] = kNowhere;
        again = true;
      }
    }
    if (!again) return way;
  }
}

std::optional<Planner::Found> Planner::within(float bound, BoundBy bound_by) const {
  auto way = each_once(steps(bound), layers(songs_));
  if (!way) return std::nullopt;
  return Found{*std::move(way), bound, bound_by};
}

Planner::Found Planner::longest_within_reach(float bound, BoundBy bound_by) const {
  std::vector<std::optional<float>> needed(songs_ + 1);  // by number of songs
  for (std::size_t count = 2; count <= songs_; ++count)
    needed[count] = least_longest_step(ground_, layers(count));
  // Where one song is the nearest to both ends, nothing forces a step.
  if (curve_.legs() > 1 || nearest(options_.from) != nearest(options_.to)) {
    float forced = kNowhere;
    for (const auto& one : needed) forced = std::min(forced, one.value_or(kNowhere));
    if (forced < kNowhere && forced > bound) {
      bound = forced;
      bound_by = BoundBy::kLibrary;
    }
  }
  const auto permitted = steps(bound);
  for (std::size_t count = songs_; count > 1; --count) {
    if (needed[count].value_or(kNowhere) > bound) continue;
    if (auto way = each_once(permitted, layers(count))) return {*std::move(way), bound, bound_by};
  }
  return {*permitted.cheapest(layers(1)), bound, bound_by};
}

Planner::Found Planner::find() const {
  const auto steps_count = static_cast<float>(std::max<std::size_t>(songs_, 2) - 1);
  const float even = kStepRoom * curve_.length() / steps_count;
  const float bound = std::max(even, kShortStep);
  const auto bound_by = even >= kShortStep ? BoundBy::kEvenSteps : BoundBy::kShortSteps;
  if (auto found = within(bound, bound_by)) return *std::move(found);
  return longest_within_reach(bound, bound_by);
}

std::vector<Stop> Planner::stops(const Way& way) const {
  std::vector<Stop> stops;
  stops.reserve(way.size());
  for (std::size_t i = 0; i < way.size(); ++i) {
    const std::size_t index = candidates_[way[i]];
    const double share = share_of(i, way.size());
    const float step = i == 0 ? 0.0F : distance(ground_.mood(way[i - 1]), ground_.mood(way[i]));
    stops.push_back({snapshot_.id(index), index, curve_.at(share), curve_.leg_at(share), step, {}});
  }
  for (std::size_t i = 0; i < way.size(); ++i)
    stops[i].reasons = reasons_of(snapshot_, history_, options_, stops, i, costs_.lately(way[i]));
  return stops;
}

Journey Planner::journey() const {
  Journey journey;
  journey.curve.assign(curve_.line().begin(), curve_.line().end());
  journey.asked = songs_;
  if (!candidates_.empty()) {
    const auto [way, bound, bound_by] = find();
    journey.bound = bound;
    journey.bound_by = bound_by;
    journey.stops = stops(way);
  }
  for (const Stop& stop : journey.stops) journey.length += length_of(snapshot_, stop.index);
  journey.notes = notes_of(snapshot_, options_, journey);
  return journey;
}

/// As many songs as come nearest to the length, found by going up or down from a first guess.
Journey of_length(const recommend::Snapshot& snapshot,
                  std::span<const catalog::SongHistory> history, const Options& options) {
  const auto wanted = *options.length;
  const auto plan_with = [&](std::size_t songs) {
    return Planner{snapshot, history, options, songs}.journey();
  };
  const auto missed = [&](const Journey& journey) {
    return std::chrono::abs(journey.length - wanted);
  };
  const auto usual = Planner{snapshot, history, options, std::size_t{8}}.usual_length();
  const auto guess = static_cast<std::size_t>(
      std::llround(wanted / std::chrono::duration<double, std::milli>(usual)));
  auto best = plan_with(std::clamp<std::size_t>(guess, 1, kMostSongs));
  for (;;) {
    const bool more = best.length < wanted;
    const bool at_end =
        more ? best.asked == kMostSongs || best.stops.size() < best.asked : best.asked == 1;
    if (at_end) return best;
    auto other = plan_with(more ? best.asked + 1 : best.asked - 1);
    if (missed(other) >= missed(best)) return best;
    best = std::move(other);
  }
}

}  // namespace

Journey plan(const recommend::Snapshot& snapshot, std::span<const catalog::SongHistory> history,
             const Options& options) {
  if (options.length) return of_length(snapshot, history, options);
  const auto songs = std::clamp<std::size_t>(options.songs, 1, kMostSongs);
  return Planner{snapshot, history, options, songs}.journey();
}

}  // namespace harmonic::journey
