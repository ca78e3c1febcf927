// harmonic eval ears: tempo, key and mode as we hear them, against the notes that were played.
#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "moodtrial/ears.h"
#include "moodtrial/sound_fonts.h"

namespace harmonic::app {
namespace {

struct Wanted {
  std::string data;
  std::string cache;
  std::size_t jobs = 1;
  bool json = false;
};

void show_heard(std::string_view what, std::size_t done, std::size_t all) {
  std::fprintf(stderr, "\r%zu of %zu %.*s heard%s", done, all, static_cast<int>(what.size()),
               what.data(), done == all ? "\n" : "  ");
}

void print(const moodtrial::EarFigures& figures, bool as_json) {
  if (as_json) {
    const nlohmann::ordered_json json{
        {"tempo",
         {{"pieces", figures.tempo_pieces},
          {"within_4_percent", figures.tempo_exact},
          {"within_4_percent_of_an_octave", figures.tempo_octave}}},
        {"tempo_untaught",
         {{"pieces", figures.untaught_pieces},
          {"within_4_percent", figures.untaught_exact},
          {"within_4_percent_of_an_octave", figures.untaught_octave}}},
        {"key", {{"pieces", figures.key_pieces}, {"follows", figures.key_follows}}},
        {"mode", {{"pieces", figures.mode_pieces}, {"right", figures.mode_right}}}};
    std::printf("%s\n", json.dump().c_str());
    return;
  }
  const auto line = [](const char* words, double share, std::size_t pieces) {
    std::printf("%-44s %5.1f %% of %zu\n", words, 100.0 * share, pieces);
  };
  line("tempo within 4 %", figures.tempo_exact, figures.tempo_pieces);
  line("tempo within 4 %, octaves count as equal", figures.tempo_octave, figures.tempo_pieces);
  line("  of games that taught it nothing", figures.untaught_exact, figures.untaught_pieces);
  line("  the same, octaves count as equal", figures.untaught_octave, figures.untaught_pieces);
  line("key of a transposed copy follows exactly", figures.key_follows, figures.key_pieces);
  line("mode, where the notes settle it", figures.mode_right, figures.mode_pieces);
}

Result<void> run(const Wanted& wanted) {
  HARMONIC_TRY(auto sources, moodtrial::find_sources_for_ears(wanted.data, wanted.cache));
  sources.jobs = wanted.jobs;
  HARMONIC_TRY(const auto figures, moodtrial::measure_ears(sources, show_heard));
  print(figures, wanted.json);
  return {};
}

}  // namespace

void add_eval_ears(CLI::App& eval, const SetExit& set_exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* ears = eval.add_subcommand(
      "ears", "Compares tempo, key and mode as we hear them with the notes of rendered MIDI.");
  ears->add_option("--data", wanted->data, "folder with midi, or its archive midi_moods.tar.zst")
      ->required();
  ears->add_option("--cache", wanted->cache, "folder for what was unpacked")->required();
  ears->add_option("--jobs", wanted->jobs, "threads")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  ears->add_flag("--json", wanted->json, "one JSON object");
  ears->footer(
      "Example:\n"
      "  harmonic eval ears --data music --cache heard --jobs 2\n"
      "Install timgm6mb-soundfont first. It takes about 20 minutes of one core.");
  ears->callback([wanted, set_exit] { end_eval("ears", run(*wanted), set_exit); });
}

}  // namespace harmonic::app
