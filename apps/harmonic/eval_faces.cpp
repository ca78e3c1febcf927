// harmonic eval faces: what the shipped network is worth, on labelled faces it never learned from.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "affect/classifier.h"
#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "eval_recipes.h"
#include "evaluate/chart.h"
#include "evaluate/confusion_picture.h"
#include "evaluate/faces.h"
#include "evaluate/poses.h"
#include "face/finder.h"
#include "image/codec.h"
#include "image/draw.h"

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
  bool quick = false;
  bool poses = false;
  RecipesWanted recipes;
};

/// All that one run measures.
struct Report {
  std::int64_t parameters = 0;
  evaluate::FaceReport faces;
  std::vector<evaluate::HardshipScores> hardships;
  std::vector<std::pair<std::uint64_t, evaluate::FaceReport>> seeds;  ///< the shipped one first
  std::optional<evaluate::FaceReport> ensemble;                       ///< of all seeds together
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
          {"selective_70", scores.selective_accuracy},
          {"recall", recall},
          {"confusion", scores.confusion},
          {"labels", labels},
          {"faces", scores.count}};
}

Json brief_json(const evaluate::FaceReport& report) {
  Json object = Json::object();
  const auto add = [&object](const std::string& name, const auto& scores) {
    if (!scores) return;
    object[name] = {{"accuracy", scores->accuracy},
                    {"macro_f1", scores->macro_f1},
                    {"ece", scores->calibration_error}};
  };
  add("fer2013", report.fer2013);
  add("fer2013_clean", report.fer2013_clean);
  add("ferplus", report.ferplus);
  return object;
}

void print_json(const Report& report, const std::vector<Part>& parts) {
  Json all{{"parameters", report.parameters}};
  for (const auto& part : parts) all[part.name] = json_of(part.scores);
  if (report.faces.fer2013) all["selective_70"] = report.faces.fer2013->selective_accuracy;
  for (const auto& [name, scores] : report.hardships) {
    all["corruptions"][std::string{name}] = {{"accuracy", scores.accuracy},
                                             {"ece", scores.calibration_error}};
  }
  for (const auto& [seed, scores] : report.seeds) {
    auto one = brief_json(scores);
    one["seed"] = seed;
    all["seeds"].push_back(one);
  }
  if (report.ensemble) all["ensemble"] = brief_json(*report.ensemble);
  std::printf("%s\n", all.dump().c_str());
}

void print_brief(const char* name, const evaluate::FaceReport& report) {
  std::printf("  %-10s", name);
  for (const auto* scores : {&report.fer2013, &report.ferplus}) {
    if (*scores) std::printf("  %.2f %% / %.3f", 100 * (*scores)->accuracy, (*scores)->macro_f1);
  }
  std::printf("\n");
}

void print_rest(const Report& report) {
  if (!report.hardships.empty()) std::printf("\nFER2013 under hardship: accuracy, change, ECE\n");
  for (const auto& [name, scores] : report.hardships) {
    std::printf("  %-15s %6.2f %% %+6.2f   %.3f\n", std::string{name}.c_str(),
                100 * scores.accuracy, 100 * (scores.accuracy - report.faces.fer2013->accuracy),
                scores.calibration_error);
  }
  if (report.seeds.size() < 2) return;
  std::printf("\nseeds: FER2013 accuracy / macro-F1, FER+ the same\n");
  for (const auto& [seed, scores] : report.seeds) {
    print_brief(("seed " + std::to_string(seed)).c_str(), scores);
  }
  if (report.ensemble) print_brief("together", *report.ensemble);
}

