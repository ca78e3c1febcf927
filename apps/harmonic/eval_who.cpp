// harmonic eval who: how often people are told apart, and how often a stranger passes for a
// listener.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "identity/classics.h"
#include "identity/descriptor.h"
#include "identity/model.h"
#include "identity/people.h"
#include "identity/report.h"
#include "identity/training.h"

namespace harmonic::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using identity::Part;

struct Wanted {
  std::string data;
  std::string train;
  bool json = false;
};

struct Data {
  identity::People orl;
  identity::People muxspace;
  std::string muxspace_digest;
};

void step(const char* what) { std::fprintf(stderr, "%s\n", what); }

Result<Data> read_data(const fs::path& folder) {
  HARMONIC_TRY(const auto share, share_dir());
  HARMONIC_TRY(const auto orl, identity::list_orl(folder / "orl_att_faces"));
  HARMONIC_TRY(const auto muxspace, identity::list_muxspace(folder / "muxspace_pairs"));
  HARMONIC_TRY(const auto portraitist, identity::Portraitist::open(share));
  const auto show = [](std::size_t done, std::size_t all) {
    if (done % 100 != 0 && done != all) return;
    std::fprintf(stderr, "\r%zu of %zu pictures%s", done, all, done == all ? "\n" : "");
  };
  Data data;
  HARMONIC_TRY(data.orl, identity::paint_all(portraitist, orl, show));
  HARMONIC_TRY(data.muxspace, identity::paint_all(portraitist, muxspace, show));
  HARMONIC_TRY(data.muxspace_digest, identity::digest_of(muxspace));
  return data;
}

identity::Matrix descriptors_of(const std::vector<identity::Person>& people) {
  identity::Matrix all{2 * people.size(), identity::kDescriptorLength};
  std::size_t row = 0;
  for (const auto& person : people) {
    for (const auto& portrait : person.portraits) {
      const auto one = identity::describe(portrait);
      std::copy(one.begin(), one.end(), all.row(row++).begin());
    }
  }
  return all;
}

Result<void> write(const fs::path& file, std::string_view bytes) {
  std::ofstream stream{file, std::ios::binary};
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (stream) return {};
  return fail(ErrorKind::kUnavailable, file.string() + " cannot be written; name another folder");
}

Json manifest_of(const identity::EmbeddingPlan& plan, const std::string& digest, double threshold,
                 const Data& data) {
  return {{"name", "identity"},
          {"file", "embedding.bin"},
          {"sha256", digest},
          {"threshold", threshold},
          {"false_accepts", identity::kFalseAccepts},
          {"household", identity::kEnrolled},
          {"training",
           {{"data", {{"muxspace_pairs", data.muxspace_digest}}},
            {"people", {{"learn", 1212}, {"choose_threshold", 202}, {"held_out", 202}}},
            {"components", plan.components},
            {"outputs", plan.outputs},
            {"shrinkage", plan.shrinkage},
            {"command", "harmonic eval who --data DIR --train OUT"}}},
          {"licence", "GPL-3.0-or-later"}};
}

Result<void> train(const Data& data, const fs::path& folder) {
  step("learning from 1,212 people");
  const identity::EmbeddingPlan plan;
  const auto learn = identity::part_of(data.muxspace.people, Part::kLearn);
  HARMONIC_TRY(const auto weights, identity::fit_embedding(descriptors_of(learn), plan));
  const auto bytes = identity::encode_weights(weights);
  const auto recogniser = identity::make_embedding(weights);
  step("choosing the threshold");
  const double threshold = identity::choose_threshold(
      *recogniser, identity::part_of(data.muxspace.people, Part::kChoose));
  std::error_code error;
  fs::create_directories(folder, error);
  HARMONIC_CHECK(write(folder / "embedding.bin", bytes));
  const auto manifest = manifest_of(plan, sha256_hex(bytes), threshold, data);
  return write(folder / "manifest.json", manifest.dump(2) + "\n");
}

Result<identity::Model> model_of(const Wanted& wanted) {
  if (!wanted.train.empty()) return identity::load_model(fs::path{wanted.train} / "manifest.json");
  HARMONIC_TRY(const auto share, share_dir());
  return identity::load_shipped_model(share);
}

std::vector<image::Picture> portraits_of(const std::vector<identity::Person>& people) {
  std::vector<image::Picture> all;
  for (const auto& person : people) {
    all.insert(all.end(), person.portraits.begin(), person.portraits.end());
  }
  return all;
}

