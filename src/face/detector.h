// Module face: where faces are in a picture, whether they can be read, and each one upright.
//
// Uses     base, image, nn.  Used by session and the apps.  Knows nothing of expressions.
// Read     finder.h joins the parts: detector.h, quality.h, align.h; tracker.h follows over time.
//
// face/detector.h - one picture, every face in it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::face {

/// Pixels of the picture. "Right" is the person's own right, which an unmirrored picture shows on
/// its left side. Ears are where BlazeFace takes the ear's opening (tragion) to be.
struct KeyPoints {
  image::Point right_eye, left_eye, nose, mouth, right_ear, left_ear;
};

/// `confidence` in [0, 1]: BlazeFace's own; cascades give none, so theirs is derived from how many
/// neighbouring windows agreed and is only good for ordering.
struct Detection {
  image::Box box;
  float confidence = 0.0F;
  std::optional<KeyPoints> points;  ///< cascades know none
};

/// Threads  find() from any number at once.
class Detector {
 public:
  Detector() = default;
  Detector(const Detector&) = delete;
  Detector& operator=(const Detector&) = delete;
  virtual ~Detector() = default;

  /// Faces of a colour picture, largest first; none is an empty list, no failure.
  /// Errors  those of the library that looks: kCorrupt.
  [[nodiscard]] virtual Result<std::vector<Detection>> find(
      const image::Picture& picture) const = 0;
};

enum class DetectorKind : std::uint8_t { kBlazeFace, kHaar, kLbp };

/// The names on the command line and in /api/status.
inline constexpr std::array<std::string_view, 3> kDetectorNames{"blazeface", "haar", "lbp"};

[[nodiscard]] constexpr std::string_view name_of(DetectorKind kind) {
  return kDetectorNames.at(static_cast<std::size_t>(kind));
}
[[nodiscard]] std::optional<DetectorKind> detector_named(std::string_view name);

/// How long to look. kQuick is for a camera: BlazeFace's second, finer network (four times the
/// work) looks only when the first found nobody. kThorough is for still pictures: both look, so
/// that small faces beside a large one are found. Cascades know no difference.
enum class Care : std::uint8_t { kQuick, kThorough };

/// BlazeFace reads `share`/models/blazeface; the cascades those that OpenCV's package installs.
/// Errors  kNotFound: no weights (tools/fetch_models.sh brings them) or no cascade (Debian's
///         opencv-data).  kCorrupt: they are there and damaged.
[[nodiscard]] Result<std::unique_ptr<Detector>> make_detector(DetectorKind kind,
                                                              const std::filesystem::path& share,
                                                              Care care = Care::kQuick);

/// The best detector that is here: BlazeFace, else Haar, else LBP.
struct Chosen {
  DetectorKind kind = DetectorKind::kBlazeFace;
  std::unique_ptr<Detector> detector;
  std::string notice;  ///< why it is not BlazeFace; empty when it is
};
[[nodiscard]] Result<Chosen> best_detector(const std::filesystem::path& share,
                                           Care care = Care::kQuick);

}  // namespace harmonic::face
