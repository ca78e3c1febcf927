#include "session/camera_eyes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "face/tracker.h"
#include "image/codec.h"
#include "image/transform.h"
#include "motion/spotter.h"
#include "motion/steady_crop.h"
#include "session/read_face.h"

namespace harmonic::session {

namespace {

constexpr std::string_view kUnreadable = "unreadable";

Result<image::Picture> decoded(std::span<const std::byte> encoded) {
  HARMONIC_TRY(const auto header, image::read_header(encoded));
  if (std::int64_t{header.width} * header.height > CameraEyes::kMostPixels) {
    return fail(ErrorKind::kInvalidInput, "the picture is larger than a camera's");
  }
  HARMONIC_TRY(const auto picture, image::decode(encoded));
  return image::colour(picture);
}

/// The brief movements of one face at a time.
class Watch {
 public:
  std::vector<motion::Movement> see(motion::Seconds at, const image::Picture& picture,
                                    const face::TrackedFace& tracked) {
    if (face_ != tracked.id) stop();
    face_ = tracked.id;
    const auto cut = crop_.cut(at, picture, tracked.face);
    std::vector<motion::Movement> over;
    if (cut.fresh) over = spotter_.finish();
    const auto more = spotter_.observe(at, cut.face);
    over.insert(over.end(), more.begin(), more.end());
    return over;
  }
  void stop() {
    face_.reset();
    crop_.reset();
    spotter_.reset();
  }

 private:
  std::optional<int> face_;
  motion::SteadyCrop crop_;
  motion::Spotter spotter_;
};

class CameraGaze final : public Gaze {
 public:
  CameraGaze(const face::Finder& finder, const affect::Classifier& classifier,
             const Acquaintances* acquaintances)
      : finder_{finder},
        classifier_{classifier},
        acquaintances_{acquaintances},
        tracker_{[&finder](const image::Picture& picture) { return finder.detect(picture); },
                 settings()} {}

  Look look(std::span<const std::byte> encoded, motion::Seconds at,
            const Question& question) override {
    const auto picture = decoded(encoded);
    if (!picture) return {0, 0, kUnreadable, {}};
    Look look{picture->width, picture->height, {}, {}};
    const auto tracked = tracker_.follow(*picture, at.count());
    if (!tracked) {
      look.reason = kUnreadable;
      return look;
    }
    read(*picture, *tracked, question, look);
    answer(*picture, at, *tracked, question, look);
    return look;
  }

 private:
  static face::Tracker::Settings settings() {
    face::Tracker::Settings settings;
    settings.lost_after = CameraEyes::kLostAfter.count();
    return settings;
  }

  void read(const image::Picture& picture, const std::vector<face::TrackedFace>& tracked,
            const Question& question, Look& look) const {
    std::vector<face::Detection> detections;
    detections.reserve(tracked.size());
    for (const auto& one : tracked) detections.push_back(one.face);
    const auto faces = finder_.judge(picture, detections);
    if (!faces) {
      look.reason = kUnreadable;
      return;
    }
    const auto& judged = *faces;
    if (judged.doubt) look.reason = face::name_of(*judged.doubt);
    std::size_t read = 0;
    for (std::size_t i = 0; i < tracked.size(); ++i) {
      const auto& face = judged.faces[i];
      SeenFace seen{face.box, face.confidence, std::nullopt, tracked[i].id, {}};
      if (face.doubt) {
        seen.reason = face::name_of(*face.doubt);
      } else if (read < CameraEyes::kMostRead || seen.id == question.face) {
        ++read;
        classify(face, seen);
      }
      look.faces.push_back(seen);
    }
  }

  void classify(const face::FoundFace& face, SeenFace& seen) const {
    const auto shown = read_face(classifier_, face);
    seen.reason = shown ? shown->reason : kUnreadable;
    if (shown && shown->reading) {
      seen.expression = Expression{shown->reading->scores, shown->reading->point, face.quality};
    }
  }

  void answer(const image::Picture& picture, motion::Seconds at,
              const std::vector<face::TrackedFace>& tracked, const Question& question, Look& look) {
    if (!question.movements) watch_.stop();
    const auto asked = std::find_if(tracked.begin(), tracked.end(), [&question](const auto& one) {
      return one.id == question.face;
    });
    if (asked == tracked.end()) return;
    if (question.movements) look.movements = watch_.see(at, picture, *asked);
    if (question.name && acquaintances_ != nullptr) {
      look.name = acquaintances_->name_of(picture, asked->face);
    }
  }

  const face::Finder& finder_;
  const affect::Classifier& classifier_;
  const Acquaintances* const acquaintances_;
  face::Tracker tracker_;
  Watch watch_;
};

}  // namespace

std::unique_ptr<Gaze> CameraEyes::open() {
  return std::make_unique<CameraGaze>(finder_, classifier_,
                                      acquaintances_ ? &*acquaintances_ : nullptr);
}

}  // namespace harmonic::session
