// face/tracker.h - the faces of a film, each under one number for as long as it is to be seen.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "face/detector.h"
#include "face/patch.h"
#include "image/picture.h"

namespace harmonic::face {

/// A face of this picture. A number is never given to another face again; whether a face that
/// comes back is the same person is not asked here.
struct TrackedFace {
  int id = 0;  ///< from 1, in the order of appearance
  Detection face;
};

/// Looks for faces a few times a second, and follows each in between by its picture (patch.h).
///
/// A look is due `look_every` after the last one, and at once when a face is not found where its
/// picture was, or was missing in the last look. What a look finds is given to the known faces by
/// place (associate.h); place and points then go only a part of the way to the new find, because a
/// finder trembles more than a patch. A face that a look does not find is no longer reported, but
/// is expected where its speed carries it for `lost_after`, so that one who passes behind another
/// keeps the number.
/// Threads  one at a time.
class Tracker {
 public:
  using Look = std::function<Result<std::vector<Detection>>(const image::Picture&)>;

  struct Settings {
    double look_every = 0.1;         ///< s
    double lost_after = 0.6;         ///< s
    float least_correlation = 0.7F;  ///< of a patch that counts as found
    float pull = 0.35F;              ///< share of the way towards a new find, while it is near
    float near = 0.12F;              ///< in sides; a find farther away is taken as it is
  };

  /// `look` finds all faces of a picture: Finder::detect.
  explicit Tracker(Look look) : Tracker(std::move(look), Settings{}) {}
  Tracker(Look look, const Settings& settings) : look_{std::move(look)}, settings_{settings} {}

  /// The faces of the next picture, largest first. `seconds` counts from any fixed moment; one that
  /// does not grow is taken as the same moment. Errors  those of `look`, as they come.
  [[nodiscard]] Result<std::vector<TrackedFace>> follow(const image::Picture& picture,
                                                        double seconds);

  /// Numbers of the faces that are still known, among them those out of sight for less than
  /// `lost_after`. One that is not here ends for good.
  [[nodiscard]] std::vector<int> alive() const;

 private:
  struct Track {
    int id = 0;
    Detection face;
    Patch patch;
    double seen = 0;                       ///< by a look or by its patch
    image::Point speed{};                  ///< pixels a second
    std::optional<image::Point> before{};  ///< its middle in the last picture
    bool visible = true;
    bool in_doubt = false;  ///< its patch was not found in this picture
  };

  void follow_patches(const image::Picture& picture, double seconds, double passed);
  void take(std::span<const Detection> found, double seconds);
  [[nodiscard]] bool look_is_due(double seconds) const;
  void remember(const image::Picture& picture, double passed);

  Look look_;
  Settings settings_;
  std::vector<Track> tracks_;
  std::optional<double> last_, looked_;
  int next_ = 1;
};

}  // namespace harmonic::face
