// train/training.h - the run: epochs, checkpoints, the choice of the epoch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "train/feed.h"
#include "train/history.h"
#include "train/learner.h"

namespace harmonic::train {

struct TrainingSettings {
  std::filesystem::path data;      ///< The unpacked archive.
  std::filesystem::path out;       ///< Receives log.csv, run.txt and epoch-N.ckpt.
  std::string recipe = "student";  ///< one of kRecipeNames
  int epochs = 40;
  std::size_t batch = 64;
  double rate = 0.05;  ///< The highest, after the warm-up of one epoch.
  std::uint64_t seed = 1;
  int threads = 1;
  bool resume = false;
  std::size_t limit = 0;  ///< First rows of each split only; 0 takes all.
  double decay = 5e-4;    ///< pull of the weights towards zero
  Distortions distortions;
  /// What to begin from, of the same recipe: a checkpoint, or a release as is_released() knows it,
  /// whose certainty was set after training. Empty begins with random weights.
  std::filesystem::path start;
  std::vector<std::filesystem::path> teachers;  ///< manifests of networks that teach this one
  float taught = 0.5F;                          ///< their share of what it learns
};

/// How far the run is, for a person who waits.
struct Progress {
  int epoch = 0;
  int epochs = 0;
  std::size_t batch = 0;
  std::size_t batches = 0;
  double loss = 0;
  double seconds_left = 0;
  const EpochRow* finished = nullptr;  ///< Set once an epoch is over.
};
using OnProgress = std::function<void(const Progress&)>;
/// Faces of Training that the teachers have looked at, before the first epoch, and of all.
using OnLesson = std::function<void(std::size_t, std::size_t)>;

/// Learns on Training, chooses on PublicTest, never opens PrivateTest. A run that was killed goes
/// on with `resume` from its last finished epoch and ends with the same weights as an unbroken one.
/// Returns the chosen epoch, whose checkpoint lies in `out`.
/// kInvalidInput when `out` holds another run's settings, or a run and `resume` is off.
[[nodiscard]] Result<EpochRow> train_faces(
    const TrainingSettings& settings, const OnProgress& on_progress,
    const OnLesson& on_lesson = [](auto, auto) {});

/// What the run in `out` was begun with. `data`, `threads` and `resume` are not kept.
/// kNotFound when there is no run, kCorrupt when its run.txt is not one.
[[nodiscard]] Result<TrainingSettings> settings_of_run(const std::filesystem::path& out);

/// The network of a run's recipe before it learned. kInvalidInput when there is no such recipe.
[[nodiscard]] Result<Learner> learner_for(const TrainingSettings& settings);

/// Where the checkpoint of an epoch lies.
[[nodiscard]] std::filesystem::path checkpoint_of(const std::filesystem::path& out, int epoch);

}  // namespace harmonic::train