void print_text(std::int64_t parameters, const std::vector<Part>& parts) {
  std::printf("%lld parameters\n", static_cast<long long>(parameters));
  for (const auto& [name, title, scores] : parts) {
    std::printf("\n%s: %zu faces\n", title.c_str(), scores.count);
    std::printf(
        "  accuracy %.2f %%, macro-F1 %.3f, calibration error %.3f, surest 70 %%: %.2f %%\n",
        100 * scores.accuracy, scores.macro_f1, scores.calibration_error,
        100 * scores.selective_accuracy);
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

/// Confidence against accuracy, and accuracy under each hardship.
std::vector<std::pair<std::string, image::Picture>> charts_of(const Report& report) {
  std::vector<std::pair<std::string, image::Picture>> charts;
  if (report.faces.fer2013) {
    charts.emplace_back("calibration.png",
                        evaluate::draw_reliability(report.faces.fer2013->reliability,
                                                   "FER2013: how often it is right when so sure"));
  }
  std::vector<image::Bar> bars;
  for (const auto& [name, scores] : report.hardships) {
    bars.push_back({std::string{name}, static_cast<float>(scores.accuracy)});
  }
  if (!bars.empty()) {
    bars.insert(bars.begin(), {"clean", static_cast<float>(report.faces.fer2013->accuracy)});
    charts.emplace_back("hardships.png",
                        evaluate::draw_chart(bars, "FER2013: accuracy under hardship"));
  }
  return charts;
}

Result<void> draw(const Report& report, const std::vector<Part>& parts, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorKind::kUnavailable, folder.string() + " cannot be made: " + error.message());
  }
  for (const auto& part : parts) {
    const auto picture = evaluate::draw_confusion(part.scores.confusion, part.title);
    HARMONIC_CHECK(image::write_png(picture, folder / (part.name + ".png")));
  }
  for (const auto& [name, picture] : charts_of(report)) {
    HARMONIC_CHECK(image::write_png(picture, folder / name));
  }
  return {};
}

/// The manifest to measure, and those of the same recipe's other seeds in seed-N beside it.
Result<std::vector<fs::path>> manifests_of(const Wanted& wanted) {
  std::vector<fs::path> manifests;
  if (!wanted.model.empty()) {
    manifests.emplace_back(wanted.model);
  } else {
    HARMONIC_TRY(const auto share, share_dir());
    manifests.push_back(share / "models" / "expression" / "manifest.json");
  }
  std::error_code none;
  for (const auto& entry : fs::directory_iterator{manifests.front().parent_path(), none}) {
    if (!entry.path().filename().string().starts_with("seed-")) continue;
    manifests.push_back(entry.path() / "manifest.json");
  }
  std::sort(manifests.begin() + 1, manifests.end());
  return manifests;
}

evaluate::OnFace show(const char* what) {
  return [what](std::size_t done, std::size_t all) {
    if (done % 64 != 0 && done != all) return;
    std::fprintf(stderr, "\r%s: %zu of %zu faces%s", what, done, all, done == all ? "\n" : "");
  };
}

/// Each seed by itself and all together; a lone network is measured already.
Result<void> measure_seeds(Report& report, const std::vector<affect::Classifier>& seeds,
                           const fs::path& data, evaluate::Split split) {
  for (const auto& one : seeds) {
    const bool shipped = &one == &seeds.front();
    Result<evaluate::FaceReport> scores = report.faces;
    if (!shipped) {
      scores =
          evaluate::evaluate_faces(evaluate::reader_of({one}), data, split, show("other seed"));
    }
    if (!scores) return tl::unexpected{std::move(scores).error()};
    report.seeds.emplace_back(one.seed(), *std::move(scores));
  }
  if (seeds.size() < 2) return {};
  HARMONIC_TRY(report.ensemble,
               evaluate::evaluate_faces(evaluate::reader_of(seeds), data, split, show("together")));
  return {};
}

Result<Report> measure(const Wanted& wanted, evaluate::Split split) {
  HARMONIC_TRY(const auto manifests, manifests_of(wanted));
  std::vector<affect::Classifier> seeds;
  for (const auto& manifest : manifests) {
    HARMONIC_TRY(auto classifier, affect::Classifier::load(manifest));
    seeds.push_back(std::move(classifier));
  }
  Report report;
  report.parameters = seeds.front().parameters();
  const auto shipped = evaluate::reader_of({seeds.front()});
  HARMONIC_TRY(report.faces,
               evaluate::evaluate_faces(shipped, wanted.data, split, show("undisturbed")));
  if (wanted.quick) return report;
  HARMONIC_TRY(report.hardships,
               evaluate::evaluate_hardships(shipped, wanted.data, split, show("hardships")));
  HARMONIC_CHECK(measure_seeds(report, seeds, wanted.data, split));
  return report;
}

Json json_of(const std::vector<evaluate::PoseBin>& bins) {
  const auto bound = [](double edge) { return std::isfinite(edge) ? Json(edge) : Json(nullptr); };
  Json all = Json::array();
  for (const auto& bin : bins) {
    Json one{{"from", bound(bin.from)}, {"to", bound(bin.to)}};
    if (bin.fer2013)
      one["fer2013"] = {{"faces", bin.fer2013->count}, {"accuracy", bin.fer2013->accuracy}};
    if (bin.ferplus)
      one["ferplus"] = {{"faces", bin.ferplus->count}, {"accuracy", bin.ferplus->accuracy}};
    all.push_back(one);
  }
  return all;
}

