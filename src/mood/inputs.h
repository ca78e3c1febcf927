// mood/inputs.h - the features of a song as a network likes them: free of the volume it was
// mastered at, and spread evenly.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harmonic::mood {

/// What a network is shown.
enum class View {
  kSong,     ///< the whole song, every feature but the excerpt's
  kExcerpt,  ///< the excerpt's features alone, which are those of DEAM's table
  kNotes,    ///< of the song what its notes say and not the instrument: rhythm, dynamics, harmony
};

/// Names in the order of inputs_of().
[[nodiscard]] const std::vector<std::string>& input_names(View view);

/// A song played louder or softer gives the same inputs: levels are taken against each other.
/// Shares are under a square root and frequencies under a logarithm.
///
/// Shape   `features` in the order of audio::feature_names(); [input_names(view).size()]
[[nodiscard]] std::vector<float> inputs_of(View view, std::span<const float> features);

/// The same of the excerpt alone, `excerpt` in the order of audio::kExcerptNames; `peak_db` is the
/// largest sample of the song that it is from, in dBFS. How dense a song is mastered is its level
/// against that peak, which no volume control changes.
[[nodiscard]] std::vector<float> inputs_of_excerpt(std::span<const float> excerpt, float peak_db);

}  // namespace harmonic::mood
