// recommend/standardiser.h - features of any unit and scale -> directions that can be compared.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::recommend {

/// Welford's running sums: stay exact where a sum of squares would not.
struct Moments {
  double count = 0;
  double mean = 0;
  double squares = 0;

  void take(double value) {
    const double step = value - mean;
    count += 1;
    mean += step / count;
    squares += step * (value - mean);
  }
};

/// Mean and deviation of each feature of the songs of a library. Immutable.
class Standardiser {
 public:
  /// Learns them, a song at a time.
  class Learner {
   public:
    /// Of one length, or empty: a song without features. A value that is not finite is not learned
    /// from.
    void take(std::span<const float> raw);

   private:
    friend class Standardiser;
    std::vector<Moments> moments_;
  };

  Standardiser() = default;
  /// A feature that does not vary is left out. Values further than `farthest` deviations from the
  /// mean are taken to lie there.
  Standardiser(const Learner& learned, float farthest);

  [[nodiscard]] std::size_t dimensions() const { return scales_.size(); }  ///< features that vary

  /// Each feature less its mean over its deviation, the whole divided by its length: `unit`
  /// f32 [dimensions()] has length 1, or is all zeros where nothing differs from the mean. A value
  /// that is not finite becomes 0, the mean.
  void apply(std::span<const float> raw, std::span<float> unit) const;

 private:
  struct Scale {
    std::size_t column;  ///< its place in the raw vectors
    double mean;
    double deviation;
  };
  std::vector<Scale> scales_;
  float farthest_ = 0;
};

}  // namespace harmonic::recommend
