// evaluate/brief_recognition.h - which of three classes a brief movement is said to be, by its flow
// alone, leaving one subject out: the protocol of STSTNet (Liong et al. 2019) and MEGC 2019.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "evaluate/brief_flows.h"

namespace harmonic::evaluate {

/// table[truth][answer] counts clips.
using BriefTable = std::array<std::array<std::size_t, kBriefClasses>, kBriefClasses>;

struct BriefScores {
  std::size_t clips = 0;
  double uf1 = 0;  ///< mean of the classes' F1, [0, 1]
  double uar = 0;  ///< mean of the classes' recalls, [0, 1]
  BriefTable table{};
};

/// Of pooled answers; a class that does not occur counts 0.
[[nodiscard]] BriefScores score_brief(const BriefTable& table);

struct BriefReport {
  BriefScores all;
  std::map<std::string, BriefScores> corpora;
};

/// Called with the number of settings that are done and of all.
using OnSetting = std::function<void(std::size_t, std::size_t)>;

/// Answers to each clip from a model of all other subjects' clips. Settings (smoothing, kernel's
/// width, ridge, how far rare classes are favoured) are ranked for every subject anew by a second
/// leaving-out among the others, and the best five vote; its clips take no part in that.
/// Method  kernel ridge regression on smoothed flows, invariant to mirroring the face.
/// Errors  kInvalidInput: fewer than 3 subjects.
[[nodiscard]] Result<BriefReport> evaluate_brief(std::span<const BriefClip> clips,
                                                 const OnSetting& on_setting);

/// A clip's numbers for the kernel: each channel less its median, smoothed, signed power, all
/// channels of the same length, together of length 1. Shape  3 x 14 x 14.
[[nodiscard]] std::vector<double> features_of(const image::Picture& flow, double smoothing,
                                              double power);

/// The clip as it would be of the mirrored face.
[[nodiscard]] image::Picture mirrored(const image::Picture& flow);

}  // namespace harmonic::evaluate
