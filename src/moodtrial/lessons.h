// moodtrial/lessons.h - tables -> examples for a committee. Internal to the module.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mood/learn.h"
#include "mood/model.h"
#include "moodtrial/sets.h"

namespace harmonic::moodtrial {

/// What one corpus teaches: inputs and targets by row.
struct Lesson {
  mood::View view = mood::View::kSong;
  std::vector<std::vector<float>> x;
  std::vector<std::vector<float>> y;
  std::vector<std::string> groups;
};

/// Valence and arousal as they stand in the table, whose columns are the excerpt's or all.
[[nodiscard]] Lesson lesson_of(const Table& table, mood::View view);

/// Valence, arousal, the nine GEMS and the genre as four 0-or-1 columns.
[[nodiscard]] Lesson emotify_lesson(const Table& table);

/// `more` after the rows of `lesson`, which has the same columns.
void append(Lesson& lesson, const Lesson& more);

/// The rows whose `wanted` is true.
[[nodiscard]] mood::Examples examples_of(const Lesson& lesson, const std::vector<bool>& wanted);

/// Mean and deviation of each column.
[[nodiscard]] std::vector<mood::Spread> spreads_of(const std::vector<std::vector<float>>& rows);

}  // namespace harmonic::moodtrial
