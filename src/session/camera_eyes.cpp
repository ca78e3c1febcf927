#include "session/camera_eyes.h"

#include <optional>

#include "image/codec.h"
#include "session/read_face.h"

namespace harmonic::session {

namespace {

constexpr std::string_view kUnreadable = "unreadable";

Result<image::Picture> decoded(std::span<const std::byte> encoded) {
  HARMONIC_TRY(const auto header, image::read_header(encoded));
  if (std::int64_t{header.width} * header.height > CameraEyes::kMostPixels) {
    return fail(ErrorKind::kInvalidInput, "the picture is larger than a camera's");
  }
  return image::decode(encoded);
}

}  // namespace

Look CameraEyes::look(std::span<const std::byte> encoded) {
  Look look;
  const auto picture = decoded(encoded);
  if (!picture) {
    look.reason = kUnreadable;
    return look;
  }
  look.width = picture->width;
  look.height = picture->height;
  const auto found = finder_.find(*picture);
  if (!found) {
    look.reason = kUnreadable;
    return look;
  }
  if (found->doubt) look.reason = face::name_of(*found->doubt);
  std::size_t read = 0;
  for (const auto& face : found->faces) {
    SeenFace seen{face.box, face.confidence, std::nullopt};
    if (!face.doubt && read < kMostRead) {
      const auto shown = read_face(classifier_, face);
      if (shown && shown->reading) {
        seen.expression = Expression{shown->reading->scores, shown->reading->point, face.quality};
      }
      // The first that can be read is the listener's; when it says nothing clearly, nothing does.
      if (read == 0 && look.reason.empty()) look.reason = shown ? shown->reason : kUnreadable;
      ++read;
    }
    look.faces.push_back(seen);
  }
  return look;
}

}  // namespace harmonic::session
