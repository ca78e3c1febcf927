#include "drawing/song_course.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "audio/analyse.h"
#include "audio/decode.h"
#include "audio/framer.h"
#include "audio/spectrum.h"

namespace harmonic::drawing {

using std::chrono::milliseconds;

namespace {

class LevelMeter {
 public:
  LevelMeter(int rate, int channel_count)
      : step_{static_cast<std::size_t>(kLevelStep.count() * rate / 1000 * channel_count)} {}

  /// Interleaved samples.
  void push(std::span<const float> channels) {
    for (const float sample : channels) {
      peak_ = std::max(peak_, std::abs(sample));
      squares_ += static_cast<double>(sample) * static_cast<double>(sample);
      if (++count_ == step_) end_step();
    }
  }

  std::vector<Level> finish() {
    if (count_ > 0) end_step();
    return std::move(levels_);
  }

 private:
  void end_step() {
    levels_.push_back(
        {peak_, static_cast<float>(std::sqrt(squares_ / static_cast<double>(count_)))});
    peak_ = 0.0F;
    squares_ = 0.0;
    count_ = 0;
  }

  std::size_t step_;
  std::vector<Level> levels_;
  float peak_ = 0.0F;
  double squares_ = 0.0;
  std::size_t count_ = 0;
};

/// Energy of the spectrum's peaks by pitch class, A = 440 Hz, as it stands: neither tuned nor
/// smoothed, for the eye to read.
class ChromaMeter {
 public:
  /// Mono at audio::kFeatureRate.
  void push(std::span<const float> mono) {
    framer_.push(mono, [this](std::span<const float> frame) { hear(spectrum_.power(frame)); });
  }

  std::vector<ChromaFrame> finish() { return std::move(frames_); }

 private:
  static constexpr std::size_t kFrame = 8192;  // 372 ms: semitones stand apart above 110 Hz
  static constexpr std::size_t kHop = 4096;
  static constexpr double kBinHz = static_cast<double>(audio::kFeatureRate) / kFrame;
  static constexpr auto kFirst = static_cast<std::size_t>(110.0 / kBinHz);
  static constexpr auto kLast = static_cast<std::size_t>(2100.0 / kBinHz);
  static constexpr long kOctavesUp = 96;    // in semitones: below A4 too, the remainder is positive
  static constexpr float kSilence = 1e-8F;  // a partial of -80 dBFS

  static std::size_t pitch_class(std::size_t bin) {
    const auto semitones = std::lround(12.0 * std::log2(kBinHz * static_cast<double>(bin) / 440.0));
    return static_cast<std::size_t>((semitones + 9 + kOctavesUp) % 12);  // A is 9 above C
  }

  void hear(std::span<const float> power) {
    ChromaFrame frame{};
    for (std::size_t k = kFirst; k < kLast; ++k) {
      if (power[k] > kSilence && power[k] > power[k - 1] && power[k] >= power[k + 1])
        frame.at(pitch_class(k)) += std::sqrt(power[k]);
    }
    const float most = *std::max_element(frame.begin(), frame.end());
    if (most > 0.0F) {
      for (auto& value : frame) value /= most;
    }
    frames_.push_back(frame);
  }

  audio::Framer framer_{kFrame, kHop};
  audio::Spectrum spectrum_{kFrame};
  std::vector<ChromaFrame> frames_;
};

std::vector<audio::Part> windows_of(milliseconds duration) {
  std::vector<audio::Part> parts;
  if (duration <= kWindow) return {{milliseconds{0}, std::nullopt}};
  for (milliseconds start{0}; start + kWindow <= duration; start += kWindowStep)
    parts.push_back({start, start + kWindow});
  return parts;
}

Result<std::vector<Window>> hear_windows(const std::filesystem::path& file, milliseconds duration,
                                         const mood::Model& model) {
  const auto parts = windows_of(duration);
  HARMONIC_TRY(const auto heard, audio::analyse_parts(file, parts));
  std::vector<Window> windows;
  windows.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!heard[i]) continue;
    const auto mood = model.mood_of(heard[i]->features);
    const auto end = parts[i].end.value_or(duration);
    windows.push_back({parts[i].start + (end - parts[i].start) / 2,
                       heard[i]->tempo ? std::optional{heard[i]->tempo->bpm()} : std::nullopt,
                       mood.point, mood.valence_doubt, mood.arousal_doubt});
  }
  return windows;
}

}  // namespace

Result<SongCourse> follow_song(const std::filesystem::path& file, const mood::Model& model) {
  HARMONIC_TRY(auto decoder, audio::Decoder::open(file));
  LevelMeter levels{decoder.rate(), decoder.channel_count()};
  ChromaMeter chroma;
  audio::Block block;
  while (true) {
    HARMONIC_TRY(const bool more, decoder.read(block));
    if (!more) break;
    levels.push(block.channels);
    chroma.push(block.mono);
  }
  SongCourse course{decoder.decoded(), levels.finish(), chroma.finish(), {}};
  HARMONIC_TRY(course.windows, hear_windows(file, course.duration, model));
  return course;
}

}  // namespace harmonic::drawing
