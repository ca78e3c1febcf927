#include "moodtrial/ears.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "audio/analyse.h"
#include "audio/harmony.h"
#include "corpus/archive.h"
#include "moodtrial/midi.h"
#include "moodtrial/wave.h"

namespace harmonic::moodtrial {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kLongest{120};
constexpr double kNear = 0.04;
constexpr std::array kTempi{1.0, 0.85, 1.15};
constexpr std::array kSteps{0, 3, -5};
/// How the file names of games begin that taught the weights of audio/beat.cpp nothing.
constexpr std::array<std::string_view, 7> kUntaught{
    "Donkey Kong_",       "Mana_",        "Other_N64_",          "Other_NES_Ghosts",
    "Other_PC_The Sims_", "Super Mario_", "The Legend of Zelda_"};

struct Heard {
  Score score;
  std::optional<Key> key;
  std::optional<double> bpm;
};

/// A piece as written, slower, faster, higher, lower.
struct Versions {
  bool taught = false;  ///< the tempo
  std::array<Heard, kTempi.size()> tempi;
  std::array<Heard, kSteps.size()> steps;  ///< the first one is that of `tempi`
};

struct Share {
  std::size_t hits = 0;
  std::size_t all = 0;
  void add(bool hit) {
    hits += hit ? 1 : 0;
    ++all;
  }
  [[nodiscard]] double value() const {
    return all > 0 ? static_cast<double>(hits) / static_cast<double>(all) : 0.0;
  }
};

Result<Heard> hear(Synth& synth, const fs::path& midi, const Manner& manner) {
  HARMONIC_TRY(const auto performance, synth.perform(midi, manner, kLongest));
  HARMONIC_TRY(const auto analysis, audio::analyse(as_wav(performance.sound, 2, kRenderRate)));
  Heard heard{performance.score, analysis.key, {}};
  if (analysis.tempo) heard.bpm = static_cast<double>(analysis.tempo->bpm());
  return heard;
}

bool has_taught(const fs::path& midi) {
  const auto name = midi.filename().string();
  return std::none_of(kUntaught.begin(), kUntaught.end(),
                      [&name](auto game) { return name.starts_with(game); });
}

Result<Versions> hear_versions(Synth& synth, const fs::path& midi) {
  Versions versions;
  versions.taught = has_taught(midi);
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

bool is_near(double said, double truth) { return std::abs(said - truth) <= kNear * truth; }

bool is_near_by_octave(double said, double truth) {
  constexpr std::array kTimes{1.0, 2.0, 0.5, 3.0, 1.0 / 3.0};
  return std::any_of(kTimes.begin(), kTimes.end(),
                     [&](double times) { return is_near(said, truth * times); });
}

bool moved_by(const std::optional<Key>& from, const std::optional<Key>& to, int semitones) {
  return from && to && from->mode == to->mode &&
         (static_cast<int>(from->tonic) + semitones + 12) % 12 == static_cast<int>(to->tonic);
}

struct TempoShares {
  Share exact;
  Share octave;
  void add(const Heard& heard) {
    if (!heard.score.bpm) return;
    exact.add(heard.bpm && is_near(*heard.bpm, *heard.score.bpm));
    octave.add(heard.bpm && is_near_by_octave(*heard.bpm, *heard.score.bpm));
  }
};

EarFigures figures_of(const std::vector<Versions>& pieces) {
  TempoShares tempo;
  TempoShares untaught;
  Share follows;
  Share mode;
  for (const auto& piece : pieces) {
    for (const auto& heard : piece.tempi) {
      tempo.add(heard);
      if (!piece.taught) untaught.add(heard);
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

Result<std::vector<fs::path>> find_pieces(const Sources& sources) {
  HARMONIC_TRY(const auto midi,
               corpus::open_set(sources.data, "midi", "midi_moods.tar.zst", sources.cache));
  std::set<fs::path> files;  // in the same order everywhere
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{midi / "vgmidi" / "labelled" / "midi", error}) {
    if (entry.path().extension() == ".mid") files.insert(entry.path());
  }
  if (files.empty())
    return fail(ErrorKind::kNotFound, (midi / "vgmidi").string() + " holds no pieces");
  return std::vector<fs::path>{files.begin(), files.end()};
}

}  // namespace

Result<EarFigures> measure_ears(const Sources& sources, const OnHeard& on_heard) {
  HARMONIC_TRY(const auto files, find_pieces(sources));
  std::vector<Versions> pieces(files.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t done = 0;
  Result<void> outcome;
  const auto work = [&] {
    auto synth = Synth::open(sources.fonts.front());
    for (auto at = next++; at < files.size(); at = next++) {
      auto heard = synth ? hear_versions(*synth, files[at])
                         : Result<Versions>{tl::unexpected{synth.error()}};
      const std::lock_guard lock{mutex};
      if (!heard) {
        outcome = tl::unexpected{heard.error()};
        next = files.size();
        return;
      }
      pieces[at] = *std::move(heard);
      if (on_heard) on_heard("pieces in five versions", ++done, files.size());
    }
  };
  {
    std::vector<std::jthread> workers;
    for (std::size_t i = 1; i < sources.jobs; ++i) workers.emplace_back(work);
    work();
  }
  HARMONIC_CHECK(outcome);
  return figures_of(pieces);
}

}  // namespace harmonic::moodtrial
