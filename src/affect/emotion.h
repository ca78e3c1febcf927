// affect/emotion.h - the expressions that the house can name, and numbers over them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace harmonic::affect {

/// In the order of the network's outputs and of every stored row: append, never reorder.
enum class Emotion : std::uint8_t {
  kNeutral,
  kHappy,
  kSurprised,
  kSad,
  kAngry,
  kDisgusted,
  kAfraid,
  kContemptuous,
};
inline constexpr std::size_t kEmotionCount = 8;

/// The names used in every JSON object, command line and page.
inline constexpr std::array<std::string_view, kEmotionCount> kEmotionNames{
    "neutral", "happy", "surprised", "sad", "angry", "disgusted", "afraid", "contemptuous"};

[[nodiscard]] constexpr std::string_view name_of(Emotion emotion) {
  return kEmotionNames.at(static_cast<std::size_t>(emotion));
}

[[nodiscard]] constexpr std::optional<Emotion> emotion_named(std::string_view name) {
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    if (kEmotionNames.at(i) == name) return static_cast<Emotion>(i);
  }
  return std::nullopt;
}

/// The word of docs/protocol.md for a face or a mood in which no expression stands out.
inline constexpr std::string_view kUnsure = "unsure";

/// Probabilities indexed by Emotion: each in [0, 1], summing to 1 within 1e-5.
using EmotionScores = std::array<float, kEmotionCount>;

}  // namespace harmonic::affect
