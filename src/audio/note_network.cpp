#include "audio/note_network.h"

#include <algorithm>
#include <cmath>

namespace harmonic::audio {

namespace {

constexpr float kSilent = -2.0F;
constexpr float kAudible = 0.0F;  // 40 dB below the loudest semitone

template <std::size_t In, std::size_t Out>
std::array<float, Out> layer(const std::array<float, In>& x,
                             const std::array<float, In * Out>& weights,
                             const std::array<float, Out>& bias) {
  auto sum = bias;
  for (std::size_t i = 0; i < In; ++i) {
    for (std::size_t j = 0; j < Out; ++j) sum[j] += x[i] * weights[i * Out + j];
  }
  return sum;
}

template <std::size_t Size>
std::array<float, Size> rectified(std::array<float, Size> values) {
  for (float& value : values) value = std::max(0.0F, value);
  return values;
}

float logistic(float x) { return 1.0F / (1.0F + std::exp(-x)); }

}  // namespace

NoteRow::NoteRow() { heights_.fill(kSilent); }

NoteRow::NoteRow(const std::array<float, kSemitones>& height) : NoteRow{} {
  std::copy(height.begin(), height.end(), heights_.begin() + kBelow);
}

NoteWindow window_at(std::span<const NoteRow> rows, std::size_t row) {
  static const NoteRow silence;
  NoteWindow window{};
  for (std::size_t i = 0; i < kNoteRows; ++i) {
    const auto at = row + i - kNoteRowAt;  // wraps below 0, and is then beyond the last
    window[i] = at < rows.size() ? &rows[at] : &silence;
  }
  return window;
}

bool is_audible(const NoteWindow& window, std::size_t key) {
  return std::any_of(window.begin() + kNoteRowAt, window.end(),
                     [key](const NoteRow* row) { return row->at(key, 0) > kAudible; });
}

NoteInputs inputs_of_note(const NoteWindow& window, std::size_t key) {
  NoteInputs inputs{};
  std::size_t next = 0;
  for (const auto* row : window) {
    for (const int offset : kNoteOffsets) inputs[next++] = row->at(key, offset);
  }
  constexpr float kMiddle = kPianoKeys / 2.0F;
  inputs[next] = (static_cast<float>(key) - kMiddle) / kMiddle;
  return inputs;
}

NoteOdds odds_of(const NoteInputs& inputs, const NoteWeights& weights) {
  const auto first = rectified(layer(inputs, weights.first, weights.first_bias));
  const auto second = rectified(layer(first, weights.second, weights.second_bias));
  const auto last = layer(second, weights.last, weights.last_bias);
  return {logistic(last[0]), logistic(last[1])};
}

}  // namespace harmonic::audio
