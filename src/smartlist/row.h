// smartlist/row.h - one song as rules see it; inside this module.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "catalog/song.h"
#include "catalog/store.h"
#include "smartlist/days.h"
#include "smartlist/field.h"
#include "smartlist/select.h"

namespace harmonic::smartlist {

/// What is asked about a song, read out of it once. Only the fields named in `used` are filled.
struct Row {
  /// Of fields of type kText: the values in lower case (A-Z).
  std::array<std::vector<std::string>, kFieldCount> texts;
  /// Of kNumber, kFlag (1 or 0), kMoment (seconds since 1970; absent: never). Never NaN.
  std::array<std::optional<double>, kFieldCount> numbers;
  std::optional<Days> date;
  std::optional<Key> key;
  std::size_t mood = kNoWord;  ///< index in words_of(kMood)

  static constexpr std::size_t kNoWord = static_cast<std::size_t>(-1);
};

void read_row(const catalog::Song& song, const catalog::SongHistory* history,
              const std::vector<Field>& used, Row& row);

}  // namespace harmonic::smartlist
