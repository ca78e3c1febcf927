// taste/ials.h - every listener and every song as a short vector, their product the taste.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "taste/recommender.h"
#include "taste/weighting.h"

namespace harmonic::taste {

/// min sum over played (u, i) of w_ui (1 - u.i)^2 + unplayed * sum over all (u, i) of (u.i)^2
///     + ridge * sum over rows r of (cells_r + unplayed * columns)^spread |r|^2,
/// w_ui being the weight of a cell.
/// Source  Hu, Koren, Volinsky, "Collaborative filtering for implicit feedback datasets", ICDM
/// 2008;
///         Rendle, Krichene, Zhang, Koren, "Revisiting the performance of iALS on item
///         recommendation benchmarks", RecSys 2022 (`unplayed`, `spread`); Takacs, Pilaszy, Tikk,
///         "Applications of the conjugate gradient method for implicit feedback collaborative
///         filtering", RecSys 2011
struct IalsPlan {
  Weighting weighting = {};
  std::size_t dimensions = 64;
  float unplayed = 0.1F;
  float ridge = 0.003F;
  float spread = 1.0F;
  int epochs = 16;
  int steps = 3;  ///< of conjugate gradients, for each row and epoch
  std::uint64_t seed = 1;
};

/// Row-major vectors, a row each.
struct Factors {
  std::size_t dimensions = 0;
  std::vector<float> listeners;
  std::vector<float> songs;
};

/// Learning that can be left and taken up after any epoch: what an epoch gives depends on the
/// factors before it alone, never on the number of threads.
class IalsLearner {
 public:
  IalsLearner(const Plays& plays, const IalsPlan& plan);
  /// Goes on from what another learner of the same plays and plan had after `epoch` epochs.
  void resume(Factors factors, int epoch);

  void run_epoch(std::size_t jobs);
  [[nodiscard]] int epoch() const { return epoch_; }
  [[nodiscard]] const Factors& factors() const { return factors_; }

 private:
  IalsPlan plan_;
  Plays rows_;
  Plays columns_;
  Factors factors_;
  int epoch_ = 0;
};

/// Scores by `songs` alone: a history's vector is solved for anew.
[[nodiscard]] RecommenderPtr make_ials(std::vector<float> songs, const IalsPlan& plan);

[[nodiscard]] RecommenderPtr learn_ials(const Plays& plays, const IalsPlan& plan, std::size_t jobs);

}  // namespace harmonic::taste
