#include "audio/notes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace harmonic::audio {

namespace {

constexpr double kLowestNote = 28.0;       // MIDI number of the first of the notes
constexpr std::size_t kFramesAtOnce = 64;  // 12 s: enough to hear how a song is tuned
constexpr int kSteps = 15;
constexpr float kGate = 0.2F;  // of a frame's loudest note; what is less is rather an error
constexpr std::array<std::size_t, 8> kOvertones{0, 12, 19, 24, 28, 31, 34, 36};  // in semitones
constexpr std::array<float, 8> kStrengths{1.0F,    0.7F,     0.49F,     0.343F,
                                          0.2401F, 0.16807F, 0.117649F, 0.0823543F};
constexpr std::size_t kWhole = NoteMeter::kNotes + kOvertones.back();

using Spread = std::array<float, kWhole>;  // levels with room for overtones above the notes

/// What `notes` would sound like, cut off above the highest of them.
Spread sound_of(const NoteMeter::Levels& notes) {
  Spread sound{};
  for (std::size_t h = 0; h < kOvertones.size(); ++h) {
    float* at = sound.data() + kOvertones[h];
    for (std::size_t n = 0; n < notes.size(); ++n) at[n] += kStrengths[h] * notes[n];
  }
  std::fill(sound.begin() + NoteMeter::kNotes, sound.end(), 0.0F);
  return sound;
}

/// How much of `sound` each note could have made.
NoteMeter::Levels claims_on(const Spread& sound) {
  NoteMeter::Levels claims{};
  for (std::size_t h = 0; h < kOvertones.size(); ++h) {
    const float* at = sound.data() + kOvertones[h];
    for (std::size_t n = 0; n < claims.size(); ++n) claims[n] += kStrengths[h] * at[n];
  }
  return claims;
}

/// The notes whose sound comes nearest to `heard` in the mean square.
NoteMeter::Levels notes_in(const NoteMeter::Levels& heard) {
  constexpr float kNearlyZero = 1e-9F;
  Spread whole{};
  std::copy(heard.begin(), heard.end(), whole.begin());
  const auto wanted = claims_on(whole);
  NoteMeter::Levels notes;
  notes.fill(std::accumulate(heard.begin(), heard.end(), 0.0F) / static_cast<float>(heard.size()) +
             kNearlyZero);
  for (int step = 0; step < kSteps; ++step) {
    const auto had = claims_on(sound_of(notes));
    for (std::size_t n = 0; n < notes.size(); ++n) notes[n] *= wanted[n] / (had[n] + kNearlyZero);
  }
  return notes;
}

}  // namespace

void NoteMeter::hear(std::span<const Peak> peaks, double scale) {
  constexpr double kConcertA = 69.0;
  for (const auto& [hz, share] : peaks) {
    const double pitch = kConcertA + 12.0 * std::log2(hz / 440.0);
    const double off = 2.0 * std::numbers::pi * (pitch - std::round(pitch));
    tuning_cos_ += share * std::cos(off);
    tuning_sin_ += share * std::sin(off);
    waiting_.push_back({static_cast<float>(pitch), static_cast<float>(share * scale)});
  }
  ends_.push_back(waiting_.size());
  if (ends_.size() == kFramesAtOnce) settle();
}

/// Counts the notes of the frames that wait, tuned as the song was up to here.
void NoteMeter::settle() {
  const double off = std::atan2(tuning_sin_, tuning_cos_) / (2.0 * std::numbers::pi);
  std::size_t at = 0;
  for (const auto end : ends_) {
    Levels heard{};
    for (; at < end; ++at) {
      const double pitch = static_cast<double>(waiting_[at].pitch) - off;
      const double note = std::round(pitch) - kLowestNote;
      if (note < 0.0 || note >= static_cast<double>(kNotes)) continue;
      const double closeness = std::cos(std::numbers::pi * (pitch - std::round(pitch)));
      const double amplitude = static_cast<double>(waiting_[at].amplitude) * closeness * closeness;
      float& level = heard[static_cast<std::size_t>(note)];
      level = std::max(level, static_cast<float>(std::sqrt(amplitude)));
    }
    const auto notes = notes_in(heard);
    const float least = kGate * *std::max_element(notes.begin(), notes.end());
    for (std::size_t n = 0; n < kNotes; ++n) {
      if (notes[n] > least)
        classes_[(n + static_cast<std::size_t>(kLowestNote)) % 12] += static_cast<double>(notes[n]);
    }
  }
  waiting_.clear();
  ends_.clear();
}

std::array<double, 12> NoteMeter::finish() const {
  NoteMeter all = *this;
  all.settle();
  auto result = all.classes_;
  const double sum = std::accumulate(result.begin(), result.end(), 0.0);
  if (sum > 0.0) {
    for (double& x : result) x /= sum;
  }
  return result;
}

}  // namespace harmonic::audio
