// face/blazeface.h - the neural face finder; reached through make_detector.
#pragma once

#include <span>
#include <vector>

#include "face/detector.h"
#include "nn/network.h"

namespace harmonic::face {

/// What one of its two networks says, brought from anchors to the unit square: raw scores [n] and
/// boxes with key points [n, 16].
struct RawFinds {
  std::span<const float> scores;
  std::span<const float> regressions;
};

/// Turns raw outputs of a network with inputs of `side` pixels into finds in the unit square of the
/// letterboxed picture, above `least` confidence, not yet blended.
///
/// Anchors  896: 16x16 cells with 2 each, then 8x8 with 6, centred in the cells, of size 1.
/// Numbers  x, y of the centre, width, height, then six points: right eye, left eye, nose, mouth,
///          right ear, left ear; in pixels of the input, relative to the anchor.
/// Source   Bazarevsky et al. 2019 (arXiv:1907.05047) and the published graph of MediaPipe's face
///          detection, which states the strides (8, 16, 16, 16) and the anchors' fixed size.
[[nodiscard]] std::vector<Detection> decode_finds(std::span<const RawFinds> stages, int side,
                                                  float least);

/// The "front" network (128x128, faces within two metres of a camera) and, when it finds none or
/// `care` asks for it, the "back" network (256x256, smaller faces).
/// Errors  kNotFound, kCorrupt: see make_detector.
[[nodiscard]] Result<std::unique_ptr<Detector>> make_blazeface(
    const std::filesystem::path& manifest, Care care);

}  // namespace harmonic::face
