#include "audio/analyse.h"

#include <utility>

#include "audio/decode.h"
#include "audio/mood.h"

namespace harmonic::audio {

namespace {

constexpr double kOnsetsPerSecond = static_cast<double>(kFeatureRate) / kTimbreHop;

struct Meters {
  LoudnessMeter loudness;
  TimbreMeter timbre;
  HarmonyMeter harmony;
  Excerpt excerpt;
};

Result<void> listen(Decoder& decoder, Meters& meters, const std::stop_token& stop) {
  Block block;
  while (true) {
    if (stop.stop_requested()) return fail(ErrorKind::kUnavailable, "stopped before its end");
    HARMONIC_TRY(const bool more, decoder.read(block));
    if (!more) break;
    meters.loudness.push(block.channels);
    meters.timbre.push(block.mono);
    meters.harmony.push(block.mono);
    meters.excerpt.push(block.channels);
    if (decoder.decoded() > kLongestSong) {
      return fail(
          ErrorKind::kInvalidInput,
          "is longer than " + std::to_string(kLongestSong.count()) + " hours: cut it into songs");
    }
  }
  if (decoder.decoded() < kShortestSong) {
    return fail(ErrorKind::kInvalidInput,
                "is too short for a song: " + std::to_string(decoder.decoded().count()) + " ms");
  }
  return {};
}

Analysis summarise(const Decoder& decoder, const Measured& measured) {
  Analysis analysis;
  analysis.container = decoder.container();
  analysis.duration = decoder.decoded();
  analysis.tags = decoder.tags();
  analysis.loudness_lufs = static_cast<float>(*measured.loudness.integrated_lufs);
  analysis.loudness_range_lu = static_cast<float>(measured.loudness.range_lu);
  analysis.tempo = measured.rhythm.tempo;
  analysis.tempo_confidence = static_cast<float>(measured.rhythm.confidence);
  analysis.key = measured.harmony.key;
  analysis.key_strength = static_cast<float>(measured.harmony.key_strength);
  for (const auto& feature : features_of(measured)) analysis.features.push_back(feature.value);
  analysis.mood = mood_of(analysis.features);
  return analysis;
}

Result<Analysis> analyse_sound(Decoder decoder, const std::stop_token& stop) {
  HARMONIC_TRY(auto loudness, LoudnessMeter::make(decoder.rate(), decoder.channel_count()));
  Meters meters{std::move(loudness), {}, {}, {decoder.rate(), decoder.channel_count()}};
  HARMONIC_CHECK(listen(decoder, meters, stop));
  Measured measured{
      meters.loudness.finish(), {}, meters.harmony.finish(), meters.timbre.finish(), {}};
  if (!measured.loudness.integrated_lufs || measured.timbre.level_db.count() == 0) {
    return fail(ErrorKind::kInvalidInput, "holds nothing but silence");
  }
  measured.rhythm = measure_rhythm(meters.timbre.onset_strength(), kOnsetsPerSecond);
  HARMONIC_TRY(const auto excerpt, meters.excerpt.sound());
  measured.excerpt = describe_excerpt(excerpt, measured.harmony.tuning_cents / 100.0);
  return summarise(decoder, measured);
}

}  // namespace

Result<Analysis> analyse(const std::filesystem::path& path, const std::stop_token& stop) {
  HARMONIC_TRY(auto decoder, Decoder::open(path));
  return analyse_sound(std::move(decoder), stop);
}

Result<Analysis> analyse(std::span<const std::byte> bytes, const std::stop_token& stop) {
  HARMONIC_TRY(auto decoder, Decoder::open(bytes));
  return analyse_sound(std::move(decoder), stop);
}

}  // namespace harmonic::audio
