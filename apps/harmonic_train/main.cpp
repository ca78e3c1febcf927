#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "../harmonic/taste_train.h"
#include "base/status.h"
#include "commands.h"
#include "train/exporting.h"
#include "train/training.h"

namespace {

using harmonic::train::ExportSettings;
using harmonic::train::Progress;
using harmonic::train::TrainingSettings;

std::string clock_of(double seconds) {
  const long all = std::lround(seconds);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%ld:%02ld:%02ld", all / 3600, all / 60 % 60, all % 60);
  return text.data();
}

void show(const Progress& now) {
  if (now.finished != nullptr) {
    std::fprintf(stderr, "\repoch %d/%d  loss %.4f  PublicTest %.2f %%, FER+ %.2f %%  %.0f s\n",
                 now.epoch, now.epochs, now.finished->loss, 100 * now.finished->fer2013_accuracy,
                 100 * now.finished->ferplus_accuracy, now.finished->seconds);
  } else if (now.batch % 10 == 0 || now.batch == now.batches) {
    constexpr int kWidth = 24;
    const auto filled = static_cast<int>(kWidth * now.batch / now.batches);
    std::fprintf(stderr, "\repoch %d/%d [%s%s] loss %.4f, %s left ", now.epoch, now.epochs,
                 std::string(static_cast<std::size_t>(filled), '#').c_str(),
                 std::string(static_cast<std::size_t>(kWidth - filled), '.').c_str(), now.loss,
                 clock_of(now.seconds_left).c_str());
  }
}

void show_lesson(std::size_t done, std::size_t all) {
  if (done % 256 != 0 && done != all) return;
  std::fprintf(stderr, "\rteachers: %zu of %zu faces%s", done, all, done == all ? "\n" : "");
}

int fail_with(const harmonic::Error& error) {
  std::fprintf(stderr, "harmonic-train: %s\n", error.message.c_str());
  return harmonic::exit_code(error.kind);
}

void add_faces(CLI::App& app, TrainingSettings& settings, int& exit) {
  auto* faces = app.add_subcommand("faces", "Learns expressions from the FER2013 + FER+ archive.");
  faces->add_option("--data", settings.data, "folder of the unpacked archive")->required();
  faces->add_option("--out", settings.out, "folder for checkpoints and the log")->required();
  faces->add_option("--recipe", settings.recipe, "which network")
      ->check(CLI::IsMember(std::vector<std::string>{harmonic::train::kRecipeNames.begin(),
                                                     harmonic::train::kRecipeNames.end()}))
      ->capture_default_str();
  faces->add_option("--epochs", settings.epochs, "passes over Training")->capture_default_str();
  faces->add_option("--batch", settings.batch, "faces a step")->capture_default_str();
  faces->add_option("--rate", settings.rate, "highest learning rate")->capture_default_str();
  faces->add_option("--seed", settings.seed, "of every random choice")->capture_default_str();
  faces->add_option("--threads", settings.threads, "of the network, and as many for distortion")
      ->capture_default_str();
  faces->add_option("--decay", settings.decay, "pull of the weights towards zero")
      ->capture_default_str();
  faces
      ->add_option("--start", settings.start,
                   "go on from a checkpoint of another run or from released weights: manifest.json "
                   "or .onnx")
      ->check(CLI::ExistingFile);
  faces->add_option("--hard", settings.distortions.hard, "share of faces seen by a bad camera")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  faces->add_option("--mixed", settings.distortions.mixed, "share of faces blended with another")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  faces->add_option("--erased", settings.distortions.erased, "share of faces that lose a rectangle")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  faces->add_option("--moved", settings.distortions.moved, "how far faces are turned and shifted")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  faces
      ->add_option("--teacher", settings.teachers,
                   "manifest.json of a network that teaches; several teach by their mean")
      ->check(CLI::ExistingFile);
  faces->add_option("--taught", settings.taught, "the teachers' share of what is learned")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  faces->add_option("--limit", settings.limit, "first rows only; 0 takes all");
  faces->add_flag("--resume", settings.resume, "go on after the last finished epoch of --out");
  faces->footer(
      "Example:\n  harmonic-train faces --data fer2013 --out run1 --epochs 40\n"
      "  harmonic-train faces --data fer2013 --out run1 --epochs 40 --resume\n"
      "  harmonic-train faces --data fer2013 --out run2 --teacher models/expression/manifest.json\n"
      "  harmonic-train faces --data fer2013 --out run3 --start models/expression/manifest.json "
      "--rate 0.01");
  faces->callback([&settings, &exit] {
    const auto best = harmonic::train::train_faces(settings, show, show_lesson);
    if (!best) {
      exit = fail_with(best.error());
      return;
    }
    std::printf("chosen epoch %d: PublicTest %.2f %%, FER+ %.2f %%\n", best->epoch,
                100 * best->fer2013_accuracy, 100 * best->ferplus_accuracy);
  });
}

void add_export(CLI::App& app, ExportSettings& settings, int& exit) {
  auto* command = app.add_subcommand(
      "export", "Writes the best network of a run, finished or not, as it ships.");
  auto* source = command->add_option_group("from");
  source->add_option("--run", settings.run, "the --out of `faces`");
  auto* release =
      source
          ->add_option("--release", settings.release,
                       "manifest.json of a released network: raises the labels that it finds least")
          ->check(CLI::ExistingFile);
  source->require_option(1);
  command->add_option("--epoch", settings.epoch, "another epoch whose checkpoint is still there")
      ->excludes(release);
  command->add_option("--data", settings.data, "the archive it learned from")->required();
  command->add_option("--out", settings.out, "folder for weights, manifest and log")->required();
  command->add_option("--scores", settings.scores, "what `harmonic eval faces --json` printed");
  command->add_flag("!--raw", settings.calibrated, "leave the certainty as it was learned")
      ->excludes(release);
  command->footer(
      "Example:\n  harmonic-train export --run run1 --data fer2013 --out models/expression\n"
      "  harmonic-train export --release models/expression/manifest.json --data fer2013 --out new");
  command->callback([&settings, &exit] {
    const auto done = harmonic::train::export_network(settings);
    if (!done) exit = fail_with(done.error());
  });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App parser{"Trains the networks of Harmonic Fusion."};
  parser.require_subcommand(1);
  int exit = harmonic::kExitDone;
  TrainingSettings settings;
  add_faces(parser, settings, exit);
  harmonic::app::add_train_covers(parser, exit);
  harmonic::app::add_train_music(parser, exit);
  harmonic::app::add_train_notes(parser, exit);
  harmonic::app::add_train_tempo(parser, exit);
  harmonic::app::add_taste_train(parser, "taste", "harmonic-train taste",
                                 [&exit](int code) { exit = code; });
  ExportSettings shipping;
  add_export(parser, shipping, exit);
  try {
    parser.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return parser.exit(e) == 0 ? harmonic::kExitDone : harmonic::kExitUsage;
  }
  return exit;
}
