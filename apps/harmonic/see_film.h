// apps/harmonic/see_film.h - a film looked at frame by frame: who is who, and each one's mood.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "affect/smoother.h"
#include "base/result.h"
#include "base/valence_arousal.h"
#include "face/tracker.h"
#include "image/picture.h"
#include "motion/spotter.h"
#include "motion/steady_crop.h"
#include "see_look.h"

namespace harmonic::app {

/// Follows the faces of one film and keeps a mood for each. The main face, whose mood is the
/// film's, is the largest when it is chosen and stays so until it is gone.
class FilmLooker {
 public:
  /// `looker` must outlive this and stay where it is.
  explicit FilmLooker(const Looker& looker);

  /// The next frame; `seconds` grow. Errors  those of Looker::look.
  [[nodiscard]] Result<Look> look(const image::Picture& picture, double seconds);

  /// drawn() with the course of the main face's mood over the last ten seconds at the foot.
  [[nodiscard]] image::Picture drawn(const image::Picture& picture, const Look& look) const;

 private:
  /// What looks for brief movements of one face.
  struct Watch {
    motion::SteadyCrop crop;
    motion::Spotter spotter;
  };

  struct Step {
    double seconds = 0;
    std::optional<ValenceArousal> point;
  };

  [[nodiscard]] Result<Look> see(const image::Picture& picture, double seconds);
  void keep_moods(Look& look, double seconds);
  void choose_main(Look& look);
  void watch(const image::Picture& colour, double seconds, const face::TrackedFace& tracked,
             Look& look);
  void draw_course(image::Picture& picture, const image::Box& area, bool arousal) const;

  const Looker& looker_;
  face::Tracker tracker_;
  std::map<int, affect::Smoother> moods_;  ///< by track
  std::map<int, Watch> watches_;           ///< by track
  std::optional<int> main_;
  std::deque<Step> course_;
};

}  // namespace harmonic::app
