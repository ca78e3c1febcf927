#include "audio/semitones.h"

#include <algorithm>
#include <cmath>

#include "audio/decode.h"

namespace harmonic::audio {

namespace {

constexpr double kBinHz = static_cast<double>(kFeatureRate) / kSemitoneFrame;
constexpr float kFaintest = 1e-15F;
constexpr float kQuietestDb = -75.0F;  // what is all quieter than this has no notes
constexpr float kFadeDb = 0.1F;        // of the loudest, a row: 2 dB a second
constexpr float kHighest = 2.0F;
constexpr float kLowest = -2.0F;
constexpr float kStepDb = 20.0F;

double bin_of(double midi) { return 440.0 * std::exp2((midi - 69.0) / 12.0) / kBinHz; }

/// Which bins belong to a semitone. Of a low one that holds none, the power at its middle is read
/// between two.
struct Place {
  std::size_t first;
  std::size_t last;    ///< before `first`: there is none
  std::size_t before;  ///< the bin before its middle
  float beyond;        ///< how far behind that the middle lies, [0, 1)
};

std::array<Place, kSemitones> make_places() {
  std::array<Place, kSemitones> places{};
  for (std::size_t i = 0; i < kSemitones; ++i) {
    const double midi = kLowestSemitone + static_cast<double>(i);
    const double middle = bin_of(midi);
    places[i] = {static_cast<std::size_t>(std::ceil(bin_of(midi - 0.5))),
                 static_cast<std::size_t>(std::floor(bin_of(midi + 0.5))),
                 static_cast<std::size_t>(middle), static_cast<float>(middle - std::floor(middle))};
  }
  return places;
}

float power_at(std::span<const float> power, const Place& place) {
  if (place.last < place.first)
    return (1.0F - place.beyond) * power[place.before] + place.beyond * power[place.before + 1];
  return *std::max_element(power.begin() + static_cast<std::ptrdiff_t>(place.first),
                           power.begin() + static_cast<std::ptrdiff_t>(place.last) + 1);
}

}  // namespace

SemitoneMeter::SemitoneMeter() : loudest_db_{kQuietestDb} {}

const SemitoneRow& SemitoneMeter::row_of(std::span<const float> frame) {
  static const auto place_of_semitone = make_places();
  const auto power = spectrum_.power(frame);
  for (std::size_t i = 0; i < kSemitones; ++i)
    row_.level_db[i] = 10.0F * std::log10(power_at(power, place_of_semitone[i]) + kFaintest);
  const float loudest = *std::max_element(row_.level_db.begin(), row_.level_db.end());
  loudest_db_ = std::max({kQuietestDb, loudest, loudest_db_ - kFadeDb});
  for (std::size_t i = 0; i < kSemitones; ++i)
    row_.height[i] = std::max(kLowest, kHighest + (row_.level_db[i] - loudest_db_) / kStepDb);
  return row_;
}

}  // namespace harmonic::audio
