// mood/model_for_tests.h - a small model whose answers are known, for the tests of those who use
// one.
#pragma once

#include <utility>
#include <vector>

#include "mood/model.h"

namespace harmonic::mood::test {

/// Two heads of one member each: valence follows `majorness`, arousal `onset_rate` or, in the
/// excerpt's head, the centroid.
inline Model small_model() {
  const auto head = [](View view, const char* for_valence, const char* for_arousal) {
    const auto& names = input_names(view);
    const auto inputs = names.size();
    const bool emotions = view == View::kSong;
    const std::size_t outputs = emotions ? 2 + kGems.size() + kGenres.size() : 2;
    Network network{inputs,
                    2,
                    outputs,
                    std::vector<float>(2 * inputs),
                    {0, 0},
                    std::vector<float>(2 * outputs),
                    std::vector<float>(outputs)};
    for (std::size_t i = 0; i < inputs; ++i) {
      if (names[i] == for_valence) network.first[2 * i] = 0.3F;
      if (names[i] == for_arousal) network.first[2 * i + 1] = 0.3F;
    }
    network.second[0] = 2.0F;
    network.second[outputs + 1] = 2.0F;
    Committee committee{std::vector<Spread>(inputs), std::vector<Spread>(outputs), {network}};
    return Head{emotions ? "songs" : "excerpts", view, emotions, committee};
  };
  std::vector<Head> heads;
  heads.push_back(head(View::kSong, "majorness", "onset_rate"));
  heads.push_back(head(View::kExcerpt, "excerpt_chroma_mean", "excerpt_centroid_mean"));
  return {std::move(heads), {}};
}

}  // namespace harmonic::mood::test
