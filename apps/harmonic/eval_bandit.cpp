// harmonic eval bandit: whether what a listener wants in a mood is learned from how plays end.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "bandittrial/picture.h"
#include "bandittrial/trial.h"
#include "base/paths.h"
#include "commands.h"
#include "image/codec.h"

namespace harmonic::app {
namespace {

using Json = nlohmann::ordered_json;
using bandittrial::Comparison;
using bandittrial::kPolicyNames;
using bandittrial::Protocol;

struct Wanted {
  std::string data;
  std::string cache;
  std::size_t seeds = 20;
  bool try_constants = false;
  bool json = false;
  std::string draw;
};

struct Part {
  const char* key;
  const char* title;
  Protocol protocol;
};
constexpr std::array<Part, 2> kParts{
    {{"wish", "simulated wish, real feelings and likings", Protocol::kWish},
     {"liking", "real likings in the listener's real mood", Protocol::kLiking}}};

Json json_of(const bandittrial::Verdict& of) {
  return {{"p", of.p}, {"ahead", of.ahead}, {"p_after", of.p_after}};
}

Json json_of(const Comparison& of) {
  Json json{{"bandit", json_of(of.bandit)}, {"mixed", json_of(of.mixed)}};
  for (std::size_t p = 0; p < kPolicyNames.size(); ++p) {
    const std::string name{kPolicyNames.at(p)};
    json["learned"][name] = of.learned.at(p);
    Json curve = Json::array();
    for (const auto& band : of.curves.at(p)) curve.push_back({band.mean, band.low, band.high});
    json["curves"][name] = curve;
  }
  if (of.before > 0) {
    json["flip"] = {{"before", of.before},
                    {"stalled", of.stalled},
                    {"after", of.after},
                    {"regained", of.regained},
                    {"fresh", of.fresh}};
  }
  return json;
}

void print_table(const char* title, const Comparison& of) {
  std::printf("  %s\n    mean reward from song %zu on:", title, bandittrial::kLearned + 1);
  for (std::size_t p = 0; p < kPolicyNames.size(); ++p) {
    const auto name = kPolicyNames.at(p);
    std::printf("  %.*s %.3f", static_cast<int>(name.size()), name.data(), of.learned.at(p));
  }
  std::printf("\n");
  for (const auto& [name, verdict] :
       {std::pair{"bandit", of.bandit}, std::pair{"mixed", of.mixed}}) {
    std::printf("    %s above nearness: with %.0f %% of the listeners, p = %.5f", name,
                100.0 * verdict.ahead, verdict.p);
    if (of.before > 0) std::printf("; in the last ten after the flip p = %.5f", verdict.p_after);
    std::printf("\n");
  }
  if (of.before > 0) {
    std::printf(
        "    wish flips: the bandit has %.3f before, %.3f right after, %.3f in the last ten of %zu "
        "(%.0f %% of what it was above random); as long after its start it had %.3f\n",
        of.before, of.stalled, of.after, bandittrial::kRecovery, 100.0 * of.regained, of.fresh);
  }
}

void print_tried(std::vector<bandittrial::Tried> tried) {
  const auto worth = [](const bandittrial::Tried& one) {
    return one.wish[2] + one.heard[2] + one.liking[2];
  };
  std::sort(tried.begin(), tried.end(),
            [&](const auto& a, const auto& b) { return worth(a) > worth(b); });
  std::printf(
      "taste  mood sound noise half-life | wish: greedy linucb bandit | heard: the same | liking: "
      "the same | "
      "regained\n");
  for (const auto& one : tried) {
    std::printf("%5.3f %5.3f %5.3f %5.2f %9.0f |", one.plan.taste_spread, one.plan.mood_spread,
                one.plan.sound_spread, one.plan.noise, one.plan.half_life);
    for (const double value : one.wish) std::printf(" %.4f", value);
    std::printf(" |");
    for (const double value : one.heard) std::printf(" %.4f", value);
    std::printf(" |");
    for (const double value : one.liking) std::printf(" %.4f", value);
    std::printf(" | %.3f\n", one.regained);
  }
}

void show_heard(std::size_t done, std::size_t all) {
  std::fprintf(stderr, "\remotify: %zu of %zu pieces heard%s", done, all, done == all ? "\n" : "");
}

void show_tried(std::size_t done, std::size_t all) {
  std::fprintf(stderr, "\r%zu of %zu constants tried%s", done, all, done == all ? "\n" : "");
}

Result<void> run(const Wanted& wanted) {
  HARMONIC_TRY(const auto share, share_dir());
  HARMONIC_TRY(const auto corpus,
               bandittrial::read_corpus(wanted.data, wanted.cache, share, show_heard));
  const auto parts = bandittrial::part(bandittrial::usable(corpus.listeners));
  if (parts.reported.empty()) {
    return fail(ErrorKind::kInvalidInput, wanted.data + ": too few of its listeners answered " +
                                              std::to_string(bandittrial::kFewestSongs) +
                                              " songs; name the whole of Emotify");
  }
  if (wanted.try_constants) {
    print_tried(bandittrial::try_constants(corpus, parts.choosing, wanted.seeds, show_tried));
    return {};
  }
  Json json;
  std::vector<bandittrial::Course> courses;
  for (const auto& [key, title, protocol] : kParts) {
    const auto figures = bandittrial::measure(corpus, parts.reported, protocol, wanted.seeds);
    json[key] = {{"listeners", figures.listeners},
                 {"unheard", json_of(figures.unheard)},
                 {"heard", json_of(figures.heard)}};
    courses.push_back({std::string{title} + "; songs never heard before", figures.unheard});
    courses.push_back({std::string{title} + "; songs as they were heard", figures.heard});
    if (wanted.json) continue;
    std::printf("%s: %zu listeners\n", title, figures.listeners);
    print_table("songs never heard before", figures.unheard);
    print_table("songs as they were heard, some again", figures.heard);
  }
  if (wanted.json) std::printf("%s\n", json.dump().c_str());
  return wanted.draw.empty() ? Result<void>{}
                             : image::write_png(bandittrial::draw_courses(courses), wanted.draw);
}

}  // namespace

void add_eval_bandit(CLI::App& eval, const SetExit& set_exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* bandit = eval.add_subcommand(
      "bandit", "Learns what listeners want to hear in a mood, from answers that they gave.");
  bandit->add_option("--data", wanted->data, "folder with emotify, or emotify.tar")->required();
  bandit->add_option("--cache", wanted->cache, "folder for what was unpacked and heard")
      ->required();
  bandit->add_option("--seeds", wanted->seeds, "streams for each listener")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  bandit->add_flag("--try", wanted->try_constants,
                   "tries constants on the listeners that the figures leave out");
  bandit->add_option("--draw", wanted->draw, "PNG for the rewards song by song");
  bandit->add_flag("--json", wanted->json, "one JSON object");
  bandit->footer(
      "Example:\n"
      "  harmonic eval bandit --data music --cache heard --draw bandit.png\n"
      "What is real and what is simulated: docs/bandit.md. Hearing takes minutes, once.");
  bandit->callback([wanted, set_exit] { end_eval("bandit", run(*wanted), set_exit); });
}

}  // namespace harmonic::app
