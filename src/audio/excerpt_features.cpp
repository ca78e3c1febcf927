#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "audio/constant_q.h"
#include "audio/excerpt.h"
#include "audio/folded_spectrum.h"
#include "audio/spectrum.h"
#include "audio/statistics.h"
#include "audio/tempogram.h"

namespace harmonic::audio {

namespace {

constexpr double kRate = 44100.0;
constexpr std::size_t kFrame = 2048;
constexpr std::size_t kHop = 512;
constexpr std::size_t kBins = kFrame / 2 + 1;
constexpr double kBinHz = kRate / kFrame;
constexpr std::size_t kBands = 128;
constexpr std::size_t kCoefficients = 20;
constexpr double kRolloffShare = 0.85;
constexpr float kDynamicsDb = 80.0F;  // below the loudest band all is alike
constexpr float kFaintest = 1e-10F;
constexpr double kOnsetTopHz = 11025.0;
// Spectrum::power() scales a full sine to 1; the table's power is of unscaled sums.
constexpr double kUnscaled = kFrame * static_cast<double>(kFrame) / 16.0;

using Bands = std::array<float, kBands>;

/// Triangles of equal area, linear below 1 kHz and logarithmic above (Slaney, "Auditory toolbox",
/// 1998).
class Filterbank {
 public:
  explicit Filterbank(double highest_hz) {
    const double top = to_mel(highest_hz);
    const auto edge = [top](std::size_t i) {
      return to_hz(top * static_cast<double>(i) / (kBands + 1)) / kBinHz;
    };
    for (std::size_t b = 0; b < kBands; ++b) {
      const double left = edge(b);
      const double centre = edge(b + 1);
      const double right = edge(b + 2);
      const double height = 2.0 / ((right - left) * kBinHz);
      first_[b] = static_cast<std::size_t>(std::ceil(left));
      for (auto k = first_[b]; k < kBins && static_cast<double>(k) < right; ++k) {
        const auto x = static_cast<double>(k);
        const double slope =
            x < centre ? (x - left) / (centre - left) : (right - x) / (right - centre);
        weights_[b].push_back(static_cast<float>(height * slope * kUnscaled));
      }
    }
  }
  [[nodiscard]] Bands operator()(std::span<const float> power) const {
    Bands bands{};
    for (std::size_t b = 0; b < kBands; ++b) {
      for (std::size_t i = 0; i < weights_[b].size(); ++i)
        bands[b] += weights_[b][i] * power[first_[b] + i];
    }
    return bands;
  }

 private:
  static constexpr double kLinearHz = 200.0 / 3.0;  // a mel below 1 kHz
  static constexpr double kBreakMel = 15.0;         // 1 kHz
  static double log_step() { return std::log(6.4) / 27.0; }
  static double to_mel(double hz) {
    return hz < 1000.0 ? hz / kLinearHz : kBreakMel + std::log(hz / 1000.0) / log_step();
  }
  static double to_hz(double mel) {
    return mel < kBreakMel ? mel * kLinearHz : 1000.0 * std::exp(log_step() * (mel - kBreakMel));
  }