void print_bins(const char* what, const std::vector<evaluate::PoseBin>& bins) {
  std::printf("\n%-14s   faces  FER2013    rated     FER+\n", what);
  for (const auto& bin : bins) {
    std::printf("%5.1f to %5.1f", bin.from, bin.to);
    for (const auto* scores : {&bin.fer2013, &bin.ferplus}) {
      if (*scores)
        std::printf(" %7zu %6.1f %%", (*scores)->count, 100 * (*scores)->accuracy);
      else
        std::printf("       0         ");
    }
    std::printf("\n");
  }
}

Result<void> evaluate_poses(const Wanted& wanted, evaluate::Split split) {
  HARMONIC_TRY(const auto manifests, manifests_of(wanted));
  HARMONIC_TRY(auto classifier, affect::Classifier::load(manifests.front()));
  HARMONIC_TRY(const auto share, share_dir());
  HARMONIC_TRY(const auto finder, face::Finder::open(share, face::DetectorKind::kBlazeFace));
  HARMONIC_TRY(const auto report,
               evaluate::evaluate_poses(evaluate::reader_of({std::move(classifier)}), finder,
                                        wanted.data, split, show("poses")));
  if (wanted.json) {
    const Json all{{"turn", json_of(report.turns)},
                   {"nod", json_of(report.nods)},
                   {"without", report.without}};
    std::printf("%s\n", all.dump().c_str());
    return {};
  }
  print_bins("turned aside", report.turns);
  print_bins("bent down", report.nods);
  std::printf("\n%zu faces in which no eyes, nose and mouth were found\n", report.without);
  return {};
}

Result<void> evaluate_faces(const Wanted& wanted) {
  if (wanted.recipes.any()) {
    return evaluate_recipes(wanted.recipes, wanted.data, wanted.split, wanted.json);
  }
  if (wanted.recipes.stray()) {
    return fail(
        ErrorKind::kInvalidInput,
        "--network, --networks, --docs, --cache and --limit belong to the table: add --all");
  }
  const auto split =
      wanted.split == "public" ? evaluate::Split::kPublicTest : evaluate::Split::kPrivateTest;
  if (wanted.poses) return evaluate_poses(wanted, split);
  HARMONIC_TRY(const auto report, measure(wanted, split));
  const auto parts = parts_of(report.faces, wanted.split);
  if (!wanted.draw.empty()) {
    HARMONIC_CHECK(draw(report, parts, wanted.draw));
  }
  if (wanted.json) {
    print_json(report, parts);
  } else {
    print_text(report.parameters, parts);
    print_rest(report);
  }
  return {};
}

}  // namespace

void add_eval_faces(CLI::App& eval, const SetExit& set_exit) {
  auto* faces = eval.add_subcommand("faces", "The expression network on FER2013 and FER+.");
  const auto wanted = std::make_shared<Wanted>();
  faces->add_option("--data", wanted->data, "folder of the unpacked FER2013 archive")->required();
  faces->add_option("--split", wanted->split, "private: once per release; public: chosen on")
      ->check(CLI::IsMember({"private", "public"}))
      ->capture_default_str();
  faces->add_option("--model", wanted->model, "another network's manifest.json");
  faces->add_option("--draw", wanted->draw,
                    "folder that receives confusion matrices, calibration and hardships as PNG");
  faces->add_flag("--quick", wanted->quick, "undisturbed pictures and the shipped seed only");
  faces->add_flag("--poses", wanted->poses,
                  "instead: accuracy by how far the head is turned or bent");
  faces->add_flag("--json", wanted->json, "one JSON object on standard output");
  add_recipe_options(*faces, wanted->recipes);
  faces->footer(
      "Examples:\n"
      "  harmonic eval faces --data fer2013\n"
      "  harmonic eval faces --data fer2013 --split public --draw confusion --json\n"
      "  harmonic eval faces --data fer2013 --split public --poses\n"
      "  harmonic eval faces --data fer2013 --all --networks exports --cache rows --docs "
      "docs/recipes");
  faces->callback([wanted, set_exit] { end_eval("faces", evaluate_faces(*wanted), set_exit); });
}

}  // namespace harmonic::app
