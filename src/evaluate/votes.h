// evaluate/votes.h - what ten raters agree on.
#pragma once

#include <cstddef>
#include <optional>

#include "affect/emotion.h"
#include "evaluate/fer2013.h"

namespace harmonic::evaluate {

/// The emotions that both label sets know: all but contempt, the first seven of affect::Emotion.
inline constexpr std::size_t kRatedCount = 7;

/// The emotion that the raters agree on, over the seven that FER2013 also has; nothing when there
/// is no such agreement. The rule of FER+ (Barsoum et al. 2016, majority voting): single votes are
/// taken for slips and dropped, then one answer must hold more than half of the votes that are
/// left. Contempt, "unknown" and "not a face" are answers as well: where one of them wins, the
/// picture has no label.
[[nodiscard]] std::optional<affect::Emotion> majority_of(const Votes& votes);

}  // namespace harmonic::evaluate
