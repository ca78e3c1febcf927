// harmonic eval faces: what the shipped network is worth, on labelled faces it never learned from.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "affect/classifier.h"
#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "evaluate/confusion_picture.h"
#include "evaluate/faces.h"
#include "image/codec.h"

namespace harmonic::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Wanted {
  std::string data;
  std::string model;
  std::string draw;
  std::string split = "private";
  bool json = false;
};

/// One part of the report under the name that scripts know it by.
struct Part {
  std::string name;
  std::string title;
  const evaluate::Scores& scores;
};

std::vector<Part> parts_of(const evaluate::FaceReport& report, const std::string& split) {
  const std::string test = split == "private" ? "PrivateTest" : "PublicTest";
  std::vector<Part> parts;
  const auto add = [&](const std::string& name, const std::string& title, const auto& scores) {
    if (scores) parts.push_back({name, title, *scores});
  };
  add("fer2013_" + split, std::string{"FER2013 "} + test, report.fer2013);
  add("fer2013_" + split + "_clean", std::string{"FER2013 "} + test + " without duplicates",
      report.fer2013_clean);
  add("ferplus_" + split, std::string{"FER+ majority of "} + test, report.ferplus);
  return parts;
}

Json json_of(const evaluate::Scores& scores) {
  Json recall = Json::object();
  Json labels = Json::array();
  for (std::size_t i = 0; i < evaluate::kRatedCount; ++i) {
    const auto name = std::string{affect::kEmotionNames.at(i)};
    labels.push_back(name);
    const auto& value = scores.recall.at(i);
    recall[name] = value ? Json(*value) : Json(nullptr);
  }
  return {{"accuracy", scores.accuracy},
          {"macro_f1", scores.macro_f1},
          {"ece", scores.calibration_error},
          {"recall", recall},
          {"confusion", scores.confusion},
          {"labels", labels},
          {"faces", scores.count}};
}

void print_json(std::int64_t parameters, const std::vector<Part>& parts) {
  Json all{{"parameters", parameters}};
  for (const auto& part : parts) all[part.name] = json_of(part.scores);
  std::printf("%s\n", all.dump().c_str());
}

void print_text(std::int64_t parameters, const std::vector<Part>& parts) {
  std::printf("%lld parameters\n", static_cast<long long>(parameters));
  for (const auto& [name, title, scores] : parts) {
    std::printf("\n%s: %zu faces\n", title.c_str(), scores.count);
    std::printf("  accuracy %.2f %%, macro-F1 %.3f, calibration error %.3f\n",
                100 * scores.accuracy, scores.macro_f1, scores.calibration_error);
    for (std::size_t truth = 0; truth < evaluate::kRatedCount; ++truth) {
      const auto& recall = scores.recall.at(truth);
      std::printf("  %-10s", std::string{affect::kEmotionNames.at(truth)}.c_str());
      if (recall) {
        std::printf(" %5.1f %% |", 100 * *recall);
      } else {
        std::printf("    no face |");
      }
      for (const auto count : scores.confusion.at(truth)) std::printf(" %5zu", count);
      std::printf("\n");
    }
  }
}

Result<void> draw(const std::vector<Part>& parts, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorKind::kUnavailable, folder.string() + " cannot be made: " + error.message());
  }
  for (const auto& part : parts) {
    const auto picture = evaluate::draw_confusion(part.scores.confusion, part.title);
    HARMONIC_CHECK(image::write_png(picture, folder / (part.name + ".png")));
  }
  return {};
}

Result<affect::Classifier> classifier_of(const Wanted& wanted) {
  if (!wanted.model.empty()) return affect::Classifier::load(wanted.model);
  HARMONIC_TRY(const auto share, share_dir());
  return affect::Classifier::load_shipped(share);
}

void show_progress(std::size_t done, std::size_t all) {
  if (done % 64 != 0 && done != all) return;
  std::fprintf(stderr, "\r%zu of %zu faces%s", done, all, done == all ? "\n" : "");
}

Result<void> evaluate_faces(const Wanted& wanted) {
  const auto split =
      wanted.split == "public" ? evaluate::Split::kPublicTest : evaluate::Split::kPrivateTest;
  HARMONIC_TRY(const auto classifier, classifier_of(wanted));
  HARMONIC_TRY(const auto report,
               evaluate::evaluate_faces(classifier, wanted.data, split, show_progress));
  const auto parts = parts_of(report, wanted.split);
  if (!wanted.draw.empty()) {
    HARMONIC_CHECK(draw(parts, wanted.draw));
  }
  if (wanted.json) {
    print_json(classifier.parameters(), parts);
  } else {
    print_text(classifier.parameters(), parts);
  }
  return {};
}

}  // namespace

void add_eval(CLI::App& app, const SetExit& set_exit) {
  auto* command = app.add_subcommand("eval", "Measures what ships, the way it ships.");
  command->require_subcommand(1);
  add_eval_who(*command, set_exit);
  auto* faces = command->add_subcommand("faces", "The expression network on FER2013 and FER+.");
  const auto wanted = std::make_shared<Wanted>();
  faces->add_option("--data", wanted->data, "folder of the unpacked FER2013 archive")->required();
  faces->add_option("--split", wanted->split, "private: once per release; public: chosen on")
      ->check(CLI::IsMember({"private", "public"}))
      ->capture_default_str();
  faces->add_option("--model", wanted->model, "another network's manifest.json");
  faces->add_option("--draw", wanted->draw, "folder that receives the confusion matrices as PNG");
  faces->add_flag("--json", wanted->json, "one JSON object on standard output");
  faces->footer(
      "Examples:\n"
      "  harmonic eval faces --data fer2013\n"
      "  harmonic eval faces --data fer2013 --split public --draw confusion --json");
  faces->callback([wanted, set_exit] {
    const auto done = evaluate_faces(*wanted);
    if (!done) std::fprintf(stderr, "harmonic eval faces: %s\n", done.error().message.c_str());
    set_exit(done ? kExitDone : exit_code(done.error().kind));
  });
}

}  // namespace harmonic::app
