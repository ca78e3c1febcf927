#include "audio/playing.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "audio/decode.h"
#include "audio/note_weights.h"

namespace harmonic::audio {

namespace {

constexpr double kRowsPerSecond = static_cast<double>(kFeatureRate) / kSemitoneHop;
constexpr std::size_t kBassKeys = 27;    // below C3
constexpr std::size_t kTrebleFrom = 51;  // C5
constexpr double kNoneASecond = 0.05;    // what a rate of 0 counts as
constexpr double kLeast = 1e-6;

template <typename Values>
double sum_of(const Values& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Where `share` of the weights lies below.
template <std::size_t Size>
double quantile(const std::array<double, Size>& weights, double share) {
  const double wanted = share * sum_of(weights);
  double below = 0.0;
  std::size_t at = 0;
  while (at + 1 < Size && (below += weights[at]) < wanted) ++at;
  return static_cast<double>(at);
}

/// Deviation of the logarithm of what begins within a second, every quarter of one.
double unevenness_of(std::span<const float> begun) {
  constexpr std::size_t kSecond = 21;
  constexpr std::size_t kStep = 5;
  constexpr double kFew = 0.3;
  RunningStats stats;
  for (std::size_t at = 0; at + kSecond <= begun.size(); at += kStep)
    stats.add(std::log2(sum_of(begun.subspan(at, kSecond)) + kFew));
  return stats.deviation();
}

double deviation(double mean_of_squares, double mean) {
  return std::sqrt(std::max(0.0, mean_of_squares - mean * mean));
}

double squares_of(std::span<const float> values) {
  double sum = 0.0;
  for (const float value : values) sum += static_cast<double>(value) * static_cast<double>(value);
  return sum;
}

}  // namespace

void PlayingMeter::push(std::span<const float> mono) {
  semitones_.push(mono, [this](const SemitoneRow& row) {
    recent_.add(NoteRow{row.height}, row.level_db, counts_);
  });
}

void PlayingMeter::Recent::add(const NoteRow& row, const Levels& levels, Counts& counts) {
  std::shift_left(rows.begin(), rows.end(), 1);
  rows.back() = row;
  std::shift_left(levels_db.begin(), levels_db.end(), 1);
  levels_db.back() = levels;
  if (++count >= kNoteRows - kNoteRowAt)
    counts.hear(window_at(rows, kNoteRowAt), levels_db[kNoteRowAt]);
}

void PlayingMeter::Counts::hear(const NoteWindow& window, const Levels& levels_db) {
  double begins = 0.0;
  double sounds = 0.0;
  double none = 1.0;  // probability that nothing begins
  for (std::size_t key = 0; key < kPianoKeys; ++key) {
    if (!is_audible(window, key)) continue;
    const auto odds = odds_of(inputs_of_note(window, key), kNoteWeights);
    const auto begin = static_cast<double>(odds.begins);
    const auto db = static_cast<double>(levels_db[key]);
    begun[key] += begin;
    sounded[key] += static_cast<double>(odds.sounds);
    begins += begin;
    sounds += static_cast<double>(odds.sounds);
    none *= 1.0 - begin;
    squares += begin * begin;
    level += begin * db;
    level_squares += begin * db * db;
    const auto slot = std::clamp(db + static_cast<double>(levels.size()), 0.0,
                                 static_cast<double>(levels.size() - 1));
    levels[static_cast<std::size_t>(slot)] += begin;
  }
  begun_in_row.push_back(static_cast<float>(begins));
  sounding.add(sounds);
  strikes += 1.0 - none;
}

Playing PlayingMeter::finish() const {
  auto counts = counts_;
  auto recent = recent_;
  for (std::size_t i = kNoteRowAt + 1; i < kNoteRows && recent_.count > 0; ++i)
    recent.add(NoteRow{}, {}, counts);
  return counts.summarise();
}

Playing PlayingMeter::Counts::summarise() const {
  Playing playing;
  const double notes = sum_of(begun);
  const double length = sum_of(sounded);
  if (notes < kLeast || length < kLeast) return playing;
  const double seconds = static_cast<double>(begun_in_row.size()) / kRowsPerSecond;
  playing.notes_log2 = std::log2(notes / seconds + kNoneASecond);
  playing.strikes_log2 = std::log2(strikes / seconds + kNoneASecond);
  playing.together_log2 = std::log2(notes / (strikes + kLeast));
  playing.clumping_log2 = std::log2(squares_of(begun_in_row) / notes);
  playing.unevenness = unevenness_of(begun_in_row);
  playing.sounding = sounding;
  playing.length_log2 = std::log2(length / notes);
  const double mean_db = level / notes;
  playing.level_deviation = deviation(level_squares / notes, mean_db);
  playing.level_high = quantile(levels, 0.9) + 0.5 - static_cast<double>(levels.size()) - mean_db;
  playing.sureness = squares / notes;
  place(playing, notes, seconds);
  for (const double rows : sounded) playing.concentration += std::pow(rows / length, 2.0);
  return playing;
}

void PlayingMeter::Counts::place(Playing& playing, double notes, double seconds) const {
  double mean_square = 0.0;
  for (std::size_t key = 0; key < kPianoKeys; ++key) {
    const double pitch = kLowestSemitone + static_cast<double>(key);
    playing.pitch_mean += begun[key] / notes * pitch;
    mean_square += begun[key] / notes * pitch * pitch;
  }
  playing.pitch_deviation = deviation(mean_square, playing.pitch_mean);
  playing.pitch_low = kLowestSemitone + quantile(begun, 0.1);
  playing.pitch_high = kLowestSemitone + quantile(begun, 0.9);
  const double bass = sum_of(std::span{begun}.first(kBassKeys));
  playing.bass_share = bass / notes;
  playing.treble_share = sum_of(std::span{begun}.subspan(kTrebleFrom)) / notes;
  playing.bass_log2 = std::log2(bass / seconds + kNoneASecond);
}

}  // namespace harmonic::audio
