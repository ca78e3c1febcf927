// recommend/standardiser.h - features of any unit and scale -> directions that can be compared.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::recommend {

/// Learns mean and deviation of each feature from the songs of a library. Immutable afterwards.
class Standardiser {
 public:
  Standardiser() = default;

  /// An empty span is a song without features; the others must have the same length. A feature
  /// that does not vary is left out; a value that is not finite is not learned from. Values further
  /// than `farthest` deviations from the mean are taken to lie there.
  [[nodiscard]] static Standardiser fit(std::span<const std::span<const float>> rows,
                                        float farthest);

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
