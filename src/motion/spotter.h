// motion/spotter.h - brief movements of one face, found while its film runs.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "image/picture.h"
#include "motion/head_motion.h"
#include "motion/movement.h"
#include "motion/patch_flow.h"
#include "motion/pulses.h"

namespace harmonic::motion {

/// Finds parts of the face that leave their place and come back within half a second.
///
/// Method   Every frame is compared with one kept frame (renewed every few seconds), patch by
/// patch;
///          what the head as a whole does is taken out; of what is left, each part's median over
///          1.4 seconds is its rest, and a run away from it a candidate. A smile that stays moves
///          the median along and is none. Candidates of several parts at a time are one movement.
/// Not reported  blinks (both eyes change their look or move at once: then eyes and brows tell
///          nothing), what is small against the part's own noise or the head's motion meanwhile,
///          what lasts under 80 or over 600 ms, and what the first .35 seconds after a reset hold.
/// Delay    about .8 seconds after the offset.
/// Threads  one at a time.
class Spotter {
 public:
  struct Settings {
    double least = 0.45;        ///< pixels that a part's middle must move
    double over_noise = 5.0;    ///< times its noise's standard deviation
    double over_turn = 0.3;     ///< share of what a brief turn of the head moves the part
    double over_shift = 0.1;    ///< share of what the head's brief motion as a whole moves it
    double blink_change = 0.2;  ///< share of an eye's contrast that changes when a lid closes
    Seconds half_window{0.7};   ///< of the median
    Seconds longest_gap{0.15};  ///< a longer pause between frames starts afresh
    Seconds shortest{0.08};     ///< 100 ms less what one frame of 30 a second may hide
    Seconds longest{0.6};       ///< 500 ms and as much as the two frames of its ends may add
  };

  Spotter() : Spotter(Settings{}) {}
  explicit Spotter(const Settings& settings) : settings_{settings} {}

  /// Forgets the face; a frame of another one may follow.
  void reset();

  /// The next frame: grey, kCropSide x kCropSide, as SteadyCrop cuts it. `at` counts from any fixed
  /// moment and grows; a call that does not is ignored. At least 15 frames a second are needed for
  /// movements of a tenth of a second. Returns what is now known to be over, oldest first.
  [[nodiscard]] std::vector<Movement> observe(Seconds at, const image::Picture& face);

  /// The film is at its end: what its last second held. Then reset().
  [[nodiscard]] std::vector<Movement> finish();

 private:
  /// One frame measured. Everything is counted from the first frame since reset.
  struct Sample {
    Seconds at{0};
    Shifts parts;                               ///< beyond the head's motion
    std::array<double, 8> head{};               ///< HeadMotion::terms
    std::array<std::optional<double>, 2> eyes;  ///< mismatch of the right and the left eye
  };
  /// The same less its medians; `eyes` holds 0 where nothing was measured.
  struct Moment {
    Seconds at{0};
    HeadMotion head;
    std::array<double, 2> eyes{};
  };
  struct Found {
    Region region{};
    Pulse pulse;
    double strength = 0;  ///< size over the threshold
  };
  struct Part {
    std::deque<Deviation> past;  ///< of the last seconds
    bool open = false;           ///< in a run
    Seconds since{0};            ///< the run's first entry
  };

  void keep(Seconds at, const Planes& planes);
  [[nodiscard]] std::optional<Sample> measure(Seconds at, const Planes& planes);
  void renew(const Sample& sample, const Planes& planes);
  [[nodiscard]] bool at_rest(const Sample& sample) const;
  void settle(Seconds until);
  void settle_one(std::size_t index);
  void watch(Region region, const Moment& moment);
  void close(Region region, double threshold);
  [[nodiscard]] double head_gate(Region region, Seconds from, Seconds to) const;
  [[nodiscard]] bool blinked(Seconds from, Seconds to) const;
  [[nodiscard]] std::vector<Movement> take_ripe(Seconds now, bool all);
  [[nodiscard]] std::optional<Movement> strongest(const std::vector<Found>& together) const;

  Settings settings_;
  /// The kept frame.
  struct Kept {
    PatchFlow coarse, fine;
  };
  std::unique_ptr<Kept> kept_;
  Seconds kept_at_{0};
  Seconds start_{0};
  Sample base_;        ///< where the kept frame stood
  HeadMotion last_;    ///< of the last frame against the kept one
  Shifts last_parts_;  ///< likewise, beyond the head
  std::deque<Sample> samples_;
  std::size_t settled_ = 0;  ///< samples that have become moments
  std::deque<Moment> moments_;
  std::array<Part, kRegionCount> parts_;
  std::vector<Found> found_;
};

}  // namespace harmonic::motion
