// motion/patch_flow.h - how far each patch of the face stands from where it stood in a frame kept.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "image/picture.h"
#include "motion/regions.h"

namespace harmonic::motion {

/// A shift in pixels of the steady crop.
struct Shift {
  double x = 0, y = 0;
};

/// Grey levels of the steady crop with all taken out that is finer or coarser than a band: the
/// difference of two Gaussians. What is coarser is shading, which moves with the light, not with
/// the skin. Row-major.
using Plane = std::vector<float>;

/// The two bands of a frame: the coarse one leads to the right place from afar, the fine one tells
/// it exactly.
struct Planes {
  Plane fine;    ///< sd 1 to 6 pixels
  Plane coarse;  ///< sd 3 to 9 pixels
};

/// `crop` is grey, kCropSide x kCropSide.
[[nodiscard]] Planes planes_of(const image::Picture& crop);

/// One patch followed.
struct Followed {
  Shift shift;
  /// What is left of the patch's contrast when it is laid over its place, 0 (nothing) .. about 1.4
  /// (another picture).
  double mismatch = 0;
  /// Whether the patch has texture in both directions: without, its shift is mostly the prior's.
  bool sure = false;
};

/// Patches of a kept frame, ready to be found again.
/// Method   Lucas-Kanade with the gradients of the kept frame (Baker & Matthews, "Lucas-Kanade 20
///          years on", IJCV 2004, inverse compositional), for a shift alone, with the patch's mean
///          and contrast taken out, so that light does not count as motion.
/// Threads  follow() from any number at once.
class PatchFlow {
 public:
  explicit PatchFlow(const Plane& kept);

  /// Where patch `index` lies in `plane`, looked for from `guess`; `prior` is where it is taken to
  /// be as far as the patch has no texture to tell. Nothing when it left the crop or the patch has
  /// no contrast at all.
  [[nodiscard]] std::optional<Followed> follow(const Plane& plane, std::size_t index, Shift guess,
                                               Shift prior) const;

 private:
  struct Kept {
    std::vector<float> values;    ///< mean 0
    std::vector<float> slopes_x;  ///< grey levels a pixel
    std::vector<float> slopes_y;
    double contrast = 0;  ///< root mean square of `values`
    double xx = 0, xy = 0, yy = 0;
  };

  static Kept keep(const Plane& plane, const Patch& patch);

  std::array<Kept, kPatchCount> kept_;
};

}  // namespace harmonic::motion
