// motion/head_motion.h - the part of the patches' shifts that the head as a whole explains.
#pragma once

#include <array>
#include <optional>

#include "motion/patch_flow.h"

namespace harmonic::motion {

/// Shifts of all patches; nothing where a patch could not be followed.
using Shifts = std::array<std::optional<Shift>, kPatchCount>;

/// An affine map of the picture plus what a small turn of a head adds, whose near parts move
/// further than its far ones: shift = A p + t + depth(p) * turn.
struct HeadMotion {
  /// Of x: constant, per x, per y (both / 64, counted from the middle), per depth; then the same
  /// for y.
  std::array<double, 8> terms{};

  [[nodiscard]] Shift at(std::size_t patch) const;
  /// How far the turn alone moves the patch against the mean of all patches.
  [[nodiscard]] Shift turn_at(std::size_t patch) const;
};

/// The fit to all patches in which those that go their own way count little: iteratively
/// reweighted least squares with Geman and McClure's weights, 1 / (1 + (r / c)^2)^2, c from 1.5 to
/// .3 pixels. A weak pull towards no turn keeps it determined.
/// Nothing when fewer than 9 patches are known.
[[nodiscard]] std::optional<HeadMotion> fit_head_motion(const Shifts& shifts);

}  // namespace harmonic::motion
