#include "notes.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "base/status.h"
#include "base/whole_file.h"
#include "moodtrial/note_lessons.h"
#include "moodtrial/sound_fonts.h"

namespace harmonic::app {

namespace {

struct Wanted {
  std::string data;
  std::string cache;
  std::string out;
  moodtrial::NotePlan plan;
  std::size_t jobs = 1;
};

void show_heard(std::string_view what, std::size_t done, std::size_t all) {
  std::fprintf(stderr, "\r%.*s: %zu of %zu heard%s", static_cast<int>(what.size()), what.data(),
               done, all, done == all ? "\n" : "  ");
}

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
  const auto weights = moodtrial::teach_notes(pieces->taught, wanted.plan, show_steps);
  std::puts("Games that taught nothing,");
  print("by the sound fonts that taught", moodtrial::judge_notes(pieces->judged, weights));
  print("by one that was never heard", moodtrial::judge_notes(pieces->judged_unheard, weights));
  return write_whole(wanted.out, moodtrial::as_header(weights));
}

}  // namespace

void add_train_notes(CLI::App& app, int& exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* notes = app.add_subcommand("notes", "Learns to hear which notes begin and sound.");
  notes->add_option("--data", wanted->data, "folder with midi, or its archive")->required();
  notes->add_option("--cache", wanted->cache, "folder for what was unpacked")->required();
  notes->add_option("--out", wanted->out, "the C++ header that receives the weights")->required();
  notes->add_option("--steps", wanted->plan.steps, "of learning")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  notes->add_option("--seed", wanted->plan.seed, "of every random choice")->capture_default_str();
  notes->add_option("--jobs", wanted->jobs, "threads that hear")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  notes->footer(
      "Example:\n"
      "  harmonic-train notes --data music --cache heard --out src/audio/note_weights.h\n"
      "Half an hour of one core. Afterwards build anew and teach the moods, which read the notes:\n"
      "  harmonic-train music --data music --cache heard --out models/music");
  notes->callback([wanted, &exit] {
    const auto done = run(*wanted);
    if (done) return;
    std::fprintf(stderr, "harmonic-train notes: %s\n", done.error().message.c_str());
    exit = exit_code(done.error().kind);
  });
}

}  // namespace harmonic::app
