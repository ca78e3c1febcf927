#include "moodtrial/trial.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "audio/excerpt.h"
#include "audio/features.h"
#include "moodtrial/folds.h"

namespace harmonic::moodtrial {
namespace {

constexpr std::size_t kPieces = 12;

/// Pieces of numbers, each a song of its own; `answer` makes a row of answers.
template <typename Names, typename Answer>
Table table_of(const Names& columns, Answer answer) {
  std::mt19937 random{7};
  std::uniform_real_distribution<float> value{0.1F, 1.0F};
  Table table;
  table.columns.assign(columns.begin(), columns.end());
  for (std::size_t i = 0; i < kPieces; ++i) {
    table.ids.push_back(std::to_string(i));
    table.groups.push_back(table.ids.back());
    std::vector<float> row(columns.size());
    for (auto& x : row) x = value(random);
    table.x.push_back(std::move(row));
    table.y.push_back(answer(i));
  }
  return table;
}

Corpora small_corpora() {
  const auto side = [](std::size_t bit) { return bit % 2 == 0 ? 1.0F : -1.0F; };
  const auto quarter = [&](std::size_t i) { return std::vector{side(i), side(i / 2)}; };
  Corpora corpora;
  corpora.deam = table_of(audio::kExcerptNames, [](std::size_t i) {
    const auto share = static_cast<float>(i) / kPieces;
    return std::vector{share - 0.5F, 0.5F - share * share};
  });
  corpora.emotify = table_of(audio::feature_names(), [](std::size_t i) {
    std::vector<float> votes(mood::kGems.size() + 1);
    for (std::size_t gem = 0; gem < mood::kGems.size(); ++gem)
      votes[gem] = static_cast<float>((i * (gem + 3)) % 7) / 7.0F;
    votes.back() = static_cast<float>(i % mood::kGenres.size());
    return votes;
  });
  corpora.emopia = {table_of(audio::feature_names(), quarter)};
  corpora.emopia_unheard = corpora.emopia.front();
  corpora.vgmidi = corpora.emopia;
  return corpora;
}

// What is drawn must be what the figures are made of: another order, another axis or another fold
// would make a fine picture of something else.
TEST(Trial, WhatWasSaidIsWhatTheFiguresSay) {
  const auto corpora = small_corpora();
  const auto figures = measure(corpora, 1, 2);
  const auto& [valence, valence_truth, arousal, arousal_truth] = figures.deam;
  ASSERT_EQ(valence.size(), kPieces);
  for (std::size_t i = 0; i < kPieces; ++i) {
    EXPECT_EQ(valence_truth[i], corpora.deam.y[i][0]);
    EXPECT_EQ(arousal_truth[i], corpora.deam.y[i][1]);
  }
  EXPECT_EQ(figures.deam_valence_r2, r_squared(valence, valence_truth));
  EXPECT_EQ(figures.deam_arousal_r2, r_squared(arousal, arousal_truth));
  EXPECT_NE(figures.deam_valence_r2, figures.deam_arousal_r2);

  const auto count = [&](std::size_t label, std::size_t answer) {
    return figures.emopia.at(kQuarters.size() * label + answer);
  };
  double right = 0.0;
  double pleasant = 0.0;  // on the right side of valence: happy and calm, or tense and sad
  for (std::size_t label = 0; label < kQuarters.size(); ++label) {
    std::size_t row = 0;
    for (std::size_t answer = 0; answer < kQuarters.size(); ++answer) {
      row += count(label, answer);
      const auto is_pleasant = [](std::size_t quarter) { return quarter == 0 || quarter == 3; };
      if (is_pleasant(label) == is_pleasant(answer))
        pleasant += static_cast<double>(count(label, answer));
    }
    EXPECT_EQ(row, kPieces / 4) << kQuarters.at(label);
    right += static_cast<double>(count(label, label));
  }
  EXPECT_DOUBLE_EQ(right / kPieces, figures.emopia_quadrant);
  EXPECT_DOUBLE_EQ(pleasant / kPieces, figures.emopia_valence);
}

}  // namespace
}  // namespace harmonic::moodtrial
