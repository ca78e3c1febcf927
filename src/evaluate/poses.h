// evaluate/poses.h - how far the head may be turned or bent before its expression is misread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/result.h"
#include "evaluate/faces.h"
#include "evaluate/fer2013.h"
#include "evaluate/metrics.h"
#include "face/finder.h"

namespace harmonic::evaluate {

/// Faces whose pose lies in [from, to). A part without faces has no scores.
struct PoseBin {
  double from = 0;
  double to = 0;
  std::optional<Scores> fer2013;  ///< as FaceReport::fer2013
  std::optional<Scores> ferplus;  ///< as FaceReport::ferplus
};

struct PoseReport {
  std::vector<PoseBin> turns;  ///< by face::turn()
  std::vector<PoseBin> nods;   ///< by face::nod()
  std::size_t without = 0;  ///< faces in which no key points were found, so that nothing is known
};

/// Each picture of `split`, by the pose that `finder` sees in it. For the finder a picture is laid,
/// four times as large, on a grey ground: it fills its frame, which faces before a camera do not.
/// Errors  those of read_split(), the reader and the finder.
[[nodiscard]] Result<PoseReport> evaluate_poses(const Reader& reader, const face::Finder& finder,
                                                const std::filesystem::path& dir, Split split,
                                                const OnFace& on_face);

}  // namespace harmonic::evaluate
