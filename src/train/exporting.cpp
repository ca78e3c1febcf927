#include "train/exporting.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include <nlohmann/json.hpp>

#include "affect/classifier.h"
#include "base/digest.h"
#include "base/whole_file.h"
#include "evaluate/fer2013.h"
#include "train/augment.h"
#include "train/calibration.h"
#include "train/learner.h"
#include "train/onnx_writer.h"
#include "train/released.h"
#include "train/training.h"

namespace harmonic::train {
namespace {

namespace fs = std::filesystem;
using evaluate::kFer2013Names;
// Keeps the keys in the order in which a person wants to read them.
using Json = nlohmann::ordered_json;

constexpr auto kWeightsFile = "expression.onnx";

Result<EpochRow> chosen_row(const ExportSettings& settings) {
  HARMONIC_TRY(const auto rows, read_history(settings.run / "log.csv"));
  const auto* row = best_of(rows);
  if (settings.epoch > 0) {
    const auto named = std::ranges::find(rows, settings.epoch, &EpochRow::epoch);
    row = named == rows.end() ? nullptr : &*named;
  }
  if (row == nullptr) {
    return fail(ErrorKind::kNotFound,
                settings.run.string() + " has not finished that epoch: train first");
  }
  return *row;
}

double rounded(double share) { return std::round(share * 1e5) / 1e5; }

/// Only what was learned from and chosen by: PrivateTest has no part in a network.
Result<Json> data_digests(const fs::path& data) {
  HARMONIC_TRY(const auto folder, evaluate::find_archive(data));
  Json digests = Json::object();
  for (const auto* name :
       {"train_images.u8", "train_labels.u8", "train_ferplus.csv", "public_test_images.u8",
        "public_test_labels.u8", "public_test_ferplus.csv"}) {
    HARMONIC_TRY(digests[name], sha256_of_file(folder / name));
  }
  return digests;
}

Result<Json> private_scores(const fs::path& file) {
  std::ifstream in{file};
  if (!in) return fail(ErrorKind::kNotFound, file.string() + " cannot be opened");
  auto scores = Json::parse(in, nullptr, false);
  if (!scores.is_object()) {
    return fail(ErrorKind::kInvalidInput,
                file.string() + " is not what `harmonic eval faces --json` prints");
  }
  // What the manifest says of the network already, and tables that the model card shows.
  scores.erase("parameters");
  for (auto& part : scores) {
    if (!part.is_object()) continue;
    part.erase("confusion");
    part.erase("labels");
  }
  return scores;
}

/// The labels that are raised, by name.
template <typename Names>
Json json_of_raised(const HeadCalibration& head, const Names& names) {
  Json raised = Json::object();
  for (std::size_t k = 0; k < head.raised.size(); ++k) {
    if (head.raised[k] > 0) raised[std::string{names.at(k)}] = rounded(head.raised[k]);
  }
  return raised;
}

template <typename Names>
Json json_of(const HeadCalibration& head, const Names& names) {
  return {{"temperature", rounded(head.temperature)},
          {"rarity", rounded(head.rarity)},
          {"raised", json_of_raised(head, names)}};
}

Json shape_of(const std::string& recipe, const FoldedNet& net, const std::string& weights) {
  Json manifest;
  manifest["name"] = "expression";
  manifest["recipe"] = recipe;
  manifest["file"] = kWeightsFile;
  manifest["sha256"] = sha256_hex(weights);
  manifest["input"] = {{"name", kInputName},
                       {"shape", {1, 1, kInputSide, kInputSide}},
                       {"preprocess", "standardise"},
                       {"epsilon", kStandardiseEpsilon}};
  manifest["outputs"] = {{{"name", kFer2013Output}, {"labels", kFer2013Names}},
                         {{"name", kFerPlusOutput}, {"labels", affect::kEmotionNames}}};
  manifest["parameters"] = parameters_of(net);
  manifest["macs"] = macs_of(net);
  return manifest;
}

std::string command_of(const TrainingSettings& run) {
  std::ostringstream words;
  words << "harmonic-train faces --recipe " << run.recipe << " --epochs " << run.epochs
        << " --batch " << run.batch << " --rate " << run.rate << " --seed " << run.seed
        << " --hard " << run.distortions.hard << " --mixed " << run.distortions.mixed
        << " --erased " << run.distortions.erased << " --moved " << run.distortions.moved
        << " --decay " << run.decay;
  if (!run.start.empty()) words << " --start " << run.start.string();
  for (const auto& teacher : run.teachers) words << " --teacher " << teacher.string();
  if (!run.teachers.empty()) words << " --taught " << run.taught;
  if (run.limit > 0) words << " --limit " << run.limit;
  return words.str();
}

Result<void> write_network(const fs::path& out, const std::string& weights, const std::string& log,
                           const Json& manifest) {
  std::error_code error;
  fs::create_directories(out, error);
  HARMONIC_CHECK(write_whole(out / kWeightsFile, weights));
  HARMONIC_CHECK(write_whole(out / "training.csv", log));
  return write_whole(out / "manifest.json", manifest.dump(2) + "\n");
}

Result<void> export_release(const ExportSettings& settings) {
  HARMONIC_TRY(const auto classifier, affect::Classifier::load(settings.release));
  HARMONIC_TRY(const auto text, read_whole(settings.release));
  auto manifest = Json::parse(text);
  auto& calibration = manifest["training"]["calibration"];
  if (calibration["fer2013"].contains("raised")) {
    return fail(ErrorKind::kInvalidInput,
                settings.release.string() + " was raised before: name the release before it");
  }
  TrainingSettings shape;
  shape.recipe = manifest.value("recipe", shape.recipe);
  HARMONIC_TRY(const auto learner, learner_for(shape));
  HARMONIC_TRY(auto net, read_released(settings.release, learner.folded()));
  HARMONIC_TRY(const auto raised, raise_released(net, classifier, settings.data));
  const auto weights = to_onnx(net);
  manifest["sha256"] = sha256_hex(weights);
  calibration["fer2013"]["raised"] = json_of_raised(raised.fer2013, kFer2013Names);
  calibration["ferplus"]["raised"] = json_of_raised(raised.ferplus, affect::kEmotionNames);
  manifest["scores"].erase("private_test");
  if (!settings.scores.empty()) {
    HARMONIC_TRY(manifest["scores"]["private_test"], private_scores(settings.scores));
  }
  HARMONIC_TRY(const auto log, read_whole(settings.release.parent_path() / "training.csv"));
  return write_network(settings.out, weights, log, manifest);
}

Result<void> export_run(const ExportSettings& settings) {
  HARMONIC_TRY(const auto row, chosen_row(settings));
  HARMONIC_TRY(const auto run, settings_of_run(settings.run));
  HARMONIC_TRY(auto learner, learner_for(run));
  HARMONIC_CHECK(learner.load(checkpoint_of(settings.run, row.epoch)));
  auto net = learner.folded();
  std::optional<Calibration> calibration;
  if (settings.calibrated) {
    HARMONIC_TRY(calibration, calibrate(net, learner, settings.data));
  }
  const auto weights = to_onnx(net);

  auto manifest = shape_of(run.recipe, net, weights);
  auto& training = manifest["training"];
  HARMONIC_TRY(training["data"], data_digests(settings.data));
  training["seed"] = run.seed;
  training["command"] = command_of(run);
  training["epochs"] = run.epochs;
  training["chosen_epoch"] = row.epoch;
  training["chosen_on"] = "PublicTest, mean accuracy of both heads";
  if (calibration) {
    training["calibration"] = {{"chosen_on", "PublicTest"},
                               {"fer2013", json_of(calibration->fer2013, kFer2013Names)},
                               {"ferplus", json_of(calibration->ferplus, affect::kEmotionNames)}};
  }
  auto& scores = manifest["scores"];
  scores["public_test"] = {{"fer2013_accuracy", rounded(row.fer2013_accuracy)},
                           {"ferplus_accuracy", rounded(row.ferplus_accuracy)}};
  if (!settings.scores.empty()) {
    HARMONIC_TRY(scores["private_test"], private_scores(settings.scores));
  }
  manifest["licence"] = "GPL-3.0-or-later";

  HARMONIC_TRY(const auto rows, read_history(settings.run / "log.csv"));
  return write_network(settings.out, weights, format_history(rows), manifest);
}

}  // namespace

Result<void> export_network(const ExportSettings& settings) {
  return settings.release.empty() ? export_run(settings) : export_release(settings);
}

}  // namespace harmonic::train
