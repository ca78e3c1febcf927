#include "smartlist/keys.h"

#include <algorithm>
#include <array>
#include <string>

#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

std::optional<int> semitones_of(char letter) {
  switch (letter) {
    case 'c': return 0;
    case 'd': return 2;
    case 'e': return 4;
    case 'f': return 5;
    case 'g': return 7;
    case 'a': return 9;
    case 'b': return 11;
    default: return std::nullopt;
  }
}

Key key_at(int tonic, Mode mode) {
  return {static_cast<std::uint8_t>((tonic % 12 + 12) % 12), mode};
}

/// "8a" is A minor and "8b" C major; each step up the wheel is a fifth.
std::optional<Key> camelot(std::string_view text) {
  if (text.size() < 2 || text.size() > 3) return std::nullopt;
  const char ring = text.back();
  int hour = 0;
  for (const char c : text.substr(0, text.size() - 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    hour = hour * 10 + (c - '0');
  }
  if (hour < 1 || hour > 12 || (ring != 'a' && ring != 'b')) return std::nullopt;
  return ring == 'a' ? key_at(9 + 7 * (hour - 8), Mode::kMinor)
                     : key_at(7 * (hour - 8), Mode::kMajor);
}

constexpr std::array<std::string_view, 4> kMinor{"m", "min", "minor", "moll"};
constexpr std::array<std::string_view, 4> kMajor{"", "maj", "major", "dur"};

}  // namespace

std::optional<Key> key_named(std::string_view text) {
  const auto lower = songlist::lowered(songlist::trimmed(text));
  std::string_view rest{lower};
  if (const auto placed = camelot(rest)) return placed;
  if (rest.empty()) return std::nullopt;
  auto tonic = semitones_of(rest.front());
  if (!tonic) return std::nullopt;
  rest.remove_prefix(1);
  for (const auto& [sign, step] :
       {std::pair{std::string_view{"#"}, 1}, {"\u266F", 1}, {"b", -1}, {"\u266D", -1}}) {
    if (!rest.starts_with(sign)) continue;
    *tonic += step;
    rest.remove_prefix(sign.size());
    break;
  }
  rest = songlist::trimmed(rest);
  if (std::find(kMinor.begin(), kMinor.end(), rest) != kMinor.end())
    return key_at(*tonic, Mode::kMinor);
  if (std::find(kMajor.begin(), kMajor.end(), rest) != kMajor.end())
    return key_at(*tonic, Mode::kMajor);
  return std::nullopt;
}

std::vector<Key> harmonic_neighbours(Key key) {
  const int tonic = key.tonic;
  const bool minor = key.mode == Mode::kMinor;
  return {key, key_at(tonic + 7, key.mode), key_at(tonic - 7, key.mode),
          minor ? key_at(tonic + 3, Mode::kMajor) : key_at(tonic - 3, Mode::kMinor)};
}

}  // namespace harmonic::smartlist
