#include "audio/progression.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>

#include "audio/harmony.h"

namespace harmonic::audio {

namespace {

constexpr double kLeastFit = 0.6;
constexpr double kWindowSeconds = 8.0;

using Triad = std::array<std::size_t, 3>;
constexpr std::array kKinds{Triad{0, 4, 7}, Triad{0, 3, 7}, Triad{0, 3, 6}, Triad{0, 4, 8}};

struct Chord {
  std::size_t kind = 0;  ///< place in kKinds
  std::size_t root = 0;
  friend bool operator==(const Chord&, const Chord&) = default;
};

struct Fit {
  Chord chord;
  double cosine = 0.0;
};

Chroma mean_of(std::span<const Moment> moments) {
  Chroma sum{};
  for (const auto& moment : moments) {
    for (std::size_t i = 0; i < 12; ++i) sum[i] += static_cast<double>(moment.chroma[i]);
  }
  for (double& x : sum) x /= static_cast<double>(moments.size());
  return sum;
}

Fit best_triad(const Chroma& chroma) {
  double square = 0.0;
  for (const double x : chroma) square += x * x;
  Fit best;
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    for (std::size_t root = 0; root < 12; ++root) {
      double sum = 0.0;
      for (const auto step : kKinds[kind]) sum += chroma[(root + step) % 12];
      const double cosine = square > 0.0 ? sum / std::sqrt(3.0 * square) : 0.0;
      if (cosine > best.cosine) best = {{kind, root}, cosine};
    }
  }
  return best;
}

void add_chords(std::span<const Moment> moments, std::size_t home, double per_second,
                Progression& progression) {
  std::optional<Chord> last;
  std::array<std::size_t, kKinds.size()> kinds{};
  std::size_t changes = 0;
  const auto n = moments.size();
  for (std::size_t i = 0; i < n; ++i) {
    const auto from = i == 0 ? 0 : i - 1;
    const auto fit = best_triad(mean_of(moments.subspan(from, std::min(n, i + 2) - from)));
    progression.fit.add(fit.cosine);
    if (fit.cosine < kLeastFit) continue;
    if (last && *last != fit.chord) ++changes;
    last = fit.chord;
    ++kinds[fit.chord.kind];
    const auto degree = (fit.chord.root + 12 - home) % 12;
    if (fit.chord.kind == 0) progression.major_degrees[degree] += 1.0;
    if (fit.chord.kind == 1) progression.minor_degrees[degree] += 1.0;
  }
  const auto count = static_cast<double>(n);
  for (std::size_t i = 0; i < 12; ++i) {
    progression.major_degrees[i] /= count;
    progression.minor_degrees[i] /= count;
  }
  progression.major_share = static_cast<double>(kinds[0]) / count;
  progression.minor_share = static_cast<double>(kinds[1]) / count;
  progression.diminished_share = static_cast<double>(kinds[2]) / count;
  progression.augmented_share = static_cast<double>(kinds[3]) / count;
  progression.changes_per_second = static_cast<double>(changes) * per_second / count;
}

void add_windows(std::span<const Moment> moments, double per_second, Progression& progression) {
  const auto length =
      std::max<std::size_t>(1, static_cast<std::size_t>(kWindowSeconds * per_second));
  std::optional<Key> last;
  std::size_t windows = 0;
  std::size_t major = 0;
  std::size_t settled = 0;
  for (std::size_t at = 0; at == 0 || at + length <= moments.size(); at += length / 2) {
    const auto fit = fit_key(mean_of(moments.subspan(at, std::min(length, moments.size() - at))));
    progression.local_majorness.add(fit.majorness);
    ++windows;
    major += fit.majorness > 0.0 ? 1 : 0;
    settled += last && *last == fit.key ? 1 : 0;
    last = fit.key;
  }
  progression.major_windows = static_cast<double>(major) / static_cast<double>(windows);
  progression.settled_windows =
      windows < 2 ? 1.0 : static_cast<double>(settled) / static_cast<double>(windows - 1);
}

// Semitones go round the circles of fifths, minor thirds and major thirds in these steps.
using Centroid = std::array<double, 6>;

Centroid centroid_of(const Moment& moment) {
  constexpr std::array kTurns{7.0 / 12.0, 3.0 / 12.0, 4.0 / 12.0};
  Centroid centroid{};
  for (std::size_t circle = 0; circle < 3; ++circle) {
    for (std::size_t i = 0; i < 12; ++i) {
      const double angle = 2.0 * std::numbers::pi * kTurns[circle] * static_cast<double>(i);
      centroid[2 * circle] += static_cast<double>(moment.chroma[i]) * std::cos(angle);
      centroid[2 * circle + 1] += static_cast<double>(moment.chroma[i]) * std::sin(angle);
    }
  }
  return centroid;
}

void add_tension(std::span<const Moment> moments, Progression& progression) {
  std::optional<Centroid> last;
  for (const auto& moment : moments) {
    const auto now = centroid_of(moment);
    for (std::size_t circle = 0; circle < 3; ++circle)
      progression.tension[circle].add(std::hypot(now[2 * circle], now[2 * circle + 1]));
    if (last) {
      double square = 0.0;
      for (std::size_t i = 0; i < now.size(); ++i) square += std::pow(now[i] - (*last)[i], 2);
      progression.drift.add(std::sqrt(square));
    }
    last = now;
  }
}

void add_register(std::span<const Moment> moments, Progression& progression) {
  for (std::size_t i = 0; i < moments.size(); ++i) {
    progression.highest.add(static_cast<double>(moments[i].highest));
    progression.lowest.add(static_cast<double>(moments[i].lowest));
    progression.centre.add(static_cast<double>(moments[i].centre));
    progression.partials.add(static_cast<double>(moments[i].partials));
    if (i > 0)
      progression.leap.add(std::abs(static_cast<double>(moments[i].highest) -
                                    static_cast<double>(moments[i - 1].highest)));
  }
}

}  // namespace

Progression describe_progression(std::span<const Moment> moments, Key key, double per_second) {
  Progression progression;
  if (moments.empty()) return progression;
  const std::size_t home = key.mode == Mode::kMajor ? key.tonic : (key.tonic + 3U) % 12U;
  add_chords(moments, home, per_second, progression);
  add_windows(moments, per_second, progression);
  add_tension(moments, progression);
  add_register(moments, progression);
  return progression;
}

}  // namespace harmonic::audio
