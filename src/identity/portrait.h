// Module identity: which of the listeners who asked to be known is in a picture. Opt-in and local.
//
// Uses     base, image, face (OpenCV inside the .cpp files).  Used by session and the apps.
// Read     portrait.h, descriptor.h, recogniser.h, gallery.h; training.h and trial.h measure.
// Threads  every function is a pure function of its arguments and of the files that it names.
//
// identity/portrait.h - a face upright, in the frame in which people are told apart.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"
#include "face/detector.h"
#include "face/quality.h"
#include "image/picture.h"

namespace harmonic::identity {

/// A portrait: u8 [96, 80], grey. The eyes lie 32 pixels apart, as in the smallest pictures that
/// the figures of docs/models/identity.md speak of (ORL, 92x112): more would be invented.
inline constexpr int kPortraitWidth = 80;
inline constexpr int kPortraitHeight = 96;
inline constexpr image::Point kRightEye{24, 37}, kLeftEye{56, 37}, kMouth{40, 70};

/// The largest face of a picture, what face::doubt_of says of it, and how many faces there were.
struct Portrait {
  image::Picture picture;
  std::optional<face::Doubt> doubt;
  std::size_t faces = 1;
};

/// The whole picture brought to a portrait's size: for pictures that are known to be cut-out faces.
[[nodiscard]] image::Picture whole_portrait(const image::Picture& picture);

/// The portrait of one face of a colour or grey picture; empty where its eyes and mouth are not
/// known.
[[nodiscard]] image::Picture portrait_of(const image::Picture& picture,
                                         const face::Detection& face);

/// Threads  paint() from any number at once.
class Portraitist {
 public:
  /// Needs the eyes, so BlazeFace alone will do. Errors  those of face::make_detector.
  [[nodiscard]] static Result<Portraitist> open(const std::filesystem::path& share);

  /// The largest face of a colour or grey picture; nothing when there is none. A picture that is
  /// filled by a face is looked at once more with a margin around it.
  /// Errors  those of face::Detector::find.
  [[nodiscard]] Result<std::optional<Portrait>> paint(const image::Picture& picture) const;

 private:
  explicit Portraitist(std::unique_ptr<const face::Detector> detector);
  std::unique_ptr<const face::Detector> detector_;
};

}  // namespace harmonic::identity
