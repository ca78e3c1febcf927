// harmonic eval brief: the spotter of brief movements on films with known ones, and what their flow
// tells of three classes.
#include "commands.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/paths.h"
#include "base/status.h"
#include "evaluate/brief_recognition.h"
#include "evaluate/spotting.h"

namespace harmonic::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::uint32_t kReportedSeed = 20'000;  ///< constants were chosen on 1,000 and 5,000

struct Wanted {
  std::string data;
  std::size_t people = 20;
  bool json = false;
};

struct Report {
  std::optional<evaluate::SpotReport> films;
  std::optional<evaluate::BriefReport> flows;
};

void show_progress(const char* what, std::size_t done, std::size_t all) {
  std::fprintf(stderr, "\r%zu of %zu %s%s", done, all, what, done == all ? "\n" : "");
}

/// Nothing when `part` is not in the folder, which is said on standard error.
std::optional<fs::path> part_of(const fs::path& data, const char* part) {
  std::error_code error;
  if (fs::is_directory(data / part, error)) return data / part;
  std::fprintf(stderr, "harmonic eval brief: %s is absent, so its part is not measured\n",
               (data / part).c_str());
  return std::nullopt;
}

Result<evaluate::SpotReport> measure_films(const fs::path& dir, std::size_t people) {
  HARMONIC_TRY(const auto share, share_dir());
  HARMONIC_TRY(const auto detector, face::make_detector(face::DetectorKind::kBlazeFace, share));
  HARMONIC_TRY(const auto sitters,
               evaluate::read_sitters(dir, *detector, evaluate::Cast::kReported, people));
  if (sitters.empty()) {
    return fail(ErrorKind::kNotFound, dir.string() + " shows nobody from the front");
  }
  return evaluate::evaluate_spotting(sitters, kReportedSeed, [](std::size_t done, std::size_t all) {
    show_progress("films", done, all);
  });
}

Result<evaluate::BriefReport> measure_flows(const fs::path& dir) {
  HARMONIC_TRY(const auto clips, evaluate::read_brief_clips(dir));
  return evaluate::evaluate_brief(
      clips, [](std::size_t done, std::size_t all) { show_progress("settings", done, all); });
}

Json json_of(const evaluate::SpotCounts& counts) {
  Json regions = Json::object();
  for (std::size_t i = 0; i < motion::kRegionCount; ++i) {
    if (counts.acts_of.at(i) == 0) continue;
    regions[std::string{motion::kRegionNames.at(i)}] = {{"acts", counts.acts_of.at(i)},
                                                        {"right", counts.right_of.at(i)}};
  }
  // Without movements there is nothing that F1 could be of.
  return {{"f1", counts.acts > 0 ? Json(counts.f1()) : Json(nullptr)},
          {"false_per_minute", counts.false_per_minute()},
          {"films", counts.films},
          {"minutes", counts.minutes},
          {"movements", counts.acts},
          {"finds", counts.finds},
          {"right", counts.right},
          {"right_region", counts.right_region},
          {"regions", regions}};
}

Json json_of(const evaluate::SpotReport& films) {
  auto all = films.calm;
  all += films.lively;
  auto each = films.calm;
  each += films.lively;
  each += films.nothing;
  return {{"f1", all.f1()},
          {"false_per_minute", each.false_per_minute()},
          {"calm", json_of(films.calm)},
          {"lively", json_of(films.lively)},
          {"distractors_only", json_of(films.nothing)}};
}

Json json_of(const evaluate::BriefScores& scores) {
  return {{"uf1", scores.uf1},
          {"uar", scores.uar},
          {"clips", scores.clips},
          {"confusion", scores.table}};
}

Json json_of(const evaluate::BriefReport& flows) {
  auto json = json_of(flows.all);
  for (const auto& [name, scores] : flows.corpora) json[name] = json_of(scores);
  return json;
}

void print_films(const char* title, const evaluate::SpotCounts& counts) {
  std::printf("%-26s %3zu films, %4.1f min:", title, counts.films, counts.minutes);
  if (counts.acts > 0) {
    std::printf(" F1 %.3f (%zu of %zu movements found, %zu in their region),", counts.f1(),
                counts.right, counts.acts, counts.right_region);
  }
  std::printf(" %.2f false finds a minute\n", counts.false_per_minute());
}

void print_flows(const char* title, const evaluate::BriefScores& scores) {
  std::printf("%-26s %3zu clips: UF1 %.3f, UAR %.3f\n", title, scores.clips, scores.uf1,
              scores.uar);
}

void print_text(const Report& report) {
  if (report.films) {
    print_films("movements alone", report.films->calm);
    print_films("movements and distractors", report.films->lively);
    print_films("distractors alone", report.films->nothing);
  }
  if (report.flows) {
    print_flows("flows, subject left out", report.flows->all);
    for (const auto& [name, scores] : report.flows->corpora) print_flows(name.c_str(), scores);
  }
}

void print_json(const Report& report) {
  Json json = Json::object();
  json["films"] = report.films ? json_of(*report.films) : Json(nullptr);
  json["flows"] = report.flows ? json_of(*report.flows) : Json(nullptr);
  std::printf("%s\n", json.dump().c_str());
}

Result<void> evaluate_both(const Wanted& wanted) {
  const fs::path data{wanted.data};
  const auto photographs = part_of(data, "muxspace_pairs");
  const auto flows = part_of(data, "me_flow_htnet");
  if (!photographs && !flows) {
    return fail(ErrorKind::kNotFound, data.string() +
                                          " holds neither muxspace_pairs nor me_flow_htnet: "
                                          "unpack one of them there");
  }
  Report report;
  if (photographs) {
    HARMONIC_TRY(report.films, measure_films(*photographs, wanted.people));
  }
  if (flows) {
    HARMONIC_TRY(report.flows, measure_flows(*flows));
  }
  if (wanted.json) {
    print_json(report);
  } else {
    print_text(report);
  }
  return {};
}

}  // namespace

void add_eval_brief(CLI::App& eval, const SetExit& set_exit) {
  auto* brief = eval.add_subcommand(
      "brief", "Brief movements of the face: found in films, and their flow in three classes.");
  const auto wanted = std::make_shared<Wanted>();
  brief
      ->add_option("--data", wanted->data,
                   "folder with the unpacked muxspace_pairs and me_flow_htnet")
      ->required();
  brief->add_option("--people", wanted->people, "of whose photographs films are made")
      ->check(CLI::Range(1, 200))
      ->capture_default_str();
  brief->add_flag("--json", wanted->json, "one JSON object on standard output");
  brief->footer(
      "Examples:\n"
      "  harmonic eval brief --data shared\n"
      "  harmonic eval brief --data shared --people 5 --json");
  brief->callback([wanted, set_exit] { end_eval("brief", evaluate_both(*wanted), set_exit); });
}

}  // namespace harmonic::app
