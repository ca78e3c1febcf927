// audio/test_sound.h - sounds whose loudness, tempo and notes are known, for the tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <numbers>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace harmonic::audio::test {

inline constexpr int kRate = 44100;

using Sound = std::vector<float>;  ///< mono at kRate

inline std::size_t samples(double seconds, int rate = kRate) {
  return static_cast<std::size_t>(std::llround(seconds * rate));
}

inline Sound sine(double hz, double amplitude, double seconds, int rate = kRate) {
  Sound sound(samples(seconds, rate));
  for (std::size_t i = 0; i < sound.size(); ++i) {
    sound[i] = static_cast<float>(
        amplitude * std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate));
  }
  return sound;
}

/// A short burst of noise on every beat; the same noise each time.
inline Sound clicks(double bpm, double seconds, int rate = kRate) {
  Sound sound(samples(seconds, rate), 0.0F);
  for (int beat = 0;; ++beat) {
    const auto start = samples(beat * 60.0 / bpm, rate);
    if (start >= sound.size()) return sound;
    std::minstd_rand noise{7};
    for (std::size_t i = 0; i < samples(0.03, rate) && start + i < sound.size(); ++i) {
      const double fade = std::exp(-static_cast<double>(i) / (0.006 * rate));
      const double value =
          static_cast<double>(noise()) / static_cast<double>(std::minstd_rand::max()) - 0.5;
      sound[start + i] = static_cast<float>(0.8 * fade * value);
    }
  }
}

/// Notes as MIDI numbers, sounding together, each with three overtones.
inline Sound chord(std::initializer_list<int> notes, double seconds, int rate = kRate,
                   double detune_cents = 0.0) {
  Sound sound(samples(seconds, rate), 0.0F);
  for (const int note : notes) {
    const double hz = 440.0 * std::exp2((note - 69 + detune_cents / 100.0) / 12.0);
    for (int h = 1; h <= 4; ++h) {
      const Sound partial = sine(hz * h, 0.1 / h, seconds, rate);
      for (std::size_t i = 0; i < sound.size(); ++i) sound[i] += partial[i];
    }
  }
  return sound;
}

/// `a`, then `b`.
inline Sound joined(Sound a, const Sound& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// I IV V I in the major or minor key on `tonic` (MIDI number), `seconds` in all.
inline Sound cadence(int tonic, bool major, double seconds, int rate = kRate,
                     double detune_cents = 0.0) {
  const int third = major ? 4 : 3;
  const double each = seconds / 4.0;
  const auto triad = [&](int root, int its_third) {
    return chord({root, root + its_third, root + 7, root + 12}, each, rate, detune_cents);
  };
  return joined(joined(triad(tonic, third), triad(tonic + 5, third)),
                joined(triad(tonic + 7, 4), triad(tonic, third)));
}

inline Sound mixed(Sound a, const Sound& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) a[i] += b[i];
  return a;
}

inline void append(std::vector<std::byte>& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFF));
}
inline void append(std::vector<std::byte>& bytes, const char* text) {
  for (const char* c = text; *c != '\0'; ++c) bytes.push_back(static_cast<std::byte>(*c));
}

/// A WAV file of 16 bits; `channels` copies of the mono sound. `claimed` overrides the data size in
/// the header.
inline std::vector<std::byte> wav(const Sound& sound, int rate = kRate, int channels = 1,
                                  std::int64_t claimed = -1) {
  const auto width = static_cast<std::uint32_t>(channels * 2);
  const auto size = static_cast<std::uint32_t>(
      claimed < 0 ? static_cast<std::int64_t>(sound.size() * width) : claimed);
  std::vector<std::byte> bytes;
  append(bytes, "RIFF");
  append(bytes, size + 36, 4);
  append(bytes, "WAVEfmt ");
  append(bytes, 16, 4);
  append(bytes, 1, 2);
  append(bytes, static_cast<std::uint32_t>(channels), 2);
  append(bytes, static_cast<std::uint32_t>(rate), 4);
  append(bytes, static_cast<std::uint32_t>(rate) * width, 4);
  append(bytes, width, 2);
  append(bytes, 16, 2);
  append(bytes, "data");
  append(bytes, size, 4);
  for (const float x : sound) {
    const auto value =
        static_cast<std::uint32_t>(std::lround(std::clamp(x, -1.0F, 1.0F) * 32767.0F));
    for (int c = 0; c < channels; ++c) append(bytes, value, 2);
  }
  return bytes;
}

inline void write(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  std::ofstream{path, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()),
                                              std::ssize(bytes));
}

/// Makes `file` of `source` by the ffmpeg command, with these options; false where it cannot.
inline bool encode(const std::filesystem::path& source, const std::string& options,
                   const std::filesystem::path& file) {
  const std::string command = "ffmpeg -v error -y -i '" + source.string() + "' " + options + " '" +
                              file.string() + "' < /dev/null";
  return std::system(command.c_str()) == 0;
}

}  // namespace harmonic::audio::test
