// face/cascade.h - the cascades that OpenCV brings; reached through make_detector.
#pragma once

#include "face/detector.h"

namespace harmonic::face {

/// `kind` is kHaar or kLbp. Source: Viola and Jones, "Rapid object detection using a boosted
/// cascade of simple features", CVPR 2001; Liao et al., "Learning multi-scale block local binary
/// patterns for face recognition", ICB 2007. The trained files are Debian's package opencv-data
/// (BSD). Errors  kNotFound: the file is not installed.  kCorrupt: it is, and is no cascade.
[[nodiscard]] Result<std::unique_ptr<Detector>> make_cascade(DetectorKind kind);

}  // namespace harmonic::face
