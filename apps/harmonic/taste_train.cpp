#include "taste_train.h"

#include <cstdio>
#include <memory>
#include <system_error>

#include <CLI/CLI.hpp>

#include "base/paths.h"
#include "base/status.h"
#include "taste/train.h"
#include "tastelibrary/installed.h"

namespace harmonic::app {

namespace {

void show(const taste::Trained& read, int done, int all) {
  std::fprintf(stderr, "\r%zu listeners, %zu songs, %zu plays: epoch %d of %d%s", read.listeners,
               read.songs, read.plays, done, all, done == all ? "\n" : "  ");
}

struct TrainWanted {
  taste::TrainSettings settings;
  TasteModelPlace place;
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

}  // namespace

Result<std::filesystem::path> TasteModelPlace::file() const {
  if (!named.empty()) return named;
  HARMONIC_TRY(const auto folder, data_dir(data));
  return tastelibrary::model_file_of(folder);
}

void TasteModelPlace::add_to(CLI::App& command, const char* option, const char* what) {
  auto* const name = command.add_option(
      option, named, std::string{what} + "; else the one of the library, which recommends by it");
  command.add_option("--data", data, "the library's folder")->excludes(name);
}

void add_taste_train(CLI::App& parser, const char* name, const std::string& whole_name,
                     const SetExit& set_exit) {
  const auto wanted = std::make_shared<TrainWanted>();
  auto* train_command = parser.add_subcommand(name, "Learns a model from many histories (iALS).");
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
      "Example:\n  " + whole_name + " --plays listens.json scrobbles.csv --jobs 2\n  " +
      whole_name +
      " --plays train_triplets.txt --out million.model\n"
      "`harmonic recommend` and `harmonic serve` (from its next start) go by the library's model.\n"
      "A run that was stopped goes on where it was when the same command is given again.");
  train_command->callback([wanted, whole_name, set_exit] {
    const auto done = train(*wanted);
    if (!done) std::fprintf(stderr, "%s: %s\n", whole_name.c_str(), done.error().message.c_str());
    set_exit(done ? kExitDone : exit_code(done.error().kind));
  });
}

}  // namespace harmonic::app
