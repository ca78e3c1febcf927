// harmonic taste: learns from listening histories what their listeners may like, and names it.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/status.h"
#include "base/whole_file.h"
#include "commands.h"
#include "taste/history.h"
#include "taste/model_file.h"
#include "taste/ranking.h"
#include "taste_together.h"
#include "taste_train.h"

namespace harmonic::app {
namespace {

struct Suggestion {
  TasteModelPlace model;
  std::string history;
  std::size_t count = 20;
};

/// The plays of `log` as rows over the model's songs; songs that the model does not know are left
/// out.
taste::Plays rows_of(const taste::PlayLog& log, const std::vector<std::string>& songs) {
  taste::Names numbers;
  for (const auto& song : songs) numbers.number_of(song);
  std::vector<taste::Triplet> cells;
  for (auto triplet : log.triplets) {
    triplet.song = numbers.number_of(log.songs.all()[triplet.song]);
    if (triplet.song < songs.size()) cells.push_back(triplet);
  }
  return {log.listeners.all().size(), songs.size(), cells};
}

Result<void> suggest(const Suggestion& wanted) {
  HARMONIC_TRY(const auto file, wanted.model.file());
  HARMONIC_TRY(const auto bytes, read_whole(file));
  const auto model = taste::decode_model(bytes);
  if (!model) return fail(model.error().kind, file.string() + ": " + model.error().message);
  taste::PlayLog log;
  HARMONIC_CHECK(taste::read_history(wanted.history, log));
  const auto rows = rows_of(log, model->songs);
  const auto method = taste::make_ials(model->factors, model->plan);
  std::vector<float> scores(rows.songs());
  for (std::size_t listener = 0; listener < rows.listeners(); ++listener) {
    if (rows.row(listener).empty()) {
      std::fprintf(stderr, "%s: the model knows none of the songs\n",
                   log.listeners.all()[listener].c_str());
      continue;
    }
    method->score(rows, {listener, 1}, scores);
    for (const auto song : taste::best_unheard(scores, rows.row(listener), wanted.count))
      std::printf("%s\t%s\t%.4f\n", log.listeners.all()[listener].c_str(),
                  model->songs[song].c_str(), static_cast<double>(scores[song]));
  }
  return {};
}

void add_suggest(CLI::App& command, const SetExit& set_exit) {
  const auto wanted = std::make_shared<Suggestion>();
  auto* suggest_command =
      command.add_subcommand("suggest", "Names songs that the listeners of a history may like.");
  wanted->model.add_to(*suggest_command, "--model", "what `train` wrote");
  suggest_command->add_option("--history", wanted->history, "as for `train --plays`")->required();
  suggest_command->add_option("--count", wanted->count, "songs for each listener")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  suggest_command->footer(
      "Example:\n"
      "  harmonic taste suggest --model taste.model --history listens.json\n"
      "Prints listener, song and score with tabs between them.");
  suggest_command->callback([wanted, set_exit] {
    const auto done = suggest(*wanted);
    if (!done) std::fprintf(stderr, "harmonic taste suggest: %s\n", done.error().message.c_str());
    set_exit(done ? kExitDone : exit_code(done.error().kind));
  });
}

}  // namespace

void add_taste(CLI::App& app, const SetExit& set_exit) {
  auto* command = app.add_subcommand("taste", "What many listeners play, and what one may like.");
  command->require_subcommand(1);
  add_taste_train(*command, "train", "harmonic taste train", set_exit);
  add_suggest(*command, set_exit);
  add_taste_together(*command, set_exit);
}

}  // namespace harmonic::app
