// taste/model_file.h - what iALS learned, as a file that ships, and as one to go on from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "taste/ials.h"

namespace harmonic::taste {

/// All that scoring a history needs: the songs by name, a row of `factors` each.
struct IalsModel {
  IalsPlan plan;
  std::vector<std::string> songs;
  std::vector<float> factors;  ///< [songs x plan.dimensions], finite
};

/// Errors  kCorrupt.
[[nodiscard]] std::string encode_model(const IalsModel& model);
[[nodiscard]] Result<IalsModel> decode_model(std::string_view bytes);

/// A learner after an epoch. `run` tells runs apart: of other plays or another plan, it is another.
struct Checkpoint {
  std::string run;
  int epoch = 0;
  Factors factors;
};

/// What a checkpoint of these plays and this plan calls its run. `epochs` is no part of it: a run
/// may be made longer.
[[nodiscard]] std::string run_of(const Plays& plays, const IalsPlan& plan);

/// Errors  kCorrupt.
[[nodiscard]] std::string encode_checkpoint(const Checkpoint& checkpoint);
[[nodiscard]] Result<Checkpoint> decode_checkpoint(std::string_view bytes);

}  // namespace harmonic::taste
