// motion/staged_film.h - films of known movements, made from a photograph: what a spotter is
// measured on, since films of brief movements may not be had or not be shared.
#pragma once

#include <cstdint>
#include <vector>

#include "face/detector.h"
#include "image/picture.h"
#include "image/transform.h"
#include "motion/movement.h"
#include "motion/patch_flow.h"

namespace harmonic::motion {

/// A part of the face that moves and comes back: a Gaussian hill of shifts around the middle of its
/// region that grows from onset to apex and shrinks until the offset, both by half a cosine.
struct Act {
  Region region{};
  Seconds onset{0}, apex{0}, offset{0};
  Shift peak;           ///< pixels of the steady crop, at the middle and the apex
  double spread = 8.0;  ///< standard deviation of the hill, pixels of the steady crop
};

/// Both upper lids go down and up again.
struct Blink {
  Seconds start{0}, length{0};
};

/// The head moves, by half a cosine; one that returns is furthest at half its length.
struct HeadTurn {
  Seconds start{0}, length{0};
  bool returns = false;
  double yaw = 0, pitch = 0, roll = 0;  ///< radians
  double zoom = 0;                      ///< .1 comes nearer by a tenth
  Shift shift;                          ///< pixels of the steady crop
};

/// The light changes by a factor and comes back.
struct LightChange {
  Seconds start{0}, length{0};
  double gain = 1.0;   ///< at its height, in the middle of the face
  double slope = 0.0;  ///< by how much more at the right edge, less at the left
};

/// What happens in a film, and how it is taken.
struct Script {
  double frames_per_second = 30;
  std::vector<Act> acts;
  std::vector<Blink> blinks;
  std::vector<HeadTurn> turns;
  std::vector<LightChange> lights;
  double sway = 0;         ///< pixels that the head wanders slowly and always
  double flicker = 0;      ///< share of the light that hums (9.3 Hz: what 100 Hz may alias to)
  double noise = 0;        ///< standard deviation of the sensor's noise, grey levels
  int jpeg_quality = 0;    ///< 1..100, or 0 for none
  double tremble = 0;      ///< standard deviation of the finder's key points, pixels
  std::uint32_t seed = 1;  ///< of noise and of the head's shape, which differs from the spotter's
};

/// A frame and where a finder would see its face.
struct StagedFrame {
  Seconds at{0};
  image::Picture picture;  ///< grey, as large as the photograph
  face::Detection face;
};

/// Threads  frame() from any number at once.
class StagedFilm {
 public:
  /// `still` is a photograph, grey or colour, of a face seen from the front; `face` has key points.
  StagedFilm(const image::Picture& still, const face::Detection& face, Script script);

  /// Frame `index` of the film, from 0 and without end; the same whenever it is asked for.
  [[nodiscard]] StagedFrame frame(std::size_t index) const;

 private:
  /// A head's shape, pixels of the steady crop.
  struct Shape {
    double width = 62, height = 82, depth = 50, nose = 9, nose_y = 70;
  };

  /// Where the head is at one moment: the sum of its turns.
  struct Pose {
    double yaw_cos = 1, yaw_sin = 0, pitch_cos = 1, pitch_sin = 0, roll_cos = 1, roll_sin = 0;
    double scale = 1;
    Shift shift;
  };

  [[nodiscard]] Pose pose_at(double at) const;
  [[nodiscard]] Shift head_at(const Pose& pose, double x, double y) const;
  [[nodiscard]] Shift source_of(const Pose& pose, double x, double y, double at) const;
  [[nodiscard]] image::Picture bent(double at) const;
  [[nodiscard]] face::Detection face_at(double at, std::size_t index) const;
  void shoot(image::Picture& picture, double at, std::size_t index) const;

  image::Picture still_;
  face::Detection face_;
  image::Similarity place_;                    ///< of the crop in the photograph
  image::Point right_eye_, left_eye_, mouth_;  ///< of the photograph, in the crop
  Script script_;
  Shape shape_;
};

}  // namespace harmonic::motion
