// base/music_units.h - tempo and key as types.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace harmonic {

/// Beats per minute; always finite and within [kSlowest, kFastest].
class Tempo {
 public:
  static constexpr double kSlowest = 20.0;   ///< below, beats are heard as separate events
  static constexpr double kFastest = 400.0;  ///< above, tags are typing errors

  /// Errors  kInvalidInput when NaN or out of range.
  [[nodiscard]] static Result<Tempo> from_bpm(double bpm) {
    if (!(bpm >= kSlowest && bpm <= kFastest)) {  // written so that NaN is refused
      return fail(ErrorKind::kInvalidInput,
                  "a tempo of " + std::to_string(bpm) + " bpm is out of range");
    }
    return Tempo{bpm};
  }
  [[nodiscard]] constexpr double bpm() const { return bpm_; }
  friend constexpr auto operator<=>(Tempo, Tempo) = default;

 private:
  explicit constexpr Tempo(double bpm) : bpm_{bpm} {}
  double bpm_;
};

enum class Mode : std::uint8_t { kMinor = 0, kMajor = 1 };

/// A musical key. `tonic` counts semitones up from C: 0 C .. 11 B.
struct Key {
  std::uint8_t tonic = 0;
  Mode mode = Mode::kMajor;
  friend constexpr bool operator==(Key, Key) = default;
};

/// "C major", "F# minor".
[[nodiscard]] inline std::string name_of(Key key) {
  static constexpr std::array<const char*, 12> kNames{"C",  "C#", "D",  "D#", "E",  "F",
                                                      "F#", "G",  "G#", "A",  "A#", "B"};
  return std::string{kNames.at(key.tonic % 12)} + (key.mode == Mode::kMajor ? " major" : " minor");
}

}  // namespace harmonic
