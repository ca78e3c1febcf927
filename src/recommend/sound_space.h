// recommend/sound_space.h - how songs sound, as unit vectors in few dimensions.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "recommend/standardiser.h"

namespace harmonic::recommend {

/// A song's few hundred features move together; their principal components say nearly the same in
/// fewer numbers, the first of them the most.
inline constexpr std::size_t kSoundDimensions = 64;

/// The songs from which the components are learned, spread evenly over the library.
inline constexpr std::size_t kComponentSongs = 4096;

/// Standardised features (standardiser.h), projected on the principal components of the
/// standardised directions; each component points to where its largest coefficient is positive.
/// With no more features than kSoundDimensions this is a rotation and keeps every cosine.
/// Immutable.
class SoundSpace {
 public:
  /// Gives the raw features of every song to what it is called with, in the same order each time:
  /// of one length, or empty for a song without any. Nothing is held but a block of them.
  using Pass = std::function<Result<void>(const std::function<void(std::span<const float>)>&)>;

  /// One pass. `songs` with features will come. Errors  those of the pass.
  [[nodiscard]] static Result<SoundSpace> learn(Standardiser standardiser, std::size_t songs,
                                                const Pass& pass);

  /// At most kSoundDimensions; 0 where no feature varies.
  [[nodiscard]] std::size_t dimensions() const { return dimensions_; }

  /// One more pass: `put` is given each song's place in it and f32 [dimensions()] of length 1, or
  /// all zeros where there are no features or the song lies in the library's middle. Each once, in
  /// any order.
  /// Errors  those of the pass.
  [[nodiscard]] Result<void> project(
      const Pass& pass, const std::function<void(std::size_t, std::span<const float>)>& put) const;

 private:
  Standardiser standardiser_;
  std::size_t dimensions_ = 0;
  std::vector<float> components_;  ///< [features that vary, dimensions], row-major
};

}  // namespace harmonic::recommend
