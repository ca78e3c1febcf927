#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "base/whole_file.h"
#include "commands.h"
#include "from_music.h"
#include "moodtrial/note_lessons.h"
#include "moodtrial/sound_fonts.h"

namespace harmonic::app {

namespace {

struct Wanted : FromMusic {
  moodtrial::NotePlan plan;
};

void show_steps(std::size_t done, std::size_t all) {
  std::fprintf(stderr, "\rlearning: %zu of %zu%s", done, all, done == all ? "\n" : "  ");
}

void print(const char* how, const moodtrial::NoteShares& shares) {
  std::printf("%s: %.1f %% of %zu notes found, %.1f %% of %zu found are there, F1 %.3f\n", how,
              100.0 * shares.recall.value(), shares.recall.all, 100.0 * shares.precision.value(),
              shares.precision.all, shares.f1());
}

Result<void> run(const Wanted& wanted) {
  HARMONIC_TRY(auto sources, moodtrial::find_sources(wanted.data, wanted.cache));
  sources.jobs = wanted.jobs;
  const auto pieces = moodtrial::hear_noted_pieces(sources, show_heard);
  if (!pieces) return tl::unexpected{pieces.error()};
  auto plan = wanted.plan;
  plan.seed = wanted.seed;
  const auto weights = moodtrial::teach_notes(pieces->taught, plan, show_steps);
  std::puts("Games that taught nothing,");
  print("by the sound fonts that taught", moodtrial::judge_notes(pieces->judged, weights));
  print("by one that was never heard", moodtrial::judge_notes(pieces->judged_unheard, weights));
  return write_whole(wanted.out, moodtrial::as_header(weights));
}

}  // namespace

void add_train_notes(CLI::App& app, int& exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* notes = app.add_subcommand("notes", "Learns to hear which notes begin and sound.");
  add_from_music(*notes, *wanted, "folder with midi, or its archive",
                 "the C++ header that receives the weights");
  notes->add_option("--steps", wanted->plan.steps, "of learning")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  notes->footer(
      "Example:\n"
      "  harmonic-train notes --data music --cache heard --out src/audio/note_weights.h\n"
      "A quarter of an hour of one core. Afterwards build anew and teach the moods, which read the "
      "notes:\n"
      "  harmonic-train music --data music --cache heard --out models/music");
  when_given(
      *notes, [wanted] { return run(*wanted); }, exit);
}

}  // namespace harmonic::app
