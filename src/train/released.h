// train/released.h - the weights of a network that was released, to go on from.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "train/plan.h"

namespace harmonic::train {

/// Whether `file` is named like a release: a manifest (.json) or the weights alone (.onnx).
[[nodiscard]] bool is_released(const std::filesystem::path& file);

/// The weights of a release in the order of `shape`, a network of the same recipe whose numbers do
/// not matter. A manifest's digest is checked.
/// Errors  kNotFound; kCorrupt: no ONNX file, or not the one that the manifest names;
///         kInvalidInput: not a network of this recipe as to_onnx() writes it.
[[nodiscard]] Result<FoldedNet> read_released(const std::filesystem::path& file, FoldedNet shape);

}  // namespace harmonic::train
