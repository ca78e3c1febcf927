// base/dice.h - random numbers that are the same on every machine and in every order of threads.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace harmonic {

/// SplitMix64 (Steele, Lea, Flood 2014). Each (seed, epoch, row) has a stream of its own, so that a
/// picture's distortion depends neither on the worker that draws it nor on a resumed run.
class Dice {
 public:
  explicit Dice(std::uint64_t seed, std::uint64_t epoch = 0, std::uint64_t row = 0)
      : state_{mix(mix(mix(seed) + epoch) + row)} {}

  std::uint64_t next() {
    state_ += kStep;
    return mix(state_);
  }

  /// In [0, 1).
  float unit() { return unit_of(next()); }
  /// What unit() would give after it had been asked `n` times, at once: the n-th of many things
  /// gets the same in whatever order they come.
  [[nodiscard]] float unit_at(std::uint64_t n) const {
    return unit_of(mix(state_ + (n + 1) * kStep));
  }
  /// In [low, high).
  float between(float low, float high) { return low + (high - low) * unit(); }
  bool chance(float probability) { return unit() < probability; }
  /// In 0 .. count-1; `count` is positive.
  std::uint64_t below(std::uint64_t count) { return next() % count; }

  /// Standard normal (Box and Muller).
  float normal() {
    const float radius = std::sqrt(-2.0F * std::log(1.0F - unit()));
    return radius * std::cos(2.0F * std::numbers::pi_v<float> * unit());
  }

 private:
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;

  static float unit_of(std::uint64_t bits) { return static_cast<float>(bits >> 40U) * 0x1p-24F; }
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace harmonic
