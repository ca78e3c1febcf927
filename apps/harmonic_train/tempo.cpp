#include "tempo.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/status.h"
#include "base/whole_file.h"
#include "moodtrial/sound_fonts.h"
#include "moodtrial/tempo_lessons.h"

namespace harmonic::app {

namespace {

using moodtrial::TempoShares;

constexpr std::size_t kFolds = 6;

struct Wanted {
  std::string data;
  std::string cache;
  std::vector<std::filesystem::path> more;
  std::string out;
  std::uint64_t seed = 1;
  std::size_t jobs = 1;
};

void show(std::string_view what, std::size_t done, std::size_t all) {
  std::fprintf(stderr, "\r%.*s: %zu of %zu heard%s", static_cast<int>(what.size()), what.data(),
               done, all, done == all ? "\n" : "  ");
}

void print(const char* whose, const TempoShares& shares) {
  std::printf("%-44s %5.1f %%, octaves equal %5.1f %% of %zu\n", whose,
              100.0 * shares.exact.value(), 100.0 * shares.octave.value(), shares.exact.all);
}

Result<void> run(const Wanted& wanted) {
  HARMONIC_TRY(auto sources, moodtrial::find_sources_for_ears(wanted.data, wanted.cache));
  sources.jobs = wanted.jobs;
  HARMONIC_TRY(const auto lessons, moodtrial::hear_tempo_lessons(sources, wanted.more, show));
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
  tempo->add_option("--data", wanted->data, "folder with midi, or its archive")->required();
  tempo->add_option("--cache", wanted->cache, "folder for what was unpacked")->required();
  tempo->add_option("--more", wanted->more, "folders of other MIDI files that teach")
      ->check(CLI::ExistingDirectory);
  tempo->add_option("--out", wanted->out, "the C++ header that receives the weights")->required();
  tempo->add_option("--seed", wanted->seed, "of the folds")->capture_default_str();
  tempo->add_option("--jobs", wanted->jobs, "threads that hear")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  tempo->footer(
      "Example:\n"
      "  harmonic-train tempo --data music --cache heard --out src/audio/beat_weights.h\n"
      "    --more /usr/share/games/openttd/baseset/openmsx freedoom\n"
      "freedoom: what tools/wad_music.py unpacked.\n"
      "How good it is: harmonic eval ears");
  tempo->callback([wanted, &exit] {
    const auto done = run(*wanted);
    if (done) return;
    std::fprintf(stderr, "harmonic-train tempo: %s\n", done.error().message.c_str());
    exit = exit_code(done.error().kind);
  });
}

}  // namespace harmonic::app
