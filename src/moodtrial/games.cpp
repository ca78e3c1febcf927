#include "moodtrial/games.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <mutex>

#include "corpus/archive.h"
#include "moodtrial/parallel.h"

namespace harmonic::moodtrial {

namespace fs = std::filesystem;

namespace {

/// How the file names of games begin that teach nothing.
constexpr std::array<std::string_view, 7> kKeptToJudge{
    "Donkey Kong_",       "Mana_",        "Other_N64_",          "Other_NES_Ghosts",
    "Other_PC_The Sims_", "Super Mario_", "The Legend of Zelda_"};

bool is_near(double said, double truth) {
  constexpr double kNear = 0.04;
  return std::abs(said - truth) <= kNear * truth;
}

}  // namespace

Result<std::vector<fs::path>> find_games(const Sources& sources) {
  HARMONIC_TRY(const auto midi,
               corpus::open_set(sources.data, "midi", "midi_moods.tar.zst", sources.cache));
  return midi_files(midi / "vgmidi" / "labelled" / "midi");
}

bool may_teach(const fs::path& midi) {
  const auto name = midi.filename().string();
  return std::none_of(kKeptToJudge.begin(), kKeptToJudge.end(),
                      [&name](auto game) { return name.starts_with(game); });
}

std::string game_of(const fs::path& midi) {
  // SERIES_MACHINE_GAME_PIECE.mid
  const auto name = midi.stem().string();
  const auto series = name.substr(0, name.find('_'));
  return series == "Other" ? name.substr(0, name.rfind('_')) : series;
}

Result<void> play_each(const Sources& sources, std::size_t count, std::string_view what,
                       const PlayOne& play_one, const OnHeard& on_heard) {
  std::mutex mutex;
  std::size_t done = 0;
  return in_parallel(count, sources.jobs, [&]() -> Work {
    const auto synth = std::make_shared<Result<Synth>>(Synth::open(sources.fonts.front()));
    return [&, synth](std::size_t at) -> Result<void> {
      if (!*synth) return tl::unexpected{synth->error()};
      HARMONIC_CHECK(play_one(**synth, at));
      const std::lock_guard lock{mutex};
      if (on_heard) on_heard(what, ++done, count);
      return {};
    };
  });
}

void TempoShares::add(double said, double written) {
  constexpr std::array kTimes{1.0, 2.0, 0.5, 3.0, 1.0 / 3.0};
  exact.add(is_near(said, written));
  octave.add(std::any_of(kTimes.begin(), kTimes.end(),
                         [&](double times) { return is_near(said, written * times); }));
}

}  // namespace harmonic::moodtrial