  std::array<std::size_t, kBands> first_{};
  std::array<std::vector<float>, kBands> weights_;
};

struct Shapes {
  RunningStats centroid;
  RunningStats bandwidth;
  RunningStats rolloff;
  RunningStats folded;
  RunningStats mel;
  RunningStats rms;
  RunningStats crossings;
  std::vector<Bands> bands_db;   ///< a row a frame
  std::vector<Bands> onsets_db;  ///< the same of bands up to kOnsetTopHz
};

void add_shape(std::span<const float> power, Shapes& shapes) {
  double sum = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (std::size_t k = 0; k < kBins; ++k) {
    const auto m = static_cast<double>(std::sqrt(power[k]));
    const double hz = static_cast<double>(k) * kBinHz;
    sum += m;
    first += m * hz;
    second += m * hz * hz;
  }
  const double centroid = sum > 0.0 ? first / sum : 0.0;
  shapes.centroid.add(centroid);
  shapes.bandwidth.add(sum > 0.0 ? std::sqrt(std::max(0.0, second / sum - centroid * centroid))
                                 : 0.0);
  double below = 0.0;
  std::size_t k = 0;
  while (k + 1 < kBins && (below += static_cast<double>(std::sqrt(power[k]))) < kRolloffShare * sum)
    ++k;
  shapes.rolloff.add(static_cast<double>(k) * kBinHz);
}

double rms_of(std::span<const float> frame) {
  double square = 0.0;
  for (const float x : frame) square += static_cast<double>(x) * static_cast<double>(x);
  return std::sqrt(square / static_cast<double>(frame.size()));
}

double crossings_of(std::span<const float> frame) {
  int count = 0;
  for (std::size_t i = 1; i < frame.size(); ++i)
    count += std::signbit(frame[i]) != std::signbit(frame[i - 1]) ? 1 : 0;
  return static_cast<double>(count) / static_cast<double>(frame.size());
}

/// Frames with their middle at every kHop-th sample. Beyond the ends of the sound it is mirrored,
/// or its last sample goes on.
class CentredFrames {
 public:
  CentredFrames(std::span<const float> sound, bool mirrored)
      : sound_{sound}, mirrored_{mirrored}, edge_(kFrame) {}
  [[nodiscard]] std::size_t count() const { return 1 + sound_.size() / kHop; }
  /// Stands until the next call.
  std::span<const float> at(std::size_t frame) {
    const auto first = static_cast<std::ptrdiff_t>(frame * kHop) - kHalf;
    const auto end = std::ssize(sound_);
    if (first >= 0 && first + std::ssize(edge_) <= end)
      return sound_.subspan(static_cast<std::size_t>(first), kFrame);
    for (std::ptrdiff_t i = 0; i < std::ssize(edge_); ++i)
      edge_[static_cast<std::size_t>(i)] = sound_[inside(first + i, end)];
    return edge_;
  }

 private:
  static constexpr std::ptrdiff_t kHalf = kFrame / 2;
  [[nodiscard]] std::size_t inside(std::ptrdiff_t at, std::ptrdiff_t end) const {
    if (mirrored_ && at < 0) at = -at;
    if (mirrored_ && at >= end) at = 2 * (end - 1) - at;
    return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, end - 1));
  }
  std::span<const float> sound_;
  bool mirrored_;
  std::vector<float> edge_;
};

Bands to_db(Bands bands) {
  for (float& band : bands) band = 10.0F * std::log10(std::max(band, kFaintest));
  return bands;
}

void lift_floor(std::vector<Bands>& rows) {
  float loudest = -kDynamicsDb;
  for (const auto& bands : rows)
    loudest = std::max(loudest, *std::max_element(bands.begin(), bands.end()));
  for (auto& bands : rows) {
    for (float& band : bands) band = std::max(band, loudest - kDynamicsDb);
  }
}

using Notes = std::array<double, 12>;

/// Each note against the largest of its frame.
void add_chroma(const Notes& notes, RunningStats& stats) {
  const double largest = *std::max_element(notes.begin(), notes.end());
  for (const double note : notes) stats.add(largest > 0.0 ? note / largest : 0.0);
}

Shapes measure_shapes(std::span<const float> sound, double tuning_semitones) {
  static const Filterbank all_bands{kRate / 2.0};
  static const Filterbank onset_bands{kOnsetTopHz};
  const FoldedSpectrum fold{kBins, kBinHz, tuning_semitones};
  Shapes shapes;
  Spectrum spectrum{kFrame};
  CentredFrames mirrored{sound, true};
  CentredFrames held{sound, false};
  shapes.bands_db.reserve(mirrored.count());
  shapes.onsets_db.reserve(mirrored.count());
  for (std::size_t i = 0; i < mirrored.count(); ++i) {
    const auto frame = mirrored.at(i);
    const auto power = spectrum.power(frame);
    add_shape(power, shapes);
    add_chroma(fold(power), shapes.folded);
    const auto bands = all_bands(power);
    for (const float band : bands) shapes.mel.add(static_cast<double>(band));
    shapes.bands_db.push_back(to_db(bands));
    shapes.onsets_db.push_back(to_db(onset_bands(power)));
    shapes.rms.add(rms_of(frame));
    shapes.crossings.add(crossings_of(held.at(i)));
  }
  lift_floor(shapes.bands_db);
  lift_floor(shapes.onsets_db);
  return shapes;
}

