#include "audio/notes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace harmonic::audio {
namespace {

/// Partials of notes (MIDI numbers) with overtones that fall off as a piano's do.
std::vector<Peak> sound_of(const std::vector<int>& notes, double cents = 0.0) {
  std::vector<Peak> peaks;
  for (const int note : notes) {
    const double hz = 440.0 * std::exp2((note - 69 + cents / 100.0) / 12.0);
    for (int h = 1; h <= 6; ++h) peaks.push_back({hz * h, std::pow(0.5, h - 1)});
  }
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](const auto& a, const auto& b) { return a.amplitude > b.amplitude; });
  return peaks;
}

std::array<double, 12> classes_of(const std::vector<Peak>& peaks, int frames) {
  NoteMeter meter;
  for (int i = 0; i < frames; ++i) meter.hear(peaks, 0.1);
  return meter.finish();
}

// The failure: the overtones of C3 count as G and E, and make C minor C major.
TEST(NoteMeter, CountsNotesAndNotTheirOvertones) {
  const auto one = classes_of(sound_of({48}), 100);
  EXPECT_GT(one[0], 0.95);
  const auto minor = classes_of(sound_of({48, 51, 55}, 30.0), 100);
  EXPECT_GT(minor[0] + minor[3] + minor[7], 0.95);
  EXPECT_LT(minor[4], 0.02);
}

TEST(NoteMeter, MovesWithATransposedChord) {
  const auto low = classes_of(sound_of({45, 52, 57, 61}), 70);
  const auto high = classes_of(sound_of({50, 57, 62, 66}), 70);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(low[i], high[(i + 5) % 12], 0.02) << i;
}

TEST(NoteMeter, NothingSoundsAsNothing) {
  const auto nothing = NoteMeter{}.finish();
  EXPECT_EQ(std::count(nothing.begin(), nothing.end(), 0.0), 12);
}

}  // namespace
}  // namespace harmonic::audio
