// songlist/read_list.h - a CSV file of songs as a list of the catalogue.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/valence_arousal.h"
#include "catalog/song_lists.h"
#include "songlist/csv_table.h"

namespace harmonic::songlist {

/// Names of columns; upper and lower case are alike. An empty name takes the first column that is
/// called as such columns often are ("title", "name", "track"...), and none when there is none.
struct Columns {
  std::string title, artist, album, mood, valence, arousal, link;
};

struct ReadOptions {
  Columns columns;
  /// The ends of the list's valence and arousal: 0 and 1, 1 and 9.
  double lowest = -1, highest = 1;
  /// Places of words beside mood_words(), which they overrule; lower case.
  std::map<std::string, ValenceArousal> words;
};

/// What became of the rows.
struct ReadReport {
  std::size_t rows = 0;
  std::size_t nameless = 0;  ///< rows without a title, left out
  std::size_t repeated = 0;  ///< rows of a title and artist that stood before, left out
  std::size_t moodless = 0;  ///< songs without a place in the plane
  std::map<std::string, std::size_t> unknown_words;  ///< words without a place, and how often
};

struct ReadList {
  catalog::SongList list;
  ReadReport report;
};

/// A number column wins over the mood's word where a row has both numbers.
/// Errors  kInvalidInput: a column that was named is not there, or no column is a title; `highest`
/// is
///         not above `lowest`; no row has a title.
[[nodiscard]] Result<ReadList> list_of(const Table& table, const std::string& name,
                                       const ReadOptions& options);

}  // namespace harmonic::songlist
