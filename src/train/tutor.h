// train/tutor.h - what networks that are trained already say of the faces a new one learns from.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "evaluate/fer2013.h"
#include "train/targets.h"

namespace harmonic::train {

/// One lesson for each row: the mean of what the networks of `manifests` (each a manifest.json as
/// models/expression has one) say of the face and of its mirror image, through the shipping path.
/// `on_face` is told the rows done. Errors are those of affect::Classifier.
[[nodiscard]] Result<std::vector<Lesson>> lessons_of(
    std::span<const std::filesystem::path> manifests, const evaluate::LabelledFaces& faces,
    const std::function<void(std::size_t, std::size_t)>& on_face);

}  // namespace harmonic::train
