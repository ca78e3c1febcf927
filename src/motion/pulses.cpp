#include "motion/pulses.h"

#include <algorithm>
#include <cmath>

namespace harmonic::motion {
namespace {

constexpr double kLow = 0.3;
constexpr double kHigh = 0.7;
/// From 30 % to zero in units of the way from 70 % to 30 %: .75 for a straight ramp, 1.4 for a
/// half cosine; muscles lie between.
constexpr double kFoot = 1.1;
constexpr std::size_t kFewest = 8;

double along(const Shift& shift, const Shift& apex) {
  return (shift.x * apex.x + shift.y * apex.y) / std::hypot(apex.x, apex.y);
}

/// When, walking from the apex by `step`, the share of the apex falls below `level`.
std::optional<Seconds> crossing(const std::vector<Deviation>& run, std::size_t apex, int step,
                                double level) {
  const double wanted = level * std::hypot(run[apex].shift.x, run[apex].shift.y);
  auto i = static_cast<std::ptrdiff_t>(apex);
  const auto count = static_cast<std::ptrdiff_t>(run.size());
  for (; i + step >= 0 && i + step < count; i += step) {
    const auto& inner = run[static_cast<std::size_t>(i)];
    const auto& outer = run[static_cast<std::size_t>(i + step)];
    const double here = along(inner.shift, run[apex].shift);
    const double next = along(outer.shift, run[apex].shift);
    if (next >= wanted) continue;
    return inner.at + (outer.at - inner.at) * ((here - wanted) / (here - next));
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> median_of(std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

std::optional<double> noise_of(const std::deque<Deviation>& deviations) {
  if (deviations.size() < kFewest) return std::nullopt;
  std::vector<double> values;
  values.reserve(2 * deviations.size());
  for (const auto& deviation : deviations) {
    values.push_back(std::abs(deviation.shift.x));
    values.push_back(std::abs(deviation.shift.y));
  }
  return 1.4826 * *median_of(values);
}

std::optional<Pulse> pulse_of(const std::vector<Deviation>& run) {
  if (run.size() < 3) return std::nullopt;
  std::size_t apex = 0;
  double size = 0;
  for (std::size_t i = 0; i < run.size(); ++i) {
    const double here = std::hypot(run[i].shift.x, run[i].shift.y);
    if (here > size) {
      size = here;
      apex = i;
    }
  }
  if (size <= 0) return std::nullopt;
  const auto up_low = crossing(run, apex, -1, kLow);
  const auto up_high = crossing(run, apex, -1, kHigh);
  const auto down_high = crossing(run, apex, 1, kHigh);
  const auto down_low = crossing(run, apex, 1, kLow);
  if (!up_low || !up_high || !down_high || !down_low) return std::nullopt;
  return Pulse{*up_low - (*up_high - *up_low) * kFoot, run[apex].at,
               *down_low + (*down_low - *down_high) * kFoot, size};
}

}  // namespace harmonic::motion
