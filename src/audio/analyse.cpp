#include "audio/analyse.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "audio/decode.h"

namespace harmonic::audio {

namespace {

constexpr double kOnsetsPerSecond = static_cast<double>(kFeatureRate) / kTimbreHop;

struct Meters {
  LoudnessMeter loudness;
  TimbreMeter timbre;
  HarmonyMeter harmony;
  PlayingMeter playing;
  Excerpt excerpt;
};

Result<void> check_length(const Decoder& decoder) {
  if (decoder.decoded() <= kLongestSong) return {};
  return fail(ErrorKind::kInvalidInput, "is longer than " + std::to_string(kLongestSong.count()) +
                                            " hours: cut it into songs");
}

Result<void> listen(Decoder& decoder, Meters& meters, const std::stop_token& stop) {
  Block block;
  while (true) {
    if (stop.stop_requested()) return fail(ErrorKind::kUnavailable, "stopped before its end");
    HARMONIC_TRY(const bool more, decoder.read(block));
    if (!more) break;
    meters.loudness.push(block.channels);
    meters.timbre.push(block.mono);
    meters.harmony.push(block.mono);
    meters.playing.push(block.mono);
    meters.excerpt.push(block.channels);
    HARMONIC_CHECK(check_length(decoder));
  }
  if (decoder.decoded() < kShortestSong) {
    return fail(ErrorKind::kInvalidInput,
                "is too short for a song: " + std::to_string(decoder.decoded().count()) + " ms");
  }
  return {};
}

Analysis summarise(const Decoder& decoder, std::chrono::milliseconds duration,
                   const Measured& measured) {
  Analysis analysis;
  analysis.container = decoder.container();
  analysis.duration = duration;
  analysis.tags = decoder.tags();
  analysis.loudness_lufs = static_cast<float>(*measured.loudness.integrated_lufs);
  analysis.loudness_range_lu = static_cast<float>(measured.loudness.range_lu);
  analysis.tempo = measured.rhythm.tempo;
  analysis.tempo_confidence = static_cast<float>(measured.rhythm.tempo_confidence);
  analysis.key = measured.harmony.key;
  analysis.key_strength = static_cast<float>(measured.harmony.key_strength);
  for (const auto& feature : features_of(measured)) analysis.features.push_back(feature.value);
  return analysis;
}

Result<Meters> make_meters(const Decoder& decoder) {
  HARMONIC_TRY(auto loudness, LoudnessMeter::make(decoder.rate(), decoder.channel_count()));
  HARMONIC_TRY(auto excerpt, Excerpt::make(decoder.rate(), decoder.channel_count()));
  return Meters{std::move(loudness), {}, {}, {}, std::move(excerpt)};
}

Result<Analysis> finish(const Decoder& decoder, std::chrono::milliseconds duration,
                        Meters& meters) {
  Measured measured{meters.loudness.finish(), {}, meters.harmony.finish(), meters.timbre.finish(),
                    meters.playing.finish(),  {}};
  if (!measured.loudness.integrated_lufs || measured.timbre.level_db.count() == 0) {
    return fail(ErrorKind::kInvalidInput, "holds nothing but silence");
  }
  measured.rhythm = measure_rhythm(meters.timbre.onset_strength(), kOnsetsPerSecond);
  measured.excerpt = describe_excerpt(meters.excerpt.take(), measured.harmony.tuning_cents / 100.0);
  return summarise(decoder, duration, measured);
}

Result<Analysis> analyse_sound(Decoder decoder, const std::stop_token& stop) {
  HARMONIC_TRY(auto meters, make_meters(decoder));
  HARMONIC_CHECK(listen(decoder, meters, stop));
  return finish(decoder, decoder.decoded(), meters);
}

/// One of the two streams of a decoder's blocks, cut at a part's ends.
class Cutter {
 public:
  Cutter(const Part& part, int rate, int width)
      : first_{samples(part.start, rate)},
        last_{part.end ? samples(*part.end, rate) : std::numeric_limits<std::int64_t>::max()},
        width_{width} {}

