#include "moodtrial/lessons.h"

#include <array>
#include <cmath>

#include "audio/excerpt.h"

namespace harmonic::moodtrial {

namespace {

using mood::kGems;
using mood::kGenres;

// In the order of kGems: what each emotion says of the two axes.
constexpr std::array<float, kGems.size()> kValenceOf{0, 0, 0, 0, 0, 0, 1, -0.5F, -0.5F};
constexpr std::array<float, kGems.size()> kArousalOf{0, 0, -1, 0, -1, 1, 1, 1, -1};

// DEAM's table tells no peaks: that of its ten clips, which lie between -4.7 and -.1 dBFS, at the
// mean.
constexpr float kPeakOfDeamDb = -1.6F;

}  // namespace

std::vector<mood::Spread> spreads_of(const std::vector<std::vector<float>>& rows) {
  std::vector<float> flat;
  for (const auto& row : rows) flat.insert(flat.end(), row.begin(), row.end());
  return mood::spreads_of(flat, rows.front().size());
}

Lesson lesson_of(const Table& table, mood::View view) {
  Lesson lesson{view, {}, table.y, table.groups};
  const bool excerpt_alone = table.columns.size() == audio::kExcerptNames.size();
  for (const auto& row : table.x)
    lesson.x.push_back(excerpt_alone ? mood::inputs_of_excerpt(row, kPeakOfDeamDb)
                                     : mood::inputs_of(view, row));
  return lesson;
}

Lesson emotify_lesson(const Table& table) {
  Lesson lesson = lesson_of(table, mood::View::kSong);
  const auto spreads = spreads_of(table.y);
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto& votes = table.y[row];
    std::vector<float> targets{0.0F, 0.0F};
    for (std::size_t i = 0; i < kGems.size(); ++i) {
      const float z = (votes[i] - spreads[i].mean) / spreads[i].deviation;
      targets[0] += kValenceOf[i] * z;
      targets[1] += kArousalOf[i] * z;
    }
    targets.insert(targets.end(), votes.begin(), votes.begin() + kGems.size());
    for (std::size_t genre = 0; genre < kGenres.size(); ++genre)
      targets.push_back(static_cast<std::size_t>(votes[kGems.size()]) == genre ? 1.0F : 0.0F);
    lesson.y[row] = std::move(targets);
  }
  return lesson;
}

void append(Lesson& lesson, const Lesson& more) {
  lesson.x.insert(lesson.x.end(), more.x.begin(), more.x.end());
  lesson.y.insert(lesson.y.end(), more.y.begin(), more.y.end());
  lesson.groups.insert(lesson.groups.end(), more.groups.begin(), more.groups.end());
}

mood::Examples examples_of(const Lesson& lesson, const std::vector<bool>& wanted) {
  mood::Examples examples{lesson.x.front().size(), lesson.y.front().size(), {}, {}};
  for (std::size_t row = 0; row < lesson.x.size(); ++row) {
    if (!wanted[row]) continue;
    examples.x.insert(examples.x.end(), lesson.x[row].begin(), lesson.x[row].end());
    examples.y.insert(examples.y.end(), lesson.y[row].begin(), lesson.y[row].end());
  }
  return examples;
}

}  // namespace harmonic::moodtrial
