#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/status.h"
#include "commands.h"
#include "train/covers.h"

namespace harmonic::app {

namespace {

void show(int epoch, int epochs, double loss) {
  std::fprintf(stderr, "\repoch %d/%d  loss %.4f%s", epoch, epochs, loss,
               epoch == epochs ? "\n" : "");
}

void tell(const train::CoverScores& scores) {
  std::printf("taken for covered, of PublicTest  %14s", "nothing drawn");
  for (const auto name : evaluate::kCoverNames) std::printf("  %12s", std::string{name}.c_str());
  for (std::size_t part = 0; part < scores.found.size(); ++part) {
    std::printf("\n  %-32s%13.2f %%", train::kCoveredPartNames.at(part),
                100 * scores.at_rest.at(part));
    for (const double share : scores.found.at(part)) {
      if (share < 0) std::printf("  %12s", "");
      if (share >= 0) std::printf("  %10.1f %%", 100 * share);
    }
  }
  std::printf("\n");
}

}  // namespace

void add_train_covers(CLI::App& app, int& exit) {
  auto settings = std::make_shared<train::CoverSettings>();
  auto* covers = app.add_subcommand(
      "covers", "Learns from FER2013 whether something hides the eyes or the mouth.");
  covers->add_option("--data", settings->data, "folder of the unpacked archive")->required();
  covers->add_option("--out", settings->out, "folder for weights and manifest")->required();
  covers->add_option("--epochs", settings->epochs, "passes over Training")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  covers->add_option("--seed", settings->seed, "of every random choice")->capture_default_str();
  covers->add_option("--limit", settings->limit, "first rows only; 0 takes all");
  covers
      ->add_option_function<std::string>(
          "--unseen",
          [settings](const std::string& name) {
            const auto* const found = std::ranges::find(evaluate::kCoverNames, name);
            settings->unseen = static_cast<evaluate::Cover>(found - evaluate::kCoverNames.begin());
          },
          "a cover that is not shown while it learns")
      ->check(CLI::IsMember(
          std::vector<std::string>{evaluate::kCoverNames.begin(), evaluate::kCoverNames.end()}));
  covers->footer(
      "Example:\n  harmonic-train covers --data fer2013 --out models/cover\n"
      "  harmonic-train covers --data fer2013 --out run --unseen hand");
  covers->callback([settings, &exit] {
    settings->command = "harmonic-train covers --epochs " + std::to_string(settings->epochs) +
                        " --seed " + std::to_string(settings->seed);
    if (settings->unseen) {
      settings->command +=
          " --unseen '" +
          std::string{evaluate::kCoverNames.at(static_cast<std::size_t>(*settings->unseen))} + "'";
    }
    if (const auto scores = train::train_covers(*settings, show)) {
      tell(*scores);
    } else {
      std::fprintf(stderr, "harmonic-train: %s\n", scores.error().message.c_str());
      exit = exit_code(scores.error().kind);
    }
  });
}

}  // namespace harmonic::app
