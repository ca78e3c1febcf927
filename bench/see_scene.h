// see_scene.h - what the benchmarks of one camera picture look at, and with what.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "affect/classifier.h"
#include "base/paths.h"
#include "face/align.h"
#include "face/finder.h"
#include "image/codec.h"
#include "image/transform.h"

namespace harmonic::bench {

template <typename T>
T must(Result<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "see_bench: %s\n", result.error().message.c_str());
  std::exit(1);
}

struct Scene {
  std::filesystem::path share = must(share_dir());
  image::Picture astronaut = must(image::decode_file(share / "tests/fixtures/astronaut.png"));
  image::Picture frame = image::warp(astronaut, {1.25F, 0, 0, 0}, 640, 480);
  std::vector<std::byte> jpeg = must(image::encode_jpeg(frame, 85));
  face::Finder finder = must(face::Finder::open(share, face::DetectorKind::kBlazeFace));
  std::unique_ptr<face::Detector> detector =
      must(face::make_detector(face::DetectorKind::kBlazeFace, share));
  affect::Classifier classifier = must(affect::Classifier::load_shipped(share));
  face::CoverReader covers = must(face::CoverReader::open(share));
  face::Detection detection = must(detector->find(frame)).at(0);
  image::Picture aligned = face::align(frame, detection);
};

inline const Scene& scene() {
  static const Scene made;
  return made;
}

/// A picture of a camera to the scores of its largest face; nothing when no face can be read.
inline std::optional<affect::Reading> seen(std::span<const std::byte> jpeg) {
  const auto picture = must(image::decode(jpeg));
  const auto found = must(scene().finder.find(picture));
  if (found.doubt || found.faces.empty()) return std::nullopt;
  return must(scene().classifier.classify(found.faces.front().aligned));
}

}  // namespace harmonic::bench
