// harmonic taste: learns from listening histories what their listeners may like, and names it.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/paths.h"
#include "base/status.h"
#include "base/whole_file.h"
#include "commands.h"
#include "taste/history.h"
#include "taste/model_file.h"
#include "taste/ranking.h"
#include "taste/train.h"
#include "taste_together.h"
#include "tastelibrary/installed.h"

namespace harmonic::app {
namespace {

void end(const char* name, const Result<void>& done, const SetExit& set_exit) {
  if (!done) std::fprintf(stderr, "harmonic taste %s: %s\n", name, done.error().message.c_str());
  set_exit(done ? kExitDone : exit_code(done.error().kind));
}

void show(const taste::Trained& read, int done, int all) {
  std::fprintf(stderr, "\r%zu listeners, %zu songs, %zu plays: epoch %d of %d%s", read.listeners,
               read.songs, read.plays, done, all, done == all ? "\n" : "  ");
}

/// A model file, by name or by the data folder that it is the model of.
struct ModelPlace {
  std::filesystem::path named;
  std::string data;

  [[nodiscard]] Result<std::filesystem::path> file() const {
    if (!named.empty()) return named;
    HARMONIC_TRY(const auto folder, data_dir(data));
    return tastelibrary::model_file_of(folder);
  }
  void add_to(CLI::App& command, const char* option, const char* what) {
    auto* const name = command.add_option(
        option, named, std::string{what} + "; else the one of the library, which recommends by it");
    command.add_option("--data", data, "the library's folder")->excludes(name);
  }
};

struct TrainWanted {
  taste::TrainSettings settings;
  ModelPlace place;
};

Result<void> train(const TrainWanted& wanted) {
  auto settings = wanted.settings;
  HARMONIC_TRY(settings.out, wanted.place.file());
  std::error_code error;
  if (wanted.place.named.empty())
    std::filesystem::create_directories(settings.out.parent_path(), error);
  if (error) {
    return fail(ErrorKind::kUnavailable,
                settings.out.parent_path().string() + ": " + error.message());
  }
  HARMONIC_TRY(const auto read, taste::train_ials(settings, show));
  std::printf("%s: %zu dimensions, learned from %zu listeners, %zu songs, %zu plays\n",
              settings.out.c_str(), settings.plan.dimensions, read.listeners, read.songs,
              read.plays);
  return {};
}

void add_train(CLI::App& command, const SetExit& set_exit) {
  const auto wanted = std::make_shared<TrainWanted>();
  auto* train_command =
      command.add_subcommand("train", "Learns a model from many histories (iALS).");
  train_command
      ->add_option("--plays", wanted->settings.plays,
                   "lines of listener, song, count with tabs between them; a ListenBrainz export; "
                   "Last.fm as CSV")
      ->required();
  wanted->place.add_to(*train_command, "--out", "the model file");
  auto& plan = wanted->settings.plan;
  train_command->add_option("--dimensions", plan.dimensions, "of a listener and of a song")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  train_command->add_option("--epochs", plan.epochs, "passes over listeners and songs")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  train_command->add_option("--unplayed", plan.unplayed, "weight of a song that was not played")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  train_command->add_option("--ridge", plan.ridge, "pull of the vectors towards zero")
      ->check(CLI::Range(1e-6, 1e6))
      ->capture_default_str();
  train_command
      ->add_option("--power", plan.weighting.power,
                   "of a count against the listener's mean; 0 takes all songs played as equal")
      ->check(CLI::Range(0.0, 2.0))
      ->capture_default_str();
  train_command->add_option("--seed", plan.seed, "of the first vectors")->capture_default_str();
  train_command->add_option("--jobs", wanted->settings.jobs, "threads")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  train_command->footer(
      "Example:\n"
      "  harmonic taste train --plays listens.json scrobbles.csv --jobs 2\n"
      "  harmonic taste train --plays train_triplets.txt --out million.model\n"
      "`harmonic recommend` and `harmonic serve` (from its next start) go by the library's model.\n"
      "A run that was stopped goes on where it was when the same command is given again.");
  train_command->callback([wanted, set_exit] { end("train", train(*wanted), set_exit); });
}

struct Suggestion {
  ModelPlace model;
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
  suggest_command->callback([wanted, set_exit] { end("suggest", suggest(*wanted), set_exit); });
}

}  // namespace

void add_taste(CLI::App& app, const SetExit& set_exit) {
  auto* command = app.add_subcommand("taste", "What many listeners play, and what one may like.");
  command->require_subcommand(1);
  add_train(*command, set_exit);
  add_suggest(*command, set_exit);
  add_taste_together(*command, set_exit);
}

}  // namespace harmonic::app
