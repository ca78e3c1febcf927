// Module tastelibrary: what many listeners play, brought to the songs of one library.
//
//   taste::IalsModel + recommend::Snapshot -> LibraryTaste -> Signals::taste of one listener
//   histories of listeners who agreed -> company.h -> the same, and Signals::company
//
// Uses     base, catalog, songlist, taste, recommend (Eigen inside the .cpp files).  Used by
// session
//          and the commands.
// Threads  a LibraryTaste is immutable.
//
// tastelibrary/library_taste.h - a library's songs in the space of a taste model.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "catalog/store.h"
#include "recommend/snapshot.h"
#include "taste/model_file.h"
#include "taste/recommender.h"

namespace harmonic::tastelibrary {

/// A song stands where the model has its artist and title (songlist::match_key of both). One that
/// the model does not know is placed by its sound (guess.h), where the known songs show that the
/// sound tells something.
class LibraryTaste {
 public:
  LibraryTaste(const taste::IalsModel& model, const recommend::Snapshot& songs);

  [[nodiscard]] std::size_t known() const { return known_; }
  [[nodiscard]] std::size_t guessed() const { return guessed_; }

  /// By index of the snapshot, [0, 1]: 1 / (1 + exp(-z)), z being the model's score in standard
  /// deviations from the mean of the songs that have a place; the others are
  /// recommend::kNotKnown. Songs count by plays + 2 if liked - skips, where that is above 0.
  /// Empty when no such song has a place: nothing is known of this listener.
  [[nodiscard]] std::vector<float> of(std::span<const catalog::SongHistory> history) const;

 private:
  [[nodiscard]] taste::Plays plays_of(std::span<const catalog::SongHistory> history) const;

  std::vector<SongId> ids_;  ///< by index
  std::vector<bool> placed_;
  taste::RecommenderPtr recommender_;  ///< null where no song has a place
  std::size_t known_ = 0;
  std::size_t guessed_ = 0;
};

}  // namespace harmonic::tastelibrary
