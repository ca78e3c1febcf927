#include "moodtrial/ears.h"

#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "audio/analyse.h"
#include "audio/harmony.h"
#include "moodtrial/games.h"
#include "moodtrial/midi.h"
#include "moodtrial/wave.h"

namespace harmonic::moodtrial {

namespace {

namespace fs = std::filesystem;

constexpr std::array kTempi{1.0, 0.85, 1.15};
constexpr std::array kSteps{0, 3, -5};

struct Heard {
  Score score;
  std::optional<Key> key;
  double bpm = 0.0;  ///< 0: none was told
};

/// A piece as written, slower, faster, higher, lower.
struct Versions {
  bool taught = false;  ///< the tempo
  std::array<Heard, kTempi.size()> tempi;
  std::array<Heard, kSteps.size()> steps;  ///< the first one is that of `tempi`
};

Result<Heard> hear(Synth& synth, const fs::path& midi, const Manner& manner) {
  HARMONIC_TRY(const auto performance, synth.perform(midi, manner, kHeardOfAGame));
  HARMONIC_TRY(const auto analysis, audio::analyse(as_wav(performance.sound, 2, kRenderRate)));
  Heard heard{performance.score, analysis.key};
  if (analysis.tempo) heard.bpm = static_cast<double>(analysis.tempo->bpm());
  return heard;
}

Result<Versions> hear_versions(Synth& synth, const fs::path& midi) {
  Versions versions;
  versions.taught = may_teach(midi);
  for (std::size_t i = 0; i < kTempi.size(); ++i) {
    Manner manner;
    manner.tempo = kTempi[i];
    HARMONIC_TRY(versions.tempi[i], hear(synth, midi, manner));
  }
  versions.steps[0] = versions.tempi[0];
  for (std::size_t i = 1; i < kSteps.size(); ++i) {
    Manner manner;
    manner.transpose = kSteps[i];
    HARMONIC_TRY(versions.steps[i], hear(synth, midi, manner));
  }
  return versions;
}

bool moved_by(const std::optional<Key>& from, const std::optional<Key>& to, int semitones) {
  return from && to && from->mode == to->mode &&
         (static_cast<int>(from->tonic) + semitones + 12) % 12 == static_cast<int>(to->tonic);
}

EarFigures figures_of(const std::vector<Versions>& pieces) {
  TempoShares tempo;
  TempoShares untaught;
  Share follows;
  Share mode;
  for (const auto& piece : pieces) {
    for (const auto& heard : piece.tempi) {
      if (!heard.score.bpm) continue;
      tempo.add(heard.bpm, *heard.score.bpm);
      if (!piece.taught) untaught.add(heard.bpm, *heard.score.bpm);
    }
    const auto& written = piece.steps[0];
    for (std::size_t i = 1; i < kSteps.size(); ++i)
      follows.add(moved_by(written.key, piece.steps[i].key, kSteps[i]));
    const auto settled = audio::fit_key(written.score.seconds);
    if (std::abs(settled.majorness) >= kSettled)
      mode.add(written.key && written.key->mode == settled.key.mode);
  }
  return {tempo.exact.all,    tempo.exact.value(),    tempo.octave.value(),
          untaught.exact.all, untaught.exact.value(), untaught.octave.value(),
          follows.all,        follows.value(),        mode.all,
          mode.value()};
}

}  // namespace

Result<EarFigures> measure_ears(const Sources& sources, const OnHeard& on_heard) {
  HARMONIC_TRY(const auto files, find_games(sources));
  std::vector<Versions> pieces(files.size());
  HARMONIC_CHECK(play_each(
      sources, files.size(), "pieces in five versions",
      [&](Synth& synth, std::size_t at) -> Result<void> {
        HARMONIC_TRY(pieces[at], hear_versions(synth, files[at]));
        return {};
      },
      on_heard));
  return figures_of(pieces);
}

}  // namespace harmonic::moodtrial