RunningStats mfcc_of(const std::vector<Bands>& bands_db) {
  static const auto cosines = [] {
    std::array<Bands, kCoefficients> table{};
    for (std::size_t c = 0; c < kCoefficients; ++c) {
      const double scale = std::sqrt((c == 0 ? 1.0 : 2.0) / kBands);
      for (std::size_t b = 0; b < kBands; ++b)
        table[c][b] = static_cast<float>(
            scale * std::cos(std::numbers::pi / kBands * (static_cast<double>(b) + 0.5) *
                             static_cast<double>(c)));
    }
    return table;
  }();
  RunningStats stats;
  for (const auto& bands : bands_db) {
    for (const auto& cosine : cosines)
      stats.add(static_cast<double>(
          std::inner_product(bands.begin(), bands.end(), cosine.begin(), 0.0F)));
  }
  return stats;
}

/// Mean rise of the bands, each value moved three frames later, where the frame's middle hears it.
std::vector<float> strength_of(const std::vector<Bands>& bands_db) {
  constexpr std::size_t kDelay = 1 + kFrame / (2 * kHop);
  std::vector<float> strength(bands_db.size(), 0.0F);
  for (std::size_t i = 1; i < bands_db.size() && i - 1 + kDelay < strength.size(); ++i) {
    float rise = 0.0F;
    for (std::size_t b = 0; b < kBands; ++b)
      rise += std::max(0.0F, bands_db[i][b] - bands_db[i - 1][b]);
    strength[i - 1 + kDelay] = rise / kBands;
  }
  return strength;
}

std::vector<Notes> notes_of(std::span<const float> sound, double tuning_semitones) {
  std::vector<Notes> rows;
  for (const auto& bins : constant_q(sound, tuning_semitones)) {
    Notes notes{};
    for (std::size_t b = 0; b < bins.size(); ++b) notes[b % 12] += static_cast<double>(bins[b]);
    rows.push_back(notes);
  }
  return rows;
}

RunningStats chroma_of(const std::vector<Notes>& rows) {
  RunningStats stats;
  for (const auto& notes : rows) add_chroma(notes, stats);
  return stats;
}

/// Chroma energy normalised statistics: shares in four steps, smoothed over 41 frames, each frame
/// of length 1 (Mueller and Ewert, "Chroma toolbox", ISMIR 2011).
RunningStats cens_of(const std::vector<Notes>& rows) {
  constexpr std::ptrdiff_t kReach = 20;
  std::vector<Notes> steps;
  for (const auto& notes : rows) {
    const double sum = std::accumulate(notes.begin(), notes.end(), 0.0);
    Notes stepped{};
    for (std::size_t i = 0; i < 12; ++i) {
      for (const double step : {0.05, 0.1, 0.2, 0.4})
        stepped[i] += sum > 0.0 && notes[i] / sum > step ? 0.25 : 0.0;
    }
    steps.push_back(stepped);
  }
  RunningStats stats;
  for (std::ptrdiff_t at = 0; at < std::ssize(steps); ++at) {
    Notes smooth{};
    for (auto j = -kReach; j <= kReach; ++j) {
      if (at + j < 0 || at + j >= std::ssize(steps)) continue;
      const double weight =
          0.5 + 0.5 * std::cos(std::numbers::pi * static_cast<double>(j) / (kReach + 1));
      for (std::size_t i = 0; i < 12; ++i)
        smooth[i] += weight * steps[static_cast<std::size_t>(at + j)][i];
    }
    const double length =
        std::sqrt(std::inner_product(smooth.begin(), smooth.end(), smooth.begin(), 0.0));
    for (const double note : smooth) stats.add(length > 0.0 ? note / length : 0.0);
  }
  return stats;
}

}  // namespace

ExcerptFeatures describe_excerpt(std::span<const float> sound, double tuning_semitones) {
  const auto shapes = measure_shapes(sound, tuning_semitones);
  const auto strength = strength_of(shapes.onsets_db);
  RunningStats onsets;
  for (const auto frame : find_onsets(strength, kRate / kHop))
    onsets.add(static_cast<double>(frame));
  const auto notes = notes_of(sound, tuning_semitones);
  ExcerptFeatures features{};
  std::size_t next = 0;
  for (const auto& stats : {shapes.centroid, shapes.bandwidth, shapes.rolloff, shapes.folded,
                            chroma_of(notes), cens_of(notes), shapes.mel, tempogram(strength),
                            mfcc_of(shapes.bands_db), onsets, shapes.rms, shapes.crossings}) {
    features[next++] = stats.mean();
    features[next++] = stats.deviation();
  }
  return features;
}

}  // namespace harmonic::audio
