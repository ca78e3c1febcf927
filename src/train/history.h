// train/history.h - the log of a run: a CSV to plot, and the word on which epochs are finished.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace harmonic::train {

/// One finished epoch; accuracies in [0, 1] are of the averaged weights on PublicTest.
struct EpochRow {
  int epoch = 0;  ///< Counts from 1.
  double rate = 0;
  double loss = 0;
  double fer2013_accuracy = 0;
  double ferplus_accuracy = 0;
  double seconds = 0;

  /// What the epoch is chosen by: both heads count alike, which halves the noise of one.
  [[nodiscard]] double score() const { return (fer2013_accuracy + ferplus_accuracy) / 2; }
};

/// The rows as text and back; kCorrupt names the line that is none.
[[nodiscard]] std::string format_history(const std::vector<EpochRow>& rows);
[[nodiscard]] Result<std::vector<EpochRow>> parse_history(std::string_view text);

/// The rows of `file`, none when it does not exist yet.
[[nodiscard]] Result<std::vector<EpochRow>> read_history(const std::filesystem::path& file);

/// The row with the highest score, the earliest among equals; nullptr when there is none.
[[nodiscard]] const EpochRow* best_of(const std::vector<EpochRow>& rows);

}  // namespace harmonic::train