  /// What of the next piece belongs to the part.
  std::span<const float> cut(std::span<const float> piece) {
    const auto count = std::ssize(piece) / width_;
    const auto from = std::clamp<std::int64_t>(first_ - at_, 0, count);
    const auto to = std::clamp<std::int64_t>(last_ - at_, from, count);
    at_ += count;
    kept_ += to - from;
    return piece.subspan(static_cast<std::size_t>(from * width_),
                         static_cast<std::size_t>((to - from) * width_));
  }
  [[nodiscard]] bool is_over() const { return at_ >= last_; }
  [[nodiscard]] std::int64_t kept() const { return kept_; }

 private:
  static std::int64_t samples(std::chrono::milliseconds time, int rate) {
    return time.count() * rate / 1000;
  }
  std::int64_t first_;
  std::int64_t last_;
  std::int64_t width_;
  std::int64_t at_ = 0;
  std::int64_t kept_ = 0;
};

/// A part while it is being heard. The meters exist only from its start to its end.
class PartAnalysis {
 public:
  PartAnalysis(const Part& part, const Decoder& decoder)
      : wide_{part, decoder.rate(), decoder.channel_count()},
        narrow_{part, kFeatureRate, 1},
        rate_{decoder.rate()} {}

  Result<void> push(const Decoder& decoder, const Block& block) {
    if (result_) return {};
    const auto channels = wide_.cut(block.channels);
    const auto mono = narrow_.cut(block.mono);
    if (!meters_ && (!channels.empty() || !mono.empty())) {
      HARMONIC_TRY(auto meters, make_meters(decoder));
      meters_.emplace(std::move(meters));
    }
    if (meters_) {
      meters_->loudness.push(channels);
      meters_->timbre.push(mono);
      meters_->harmony.push(mono);
      meters_->playing.push(mono);
      meters_->excerpt.push(channels);
    }
    if (wide_.is_over() && narrow_.is_over()) end(decoder);
    return {};
  }

  Result<Analysis> take(const Decoder& decoder) {
    if (!result_) end(decoder);
    return *std::move(result_);
  }

 private:
  void end(const Decoder& decoder) {
    const std::chrono::milliseconds duration{wide_.kept() * 1000 / rate_};
    if (!meters_) {
      result_ = fail(ErrorKind::kInvalidInput, "begins behind the end of its file");
    } else if (duration < kShortestSong) {
      result_ = fail(ErrorKind::kInvalidInput,
                     "is too short for a song: " + std::to_string(duration.count()) + " ms");
    } else {
      result_ = finish(decoder, duration, *meters_);
    }
    meters_.reset();
  }

  Cutter wide_;
  Cutter narrow_;
  int rate_;
  std::optional<Meters> meters_;
  std::optional<Result<Analysis>> result_;
};

}  // namespace

Result<Analysis> analyse(const std::filesystem::path& path, const std::stop_token& stop) {
  if (sheet_of(path)) {
    HARMONIC_TRY(const auto song, find_cue_song(path));
    HARMONIC_TRY(auto parts, analyse_parts(song.sound, {&song.part, 1}, stop));
    if (parts.front()) tell_track(parts.front()->tags, song.sheet, song.track);
    return std::move(parts.front());
  }
  HARMONIC_TRY(auto decoder, Decoder::open(path));
  return analyse_sound(std::move(decoder), stop);
}

Result<Analysis> analyse(std::span<const std::byte> bytes, const std::stop_token& stop) {
  HARMONIC_TRY(auto decoder, Decoder::open(bytes));
  return analyse_sound(std::move(decoder), stop);
}

Result<std::vector<Result<Analysis>>> analyse_parts(const std::filesystem::path& path,
                                                    std::span<const Part> parts,
                                                    const std::stop_token& stop) {
  HARMONIC_TRY(auto decoder, Decoder::open(path));
  std::vector<PartAnalysis> running;
  running.reserve(parts.size());
  for (const auto& part : parts) running.emplace_back(part, decoder);
  Block block;
  while (true) {
    if (stop.stop_requested()) return fail(ErrorKind::kUnavailable, "stopped before its end");
    HARMONIC_TRY(const bool more, decoder.read(block));
    if (!more) break;
    for (auto& part : running) HARMONIC_CHECK(part.push(decoder, block));
    HARMONIC_CHECK(check_length(decoder));
  }
  std::vector<Result<Analysis>> all;
  all.reserve(running.size());
  for (auto& part : running) all.push_back(part.take(decoder));
  return all;
}

}  // namespace harmonic::audio
