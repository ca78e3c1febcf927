// taste/train.h - files of plays -> a model file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

#include "base/result.h"
#include "taste/ials.h"

namespace harmonic::taste {

struct TrainSettings {
  std::vector<std::filesystem::path> plays;  ///< as taste/history.h reads them; at least one
  std::filesystem::path out;  ///< the model; OUT.checkpoint stands beside it meanwhile
  IalsPlan plan;
  std::size_t jobs = 1;
};

struct Trained {
  std::size_t listeners = 0;
  std::size_t songs = 0;
  std::size_t plays = 0;
};

/// (what is read, epochs done, epochs in all); called before the first epoch and after each.
using OnEpoch = std::function<void(const Trained& read, int done, int all)>;

/// Keeps a checkpoint after every epoch and goes on from one that is there: a run that was killed
/// and started again writes the same bytes as one that was not. Errors  those of taste/history.h;
/// kInvalidInput: no plays, or the checkpoint is of another run;
///         kCorrupt: the checkpoint is damaged; kUnavailable: cannot be written.
[[nodiscard]] Result<Trained> train_ials(const TrainSettings& settings,
                                         const OnEpoch& on_epoch = {});

}  // namespace harmonic::taste