std::vector<identity::RecogniserFigures> measure_all(const Data& data,
                                                     const identity::Model& model) {
  const auto& people = data.muxspace.people;
  const auto choose = identity::part_of(people, Part::kChoose);
  const auto held_out = identity::part_of(people, Part::kHeldOut);
  std::vector<identity::RecogniserFigures> all;
  step("eigenfaces");
  const auto eigenfaces =
      identity::make_eigenfaces(portraits_of(identity::part_of(people, Part::kLearn)));
  const auto patterns = identity::make_pattern_histograms();
  for (const auto* old : {eigenfaces.get(), patterns.get()}) {
    all.push_back(identity::measure(*old, identity::choose_threshold(*old, choose), data.orl.people,
                                    held_out));
    step(all.back().name.c_str());
  }
  all.push_back(identity::measure(*model.recogniser, model.threshold, data.orl.people, held_out));
  return all;
}

void print_json(const Data& data, const std::vector<identity::RecogniserFigures>& all) {
  Json orl = Json::object(), muxspace = Json::object();
  for (const auto& one : all) {
    orl[one.name] = {{"rank1", one.rank1.mean},
                     {"rank1_spread", one.rank1.spread},
                     {"strangers_accepted", one.orl.strangers.mean},
                     {"strangers_spread", one.orl.strangers.spread},
                     {"listeners_accepted", one.orl.listeners.mean},
                     {"listeners_spread", one.orl.listeners.spread},
                     {"strangers_accepted_of_5", one.orl_small.strangers.mean},
                     {"listeners_accepted_of_5", one.orl_small.listeners.mean},
                     {"threshold", one.threshold}};
    muxspace[one.name] = {{"equal_error_rate", one.equal_error_rate},
                          {"strangers_accepted", one.muxspace.strangers.mean},
                          {"listeners_accepted", one.muxspace.listeners.mean}};
  }
  const Json out{
      {"orl", orl},
      {"muxspace", muxspace},
      {"without_face", {{"orl", data.orl.not_found}, {"muxspace", data.muxspace.not_found}}}};
  std::printf("%s\n", out.dump().c_str());
}

void print_text(const Data& data, const std::vector<identity::RecogniserFigures>& all) {
  std::printf("No face found, picture taken whole: %zu of %zu (ORL), %zu of %zu (muxspace)\n",
              data.orl.not_found, data.orl.pictures, data.muxspace.not_found,
              data.muxspace.pictures);
  const auto show = [](const char* title, const identity::HouseholdFigures& one) {
    std::printf("  %-34s strangers accepted %5.2f +- %.2f %%, listeners %5.1f +- %.1f %%\n", title,
                100 * one.strangers.mean, 100 * one.strangers.spread, 100 * one.listeners.mean,
                100 * one.listeners.spread);
  };
  for (const auto& one : all) {
    std::printf("\n%s, threshold %.3f\n", one.name.c_str(), one.threshold);
    std::printf("  %-34s rank-1 %.2f +- %.2f %%\n", "ORL, 40 enrolled", 100 * one.rank1.mean,
                100 * one.rank1.spread);
    show("ORL, 20 enrolled, 20 strangers", one.orl);
    show("ORL, 5 enrolled, 35 strangers", one.orl_small);
    show("muxspace held out, 20 enrolled", one.muxspace);
    std::printf("  %-34s equal error rate %.1f %%\n", "muxspace held out, pairs",
                100 * one.equal_error_rate);
  }
}

Result<void> evaluate_who(const Wanted& wanted) {
  HARMONIC_TRY(const auto data, read_data(wanted.data));
  if (!wanted.train.empty()) {
    HARMONIC_CHECK(train(data, wanted.train));
  }
  HARMONIC_TRY(const auto model, model_of(wanted));
  const auto all = measure_all(data, model);
  if (wanted.json) {
    print_json(data, all);
  } else {
    print_text(data, all);
  }
  return {};
}

}  // namespace

void add_eval_who(CLI::App& eval, const SetExit& set_exit) {
  auto* who = eval.add_subcommand("who", "The recognition of listeners on ORL and muxspace.");
  const auto wanted = std::make_shared<Wanted>();
  who->add_option("--data", wanted->data, "folder that holds orl_att_faces and muxspace_pairs")
      ->required();
  who->add_option("--train", wanted->train,
                  "learn anew from muxspace; weights and manifest go into this folder")
      ->type_name("OUT");
  who->add_flag("--json", wanted->json, "one JSON object on standard output");
  who->footer(
      "Examples:\n"
      "  harmonic eval who --data faces\n"
      "  harmonic eval who --data faces --train identity --json\n"
      "ORL is never learned from and chooses nothing; the threshold comes from muxspace.");
  who->callback([wanted, set_exit] { end_eval("who", evaluate_who(*wanted), set_exit); });
}

}  // namespace harmonic::app
