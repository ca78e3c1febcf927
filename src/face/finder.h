// face/finder.h - picture in, faces that can be read out: detector, quality and alignment joined.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "face/cover.h"
#include "face/detector.h"
#include "face/quality.h"
#include "image/picture.h"

namespace harmonic::face {

/// One face. `aligned` is grey, 48x48, upright, framed as FER2013 frames its faces: what
/// affect::Classifier takes.
struct FoundFace {
  image::Box box;           ///< in pixels of the picture
  float confidence = 0.0F;  ///< the detector's, [0, 1]
  image::Picture aligned;   ///< empty when `doubt` makes it useless
  std::optional<Doubt> doubt;
  float quality = 0.0F;  ///< quality_of(), 0 with a doubt
};

/// Faces, largest first. `doubt` is set when no face can be read: the doubt of the largest, or of
/// the picture when there is none.
struct Faces {
  std::vector<FoundFace> faces;
  std::optional<Doubt> doubt;
};

/// Threads  find() from any number at once.
class Finder {
 public:
  /// A named detector, or the best that is here when none is named (BlazeFace, else a cascade).
  /// Without the network of covers no face is called covered, and the notice says so.
  /// Errors  those of make_detector; kCorrupt: the network of covers is another.
  [[nodiscard]] static Result<Finder> open(const std::filesystem::path& share,
                                           std::optional<DetectorKind> kind = std::nullopt,
                                           Care care = Care::kQuick);

  /// Takes a colour or grey picture. Errors  those of Detector::find and of judge().
  [[nodiscard]] Result<Faces> find(const image::Picture& picture) const;

  /// The two halves of find(): where faces are, and what each is good for, in the order given. A
  /// part is looked for under a cover where key points tell the face's frame.
  /// Errors  those of Detector::find, of CoverReader::read.
  [[nodiscard]] Result<std::vector<Detection>> detect(const image::Picture& picture) const;
  [[nodiscard]] Result<Faces> judge(const image::Picture& picture,
                                    std::span<const Detection> detections) const;

  [[nodiscard]] DetectorKind kind() const { return kind_; }
  /// Why less is seen than could be; empty when there is nothing to say.
  [[nodiscard]] const std::string& notice() const { return notice_; }

 private:
  Finder(Chosen chosen, std::optional<CoverReader> covers);
  [[nodiscard]] Result<FoundFace> judge(const image::Picture& picture,
                                        const Detection& detection) const;

  DetectorKind kind_;
  std::unique_ptr<const Detector> detector_;
  std::optional<CoverReader> covers_;
  std::string notice_;
};

}  // namespace harmonic::face
