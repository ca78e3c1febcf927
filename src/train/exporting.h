// train/exporting.h - from a checkpoint to what the program ships: weights, manifest, log.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace harmonic::train {

struct ExportSettings {
  std::filesystem::path run;     ///< Folder of a run, finished or not; empty with `release`.
  int epoch = 0;                 ///< Which epoch; 0 takes the best so far.
  std::filesystem::path data;    ///< The archive it learned from, for its digests.
  std::filesystem::path out;     ///< Receives expression.onnx, manifest.json, training.csv.
  std::filesystem::path scores;  ///< Output of `harmonic eval faces --json`, or empty.
  bool calibrated = true;        ///< Off: the certainty as it was learned (calibration.h).
  /// manifest.json of a network that was released, in place of a run: only the labels that it finds
  /// least are raised (raise_least_found()).
  std::filesystem::path release = {};
};

/// Writes the three files, each whole or not at all, the manifest last: it names the digest of the
/// weights. Its keys are described in models/expression/README.md.
/// kNotFound when the run has no finished epoch or its checkpoint is gone; kInvalidInput when
/// `scores` is no JSON object or `release` was raised before.
[[nodiscard]] Result<void> export_network(const ExportSettings& settings);

}  // namespace harmonic::train
