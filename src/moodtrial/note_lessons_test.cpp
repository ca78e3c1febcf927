#include "moodtrial/note_lessons.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "audio/semitones.h"
#include "base/dice.h"

namespace harmonic::moodtrial {
namespace {

/// Notes at random, each a fundamental and an overtone that jump up and fade.
NotedPiece random_piece(std::uint64_t seed) {
  constexpr std::size_t kRows = 200;
  Dice dice{seed};
  NotedPiece piece;
  std::vector<std::array<float, audio::kSemitones>> heights(kRows);
  for (auto& row : heights) row.fill(-2.0F);
  for (int n = 0; n < 60; ++n) {
    const auto key = static_cast<std::size_t>(20 + dice.below(40));
    const auto start = static_cast<std::size_t>(2 + dice.below(kRows - 20));
    for (std::size_t i = 0; i < 10; ++i) {
      const float height = 1.8F - 0.15F * static_cast<float>(i);
      for (const std::size_t at : {key, key + 12})
        heights[start + i][at] =
            std::max(heights[start + i][at], at == key ? height : height - 0.4F);
    }
    piece.notes.push_back({key, static_cast<double>(start), static_cast<double>(start + 10)});
  }
  for (const auto& row : heights) piece.rows.emplace_back(row);
  return piece;
}

std::vector<NotedPiece> random_pieces(std::uint64_t seed) {
  std::vector<NotedPiece> pieces;
  for (std::uint64_t i = 0; i < 6; ++i) pieces.push_back(random_piece(10 * seed + i));
  return pieces;
}

NotePlan short_plan() {
  NotePlan plan;
  plan.steps = 400;
  plan.batch = 512;
  plan.rate = 1e-2F;
  return plan;
}

TEST(NoteLessons, FindTheNotesOfWhatWasNeverHeard) {
  const auto weights = teach_notes(random_pieces(1), short_plan());
  const auto shares = judge_notes(random_pieces(2), weights);
  EXPECT_GT(shares.f1(), 0.8);
  EXPECT_EQ(shares.recall.all, 360U);
}

// Wrong answers must teach wrongly, or the figures would hold whatever was taught.
TEST(NoteLessons, NotesInTheWrongPlaceTeachNothing) {
  auto wrong = random_pieces(1);
  for (auto& piece : wrong) {
    for (auto& note : piece.notes) note.start = note.end - 2.0;
  }
  EXPECT_LT(judge_notes(random_pieces(2), teach_notes(wrong, short_plan())).f1(), 0.3);
}

TEST(NoteLessons, TheSamePiecesTeachTheSame) {
  auto plan = short_plan();
  plan.steps = 5;
  const auto text = as_header(teach_notes(random_pieces(1), plan));
  EXPECT_EQ(as_header(teach_notes(random_pieces(1), plan)), text);
  plan.seed = 2;
  EXPECT_NE(as_header(teach_notes(random_pieces(1), plan)), text);
}

TEST(NoteLessons, WeightsAreWrittenAsTheyAre) {
  audio::NoteWeights weights{};
  weights.first.front() = -1.5F;
  weights.last_bias = {3.0F, 1e-7F};
  const auto text = as_header(weights);
  EXPECT_NE(text.find("kNoteWeights{\n    {-1.5F, 0.0F"), std::string::npos) << text.substr(0, 400);
  EXPECT_NE(text.find("{3.0F, 1e-07F},\n};"), std::string::npos);
}

// A second of silence, then A4 for half a second.
TEST(NoteLessons, NotesStandInTheRowsWhereTheyAreHeard) {
  Performance performance;
  performance.sound.assign(std::size_t{2} * 3 * kRenderRate, 0.0F);
  for (std::size_t i = kRenderRate; i < std::size_t{3} * kRenderRate / 2; ++i) {
    const auto x = static_cast<float>(
        0.5 * std::sin(2.0 * std::numbers::pi * 440.0 * static_cast<double>(i) / kRenderRate));
    performance.sound[2 * i] = performance.sound[2 * i + 1] = x;
  }
  performance.notes = {{69, 1.0, 1.5}, {5, 1.0, 1.5}};
  const auto piece = note_piece(performance);
  ASSERT_TRUE(piece) << piece.error().message;
  ASSERT_EQ(piece->notes.size(), 1U);  // the other one lies below a piano
  const auto& note = piece->notes.front();
  EXPECT_EQ(note.key, 48U);
  const auto height = [&](double row) {
    return piece->rows[static_cast<std::size_t>(std::lround(row))].at(note.key, 0);
  };
  EXPECT_LT(height(note.start - 4.0), 0.0F);
  EXPECT_GT(height(note.start), 1.5F);
  EXPECT_GT(height(note.end), 1.0F);
  EXPECT_LT(height(note.end + 4.0), 1.0F);
}

}  // namespace
}  // namespace harmonic::moodtrial
