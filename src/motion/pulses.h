// motion/pulses.h - short leaves and returns in a series of values: what a movement looks like.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "motion/movement.h"
#include "motion/patch_flow.h"

namespace harmonic::motion {

/// How far a part stands from its own median at one moment.
struct Deviation {
  Seconds at{0};
  Shift shift;
};

/// A run of deviations that left zero and came back.
struct Pulse {
  Seconds onset{0}, apex{0}, offset{0};
  double size = 0;  ///< at the apex, pixels
};

/// The middle value (the lower of two); nothing of nothing. Reorders `values`.
[[nodiscard]] std::optional<double> median_of(std::vector<double>& values);

/// The standard deviation of shifts on an axis by their median distance from zero, which pulses do
/// not sway (1.4826 times, for a normal spread); nothing of fewer than 8.
[[nodiscard]] std::optional<double> noise_of(const std::deque<Deviation>& deviations);

/// The pulse that fills `run`: apex where it is largest; onset and offset where the line through 30
/// % and 70 % of the apex reaches zero, since the feet of a movement drown in noise. Nothing when
/// the run does not rise above 30 % and fall below it. Shape    `run` in order of time, at least
/// one entry before and one after the pulse itself.
[[nodiscard]] std::optional<Pulse> pulse_of(const std::vector<Deviation>& run);

}  // namespace harmonic::motion
