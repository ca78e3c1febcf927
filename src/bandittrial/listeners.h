// Module bandittrial: listeners' real answers to real songs -> whether the bandit learns.
//
//   Emotify -> listeners.h (who answered what) -> stream.h (listeners that wish) -> trial.h
//   (curves)
//
// Uses     base, image, corpus, mood, drawing, moodtrial, songlist (the CSV reader), catalog,
//          bandit, recommend.  Used by `harmonic eval bandit`.
// Threads  plain values; a function may be called from any thread.
//
// bandittrial/listeners.h - the songs of Emotify as our ears hear them, and who said what of them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/valence_arousal.h"
#include "moodtrial/rows.h"
#include "recommend/snapshot.h"

namespace harmonic::bandittrial {

/// One answer to one song.
struct Answer {
  std::size_t song = 0;  ///< in Corpus::songs
  ValenceArousal felt;   ///< the mean place of the emotions that were named, see point_of_emotion()
  float liking = 0.0F;   ///< 1 liked, -1 disliked, 0 neither or both
  int mood = 3;          ///< of the listener before, 1 very bad .. 5 very good
};

/// Emotify does not say who answered; it tells age, gender and mother tongue. Those who share all
/// three count as one listener, and mostly are one or a few people.
struct Listener {
  std::string name;  ///< "25, 1, Russian"
  std::vector<Answer> answers;
};

struct Corpus {
  recommend::Snapshot songs;
  std::vector<Listener> listeners;  ///< by name
};

/// Where each of mood::kGems lies in the plane; ours, from the circumplex.
[[nodiscard]] ValenceArousal point_of_emotion(std::size_t gem);

/// The songs' moods are told by the shipped model without its head for emotions, which was taught
/// by these very answers. Heard as moodtrial/rows.h, so its cache serves.
/// Errors  those of corpus/archive.h, songlist/csv_table.h, moodtrial/rows.h and mood/model.h;
///         kInvalidInput: a column is missing.
[[nodiscard]] Result<Corpus> read_corpus(const std::filesystem::path& data,
                                         const std::filesystem::path& cache,
                                         const std::filesystem::path& share,
                                         const moodtrial::OnPiece& on_piece = {});

}  // namespace harmonic::bandittrial
