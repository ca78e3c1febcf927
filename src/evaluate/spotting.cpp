#include "evaluate/spotting.h"

#include <algorithm>
#include <utility>

#include "motion/steady_crop.h"

namespace harmonic::evaluate {
namespace {

constexpr double kLeastOverlap = 0.5;

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

SpotCounts run(const Sitter& sitter, Filming filming, std::uint32_t seed) {
  const auto script = make_script(filming, seed);
  const motion::StagedFilm film{sitter.photograph, sitter.face, script};
  auto counts = match(script.acts, spot(film, kFilmSeconds, script.frames_per_second));
  counts.films = 1;
  counts.minutes = kFilmSeconds / 60;
  return counts;
}

}  // namespace

double overlap_of(const motion::Act& act, const motion::Movement& movement) {
  const auto both = std::min(act.offset, movement.offset) - std::max(act.onset, movement.onset);
  const auto either = std::max(act.offset, movement.offset) - std::min(act.onset, movement.onset);
  return std::max(0.0, both / either);
}

SpotCounts& SpotCounts::operator+=(const SpotCounts& other) {
  films += other.films;
  minutes += other.minutes;
  acts += other.acts;
  finds += other.finds;
  right += other.right;
  right_region += other.right_region;
  apex_error += other.apex_error;
  for (std::size_t i = 0; i < acts_of.size(); ++i) {
    acts_of.at(i) += other.acts_of.at(i);
    right_of.at(i) += other.right_of.at(i);
  }
  return *this;
}

double SpotCounts::f1() const {
  return ratio(2.0 * static_cast<double>(right), static_cast<double>(acts + finds));
}

double SpotCounts::false_per_minute() const {
  return ratio(static_cast<double>(false_finds()), minutes);
}

SpotCounts match(std::span<const motion::Act> acts, std::span<const motion::Movement> finds) {
  SpotCounts counts;
  counts.acts = acts.size();
  counts.finds = finds.size();
  std::vector<bool> taken(finds.size(), false);
  for (const auto& act : acts) {
    const auto region = static_cast<std::size_t>(act.region);
    ++counts.acts_of.at(region);
    std::size_t best = finds.size();
    for (std::size_t i = 0; i < finds.size(); ++i) {
      const double overlap = overlap_of(act, finds[i]);
      if (taken[i] || overlap < kLeastOverlap) continue;
      if (best == finds.size() || overlap > overlap_of(act, finds[best])) best = i;
    }
    if (best == finds.size()) continue;
    taken[best] = true;
    ++counts.right;
    ++counts.right_of.at(region);
    counts.right_region += finds[best].region == act.region ? 1 : 0;
    counts.apex_error += std::abs((finds[best].apex - act.apex).count());
  }
  return counts;
}

std::vector<motion::Movement> spot(const motion::StagedFilm& film, double seconds,
                                   double frames_per_second) {
  motion::SteadyCrop crop;
  motion::Spotter spotter;
  std::vector<motion::Movement> finds;
  const auto add = [&](const std::vector<motion::Movement>& more) {
    finds.insert(finds.end(), more.begin(), more.end());
  };
  const auto frames = static_cast<std::size_t>(seconds * frames_per_second);
  for (std::size_t i = 0; i < frames; ++i) {
    const auto frame = film.frame(i);
    const auto cut = crop.cut(frame.at, frame.picture, frame.face);
    if (cut.fresh) add(spotter.finish());
    add(spotter.observe(frame.at, cut.face));
  }
  add(spotter.finish());
  return finds;
}

SpotReport evaluate_spotting(std::span<const Sitter> sitters, std::uint32_t seed,
                             const OnFilm& on_film) {
  SpotReport report;
  const std::size_t all = 3 * sitters.size();
  for (std::size_t i = 0; i < sitters.size(); ++i) {
    const auto its = seed + 3 * static_cast<std::uint32_t>(i);
    report.calm += run(sitters[i], Filming::kCalm, its);
    on_film(3 * i + 1, all);
    report.lively += run(sitters[i], Filming::kLively, its + 1);
    on_film(3 * i + 2, all);
    report.nothing += run(sitters[i], Filming::kNothing, its + 2);
    on_film(3 * i + 3, all);
  }
  return report;
}

}  // namespace harmonic::evaluate
