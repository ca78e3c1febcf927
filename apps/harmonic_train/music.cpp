#include "music.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "base/status.h"
#include "moodtrial/release.h"
#include "moodtrial/sound_fonts.h"
#include "moodtrial/trial.h"

namespace harmonic::app {

namespace {

struct Wanted {
  std::string data;
  std::string cache;
  std::string out;
  std::uint64_t seed = 1;
  std::size_t jobs = 1;
};

void show(std::string_view what, std::size_t done, std::size_t all) {
  if (done % 10 != 0 && done != all) return;
  std::fprintf(stderr, "\r%.*s: %zu of %zu pieces heard%s", static_cast<int>(what.size()),
               what.data(), done, all, done == all ? "\n" : "  ");
}

Result<void> run(const Wanted& wanted) {
  HARMONIC_TRY(auto sources, moodtrial::find_sources(wanted.data, wanted.cache));
  sources.jobs = wanted.jobs;
  HARMONIC_TRY(const auto corpora, moodtrial::hear_corpora(sources, show));
  std::fprintf(stderr, "teaching\n");
  return moodtrial::write_model(moodtrial::teach(corpora, wanted.seed), corpora, wanted.seed,
                                wanted.out);
}

}  // namespace

void add_train_music(CLI::App& app, int& exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* music = app.add_subcommand("music", "Learns the moods of songs from their features.");
  music->add_option("--data", wanted->data, "folder with deam, emotify and midi, or their archives")
      ->required();
  music
      ->add_option("--cache", wanted->cache,
                   "folder for what was unpacked and heard; what is there is not heard again")
      ->required();
  music->add_option("--out", wanted->out, "folder for mood.bin and manifest.json")->required();
  music->add_option("--seed", wanted->seed, "of every random choice")->capture_default_str();
  music->add_option("--jobs", wanted->jobs, "threads that hear")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  music->footer(
      "Example:\n"
      "  harmonic-train music --data music --cache heard --out models/music\n"
      "How good it is: harmonic eval music");
  music->callback([wanted, &exit] {
    const auto done = run(*wanted);
    if (done) return;
    std::fprintf(stderr, "harmonic-train music: %s\n", done.error().message.c_str());
    exit = exit_code(done.error().kind);
  });
}

}  // namespace harmonic::app
