// audio/statistics.h - mean and spread of a stream of numbers in constant memory.
#pragma once

#include <cmath>
#include <cstdint>

namespace harmonic::audio {

/// Source  Welford, "Note on a method for calculating corrected sums of squares", Technometrics 4
/// (1962).
class RunningStats {
 public:
  void add(double x) {
    ++count_;
    const double step = x - mean_;
    mean_ += step / static_cast<double>(count_);
    squares_ += step * (x - mean_);
  }
  [[nodiscard]] std::int64_t count() const { return count_; }
  [[nodiscard]] double mean() const { return mean_; }
  /// Of the population; 0 for fewer than two numbers.
  [[nodiscard]] double deviation() const {
    return count_ < 2 ? 0.0 : std::sqrt(squares_ / static_cast<double>(count_));
  }

 private:
  std::int64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

}  // namespace harmonic::audio
