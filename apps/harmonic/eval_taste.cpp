// harmonic eval taste: how well the songs that listeners went on to play are found from the others.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "image/codec.h"
#include "tastetrial/households.h"
#include "tastetrial/picture.h"
#include "tastetrial/trial.h"

namespace harmonic::app {
namespace {

using Json = nlohmann::ordered_json;
using tastetrial::kFigureNames;
using tastetrial::kSetNames;
using tastetrial::SetFigures;

struct Wanted {
  std::string data;
  std::string only;
  std::size_t seeds = 5;
  std::size_t jobs = 1;
  std::vector<std::size_t> households;
  bool json = false;
  std::string draw;
};

Json json_of(const SetFigures& set) {
  Json json;
  for (const auto& method : set.methods) {
    Json& figures = json[method.method];
    Json intervals;
    for (std::size_t f = 0; f < kFigureNames.size(); ++f) {
      const std::string name{kFigureNames[f]};
      figures[name] = method.figures[f].mean;
      intervals[name] = {method.figures[f].low, method.figures[f].high};
    }
    figures["coverage"] = method.coverage;
    figures["learning_seconds"] = method.learning_seconds;
    figures["learning_cpu_seconds"] = method.learning_cpu_seconds;
    figures["interval"] = intervals;
  }
  for (const auto& share : set.shares) json["ours"]["shares"][share.method] = share.weight;
  return json;
}

void print_table(const SetFigures& set) {
  std::printf("%s: %zu listeners, %zu songs, %zu plays; %zu listeners counted, %zu split%s\n",
              set.set.c_str(), set.listeners, set.songs, set.plays, set.counted, set.splits,
              set.splits == 1 ? "" : "s");
  std::printf("  %-11s", "");
  for (const auto name : kFigureNames)
    std::printf("%11.*s", static_cast<int>(name.size()), name.data());
  std::printf("%11s%11s%11s\n", "coverage", "learned in", "CPU");
  for (const auto& method : set.methods) {
    std::printf("  %-11s", method.method.c_str());
    for (const auto& figure : method.figures) std::printf("%11.4f", figure.mean);
    std::printf("%11.4f%9.2f s%9.2f s\n  %-11s", method.coverage, method.learning_seconds,
                method.learning_cpu_seconds, "");
    for (const auto& figure : method.figures)
      std::printf("    +-%.4f", (figure.high - figure.low) / 2.0);
    std::printf("\n");
  }
  std::printf("  ours is");
  const char* before = " ";
  for (const auto& share : set.shares) {
    std::printf("%s%s %.2f", before, share.method.c_str(), static_cast<double>(share.weight));
    before = ", ";
  }
  std::printf(" (last split)\n");
}

Json json_of(const tastetrial::HouseholdFigures& house) {
  Json json{
      {"listeners", house.size}, {"households", house.households}, {"counted", house.counted}};
  for (const auto& method : house.methods) {
    for (std::size_t f = 0; f < kFigureNames.size(); ++f) {
      const auto& figure = method.figures.at(f);
      json["methods"][method.method][std::string{kFigureNames.at(f)}] = {figure.mean, figure.low,
                                                                         figure.high};
    }
  }
  return json;
}

void print_household(const std::string& set, const tastetrial::HouseholdFigures& house) {
  std::printf("%s, %zu listeners together: %zu households, %zu listeners counted\n", set.c_str(),
              house.size, house.households, house.counted);
  for (const auto& method : house.methods) {
    std::printf("  %-11s", method.method.c_str());
    for (const auto which : {tastetrial::Figure::kRecall20, tastetrial::Figure::kNdcg20}) {
      const auto at = static_cast<std::size_t>(which);
      const auto& figure = method.figures.at(at);
      std::printf("  %.*s %.4f +-%.4f", static_cast<int>(kFigureNames.at(at).size()),
                  kFigureNames.at(at).data(), figure.mean, (figure.high - figure.low) / 2.0);
    }
    std::printf("\n");
  }
}

Result<void> run_households(const Wanted& wanted) {
  Json json;
  for (const auto name : kSetNames) {
    if (!wanted.only.empty() && wanted.only != name) continue;
    HARMONIC_TRY(const auto set, tastetrial::read_taste_set(wanted.data, name));
    for (const auto size : wanted.households) {
      const auto house = tastetrial::measure_households(set, size, wanted.seeds);
      if (wanted.json)
        json[set.name].push_back(json_of(house));
      else
        print_household(set.name, house);
      std::fflush(stdout);
    }
  }
  if (wanted.json) std::printf("%s\n", json.dump().c_str());
  return {};
}

Result<void> run(const Wanted& wanted) {
  if (!wanted.households.empty()) return run_households(wanted);
  Json json;
  std::vector<SetFigures> sets;
  for (const auto name : kSetNames) {
    if (!wanted.only.empty() && wanted.only != name) continue;
    HARMONIC_TRY(const auto set, tastetrial::read_taste_set(wanted.data, name));
    const auto show = [name](std::string_view method, std::size_t done, std::size_t all) {
      std::fprintf(stderr, "\r%.*s: %zu of %zu learned and judged, %.*s%s",
                   static_cast<int>(name.size()), name.data(), done, all,
                   static_cast<int>(method.size()), method.data(),
                   done == all ? "        \n" : "        ");
    };
    HARMONIC_TRY(const auto figures, tastetrial::measure(set, wanted.seeds, wanted.jobs, show));
    if (wanted.json)
      json[set.name] = json_of(figures);
    else
      print_table(figures);
    std::fflush(stdout);
    sets.push_back(figures);
  }
  if (wanted.json) std::printf("%s\n", json.dump().c_str());
  return wanted.draw.empty() ? Result<void>{}
                             : image::write_png(tastetrial::draw_figures(sets), wanted.draw);
}

}  // namespace

void add_eval_taste(CLI::App& eval, const SetExit& set_exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* taste = eval.add_subcommand(
      "taste", "Finds songs that listeners played from the others that they played.");
  taste->add_option("--data", wanted->data, "folder with taste, or taste.tar.zst")->required();
  taste->add_option("--only", wanted->only, "one set")
      ->check(CLI::IsMember(std::vector<std::string>{kSetNames.begin(), kSetNames.end()}));
  taste->add_option("--seeds", wanted->seeds, "how many splits a set without a published one gets")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  taste->add_option("--jobs", wanted->jobs, "threads")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  auto* draw = taste->add_option("--draw", wanted->draw,
                                 "PNG with a bar and its interval for each method and set");
  taste
      ->add_option("--households", wanted->households,
                   "instead: so many listeners at a time, drawn by chance, learn from each other "
                   "alone; sizes with commas between them")
      ->delimiter(',')
      ->check(CLI::Range(2, 1000))
      ->excludes(draw);
  taste->add_flag("--json", wanted->json, "one JSON object");
  taste->footer(
      "Example:\n"
      "  harmonic eval taste --data music --jobs 2\n"
      "  harmonic eval taste --data music --only hetrec --json\n"
      "  harmonic eval taste --data music --seeds 2 --draw taste.png\n"
      "  harmonic eval taste --data music --households 2,5,20 --seeds 2\n"
      "The +- below a figure is half of its 95 % bootstrap interval over listeners.");
  taste->callback([wanted, set_exit] { end_eval("taste", run(*wanted), set_exit); });
}

}  // namespace harmonic::app
