// recommend/parts.h - what a score is made of, and how much each part weighs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic::recommend {

/// Each part of a score lies in [0, 1] before it is weighed; what is not known counts as the
/// middle.
enum class Part : std::uint8_t {
  kMood,     ///< nearness to the target: 1 at the target, falling with the square of the distance
  kSound,    ///< likeness to the music that this library has at the target
  kHabit,    ///< plays, likes and skips of this song by this listener
  kTaste,    ///< what listeners alike play: Signals::taste
  kWish,     ///< what this listener wanted in such a mood before: Signals::wish
  kNovelty,  ///< never heard is 1, heard often near 0; a weight below 0 asks for the familiar
  kChance,   ///< a draw by Options::seed; without a seed it weighs nothing
};
inline constexpr std::size_t kParts = 7;
inline constexpr std::array<std::string_view, kParts> kPartNames{
    "mood", "sound", "habit", "taste", "wish", "novelty", "chance"};

/// One number for each part, in the order of Part.
using PartValues = std::array<float, kParts>;

/// The shares of the parts in a score. Ours, see docs/recommend.md: at .6 for the mood and .12 for
/// habits, a song that the listener has played three times stands with one that he does not know
/// and whose mood is nearer by .45.
class Weights {
 public:
  Weights() : Weights{{0.60F, 0.08F, 0.12F, 0.09F, 0.09F, 0.0F, 0.02F}} {}

  /// Of any finite size: their sizes are divided by their sum. Only novelty may be below 0.
  /// Errors  kInvalidInput: not finite, below 0, or nothing weighs anything.
  [[nodiscard]] static Result<Weights> of(const PartValues& sizes);
  /// "mood=6,taste=2": the parts that are named, the others as they are in `base`; a "*" in front
  /// ("*,mood=1") sets the others to 0.
  /// Errors  kInvalidInput: no such part, no number, and those of of().
  [[nodiscard]] static Result<Weights> read(std::string_view text, const Weights& base);

  /// In [-1, 1]; the sizes add up to 1.
  [[nodiscard]] float operator[](Part part) const {
    return shares_[static_cast<std::size_t>(part)];
  }
  /// "mood=0.6,sound=0.08,..." as read() takes it.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Weights&, const Weights&) = default;

 private:
  explicit Weights(const PartValues& shares) : shares_{shares} {}

  PartValues shares_;
};

}  // namespace harmonic::recommend
