#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/whole_file.h"
#include "commands.h"
#include "from_music.h"
#include "moodtrial/sound_fonts.h"
#include "moodtrial/tempo_lessons.h"

namespace harmonic::app {

namespace {

using moodtrial::TempoShares;

constexpr std::size_t kFolds = 6;

struct Wanted : FromMusic {
  std::vector<std::filesystem::path> more;
};

void print(const char* whose, const TempoShares& shares) {
  std::printf("%-44s %5.1f %%, octaves equal %5.1f %% of %zu\n", whose,
              100.0 * shares.exact.value(), 100.0 * shares.octave.value(), shares.exact.all);
}

Result<void> run(const Wanted& wanted) {
  HARMONIC_TRY(auto sources, moodtrial::find_sources_for_ears(wanted.data, wanted.cache));
  sources.jobs = wanted.jobs;
  HARMONIC_TRY(const auto lessons, moodtrial::hear_tempo_lessons(sources, wanted.more, show_heard));
  const auto clicks = moodtrial::click_lessons();
  print("in folds, by weights that never heard it",
        moodtrial::judge_in_folds(lessons.taught, clicks, kFolds, wanted.seed));
  auto all = lessons.taught;
  all.insert(all.end(), clicks.begin(), clicks.end());
  const auto weights = moodtrial::teach_tempo(all);
  print("what taught the weights", moodtrial::judge_tempo(lessons.taught, weights));
  print("games that taught nothing", moodtrial::judge_tempo(lessons.judged, weights));
  print("clicks", moodtrial::judge_tempo(clicks, weights));
  return write_whole(wanted.out, moodtrial::as_header(weights));
}

}  // namespace

void add_train_tempo(CLI::App& app, int& exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* tempo = app.add_subcommand("tempo", "Learns which repetition of the onsets is the beat.");
  add_from_music(*tempo, *wanted, "folder with midi, or its archive",
                 "the C++ header that receives the weights");
  tempo->add_option("--more", wanted->more, "folders of other MIDI files that teach")
      ->check(CLI::ExistingDirectory);
  tempo->footer(
      "Example:\n"
      "  harmonic-train tempo --data music --cache heard --out src/audio/beat_weights.h\n"
      "    --more /usr/share/games/openttd/baseset/openmsx freedoom\n"
      "freedoom: what tools/wad_music.py unpacked.\n"
      "How good it is: harmonic eval ears");
  when_given(
      *tempo, [wanted] { return run(*wanted); }, exit);
}

}  // namespace harmonic::app
