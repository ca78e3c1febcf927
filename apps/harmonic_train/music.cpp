#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>

#include "commands.h"
#include "from_music.h"
#include "moodtrial/release.h"
#include "moodtrial/sound_fonts.h"
#include "moodtrial/trial.h"

namespace harmonic::app {

namespace {

Result<void> run(const FromMusic& wanted) {
  HARMONIC_TRY(auto sources, moodtrial::find_sources(wanted.data, wanted.cache));
  sources.jobs = wanted.jobs;
  HARMONIC_TRY(const auto corpora, moodtrial::hear_corpora(sources, show_heard));
  std::fprintf(stderr, "teaching\n");
  return moodtrial::write_model(moodtrial::teach(corpora, wanted.seed), corpora, wanted.seed,
                                wanted.out);
}

}  // namespace

void add_train_music(CLI::App& app, int& exit) {
  const auto wanted = std::make_shared<FromMusic>();
  auto* music = app.add_subcommand("music", "Learns the moods of songs from their features.");
  add_from_music(*music, *wanted, "folder with deam, emotify and midi, or their archives",
                 "folder for mood.bin and manifest.json");
  music->footer(
      "Example:\n"
      "  harmonic-train music --data music --cache heard --out models/music\n"
      "How good it is: harmonic eval music");
  when_given(
      *music, [wanted] { return run(*wanted); }, exit);
}

}  // namespace harmonic::app
