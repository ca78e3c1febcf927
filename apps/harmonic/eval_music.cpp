// harmonic eval music: how near our ears come to what listeners say of music.
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "drawing/scatter.h"
#include "evaluate/confusion_picture.h"
#include "image/codec.h"
#include "moodtrial/sound_fonts.h"
#include "moodtrial/trial.h"

namespace harmonic::app {
namespace {

using Json = nlohmann::ordered_json;
using moodtrial::Figures;

struct Wanted {
  std::string data;
  std::string cache;
  std::size_t seeds = 3;
  std::size_t jobs = 1;
  bool json = false;
  std::string draw;
};

void show_heard(std::string_view what, std::size_t done, std::size_t all) {
  if (done % 10 != 0 && done != all) return;
  std::fprintf(stderr, "\r%.*s: %zu of %zu pieces heard%s", static_cast<int>(what.size()),
               what.data(), done, all, done == all ? "\n" : "  ");
}

/// Mean over the seeds, and their standard deviation beside it.
struct Measured {
  double mean = 0.0;
  double spread = 0.0;
};

Measured over_seeds(const std::vector<Figures>& all,
                    const std::function<double(const Figures&)>& of) {
  Measured measured;
  for (const auto& figures : all) measured.mean += of(figures);
  measured.mean /= static_cast<double>(all.size());
  if (all.size() < 2) return measured;
  for (const auto& figures : all) measured.spread += std::pow(of(figures) - measured.mean, 2);
  measured.spread = std::sqrt(measured.spread / static_cast<double>(all.size() - 1));
  return measured;
}

/// One figure of the report: where it stands in the JSON, and what it is in words.
struct Line {
  Json::json_pointer place;
  std::string words;
  std::function<double(const Figures&)> of;
};

std::vector<Line> report_lines() {
  using Pointer = Json::json_pointer;
  std::vector<Line> lines{
      {Pointer{"/deam/valence_r2"}, "DEAM valence, R squared",
       [](auto& f) { return f.deam_valence_r2; }},
      {Pointer{"/deam/arousal_r2"}, "DEAM arousal, R squared",
       [](auto& f) { return f.deam_arousal_r2; }},
      {Pointer{"/emopia/quadrant"}, "EMOPIA quadrant", [](auto& f) { return f.emopia_quadrant; }},
      {Pointer{"/emopia/arousal"}, "EMOPIA arousal", [](auto& f) { return f.emopia_arousal; }},
      {Pointer{"/emopia/valence"}, "EMOPIA valence", [](auto& f) { return f.emopia_valence; }},
      {Pointer{"/emotify/mean_r"}, "Emotify, mean r of nine",
       [](auto& f) { return f.emotify_mean_r(); }}};
  for (std::size_t i = 0; i < mood::kGems.size(); ++i) {
    const std::string name{mood::kGems[i]};
    lines.push_back({Pointer{"/emotify/r/" + name}, "  " + name,
                     [i](const Figures& f) { return f.emotify_r[i]; }});
  }
  const std::vector<Line> rest{
      {Pointer{"/emotify/valence_r"}, "Emotify valence, r",
       [](auto& f) { return f.emotify_valence_r; }},
      {Pointer{"/emotify/arousal_r"}, "Emotify arousal, r",
       [](auto& f) { return f.emotify_arousal_r; }},
      {Pointer{"/emotify/genre"}, "Emotify genre of four", [](auto& f) { return f.emotify_genre; }},
      {Pointer{"/cross/deam_to_emotify/valence_r"}, "DEAM -> Emotify valence, r",
       [](auto& f) { return f.deam_to_emotify_valence_r; }},
      {Pointer{"/cross/deam_to_emotify/arousal_r"}, "DEAM -> Emotify arousal, r",
       [](auto& f) { return f.deam_to_emotify_arousal_r; }},
      {Pointer{"/cross/to_emopia/valence_auc"}, "all but EMOPIA -> EMOPIA valence, AUC",
       [](auto& f) { return f.to_emopia_valence_auc; }},
      {Pointer{"/cross/to_emopia/arousal_auc"}, "all but EMOPIA -> EMOPIA arousal, AUC",
       [](auto& f) { return f.to_emopia_arousal_auc; }}};
  lines.insert(lines.end(), rest.begin(), rest.end());
  return lines;
}

void print_json(const std::vector<Figures>& all) {
  Json json;
  Json spread;
  for (const auto& line : report_lines()) {
    const auto measured = over_seeds(all, line.of);
    json[line.place] = measured.mean;
    spread[line.place] = measured.spread;
  }
  json["seeds"] = all.size();
  json["spread"] = spread;
  std::printf("%s\n", json.dump().c_str());
}

void print_table(const std::vector<Figures>& all) {
  for (const auto& line : report_lines()) {
    const auto [mean, spread] = over_seeds(all, line.of);
    std::printf("%-40s %6.3f  +- %.3f\n", line.words.c_str(), mean, spread);
  }
}

std::string titled(const char* axis, double r2) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s, R squared %.3f", axis, r2);
  return text.data();
}

/// What the first seed said, song by song.
Result<void> draw(const Figures& figures, const std::filesystem::path& folder) {
  const auto valence = titled("valence", figures.deam_valence_r2);
  const auto arousal = titled("arousal", figures.deam_arousal_r2);
  const auto& deam = figures.deam;
  HARMONIC_CHECK(image::write_png(
      drawing::draw_scatter("DEAM: what we hear, by networks that never saw the song",
                            {valence, deam.valence_truth, deam.valence_said},
                            {arousal, deam.arousal_truth, deam.arousal_said}),
      folder / "deam.png"));
  return image::write_png(evaluate::draw_confusion(moodtrial::kQuarters, figures.emopia,
                                                   "EMOPIA: quarter of the plane"),
                          folder / "emopia.png");
}

/// Before the hour of work, so that a folder that cannot be made costs none.
Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return {};
  return fail(ErrorKind::kUnavailable, folder.string() + " cannot be made: " + error.message());
}

Result<void> run(const Wanted& wanted) {
  if (!wanted.draw.empty()) HARMONIC_CHECK(make_folder(wanted.draw));
  HARMONIC_TRY(auto sources, moodtrial::find_sources(wanted.data, wanted.cache));
  sources.jobs = wanted.jobs;
  HARMONIC_TRY(const auto corpora, moodtrial::hear_corpora(sources, show_heard));
  std::vector<Figures> all;
  for (std::size_t seed = 1; seed <= wanted.seeds; ++seed) {
    const auto show = [&](std::size_t done, std::size_t steps) {
      std::fprintf(stderr, "\rseed %zu of %zu: %zu of %zu committees taught%s", seed, wanted.seeds,
                   done, steps, done == steps ? "\n" : "  ");
    };
    all.push_back(moodtrial::measure(corpora, seed, wanted.jobs, show));
  }
  wanted.json ? print_json(all) : print_table(all);
  return wanted.draw.empty() ? Result<void>{} : draw(all.front(), wanted.draw);
}

}  // namespace

void add_eval_music(CLI::App& eval, const SetExit& set_exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* music = eval.add_subcommand(
      "music", "Compares what we hear in music with what its listeners said, corpus by corpus.");
  music->add_option("--data", wanted->data, "folder with deam, emotify and midi, or their archives")
      ->required();
  music->add_option("--cache", wanted->cache, "folder for what was unpacked and heard")->required();
  music->add_option("--seeds", wanted->seeds, "how often everything is learned anew")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  music->add_option("--jobs", wanted->jobs, "threads")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  music->add_option("--draw", wanted->draw,
                    "folder for pictures: DEAM answer by answer, EMOPIA quarter by quarter");
  music->add_flag("--json", wanted->json, "one JSON object");
  music->footer(
      "Example:\n"
      "  harmonic eval music --data music --cache heard --jobs 2\n"
      "  harmonic eval music --data music --cache heard --seeds 1 --draw pictures\n"
      "The piano pieces are rendered: install timgm6mb-soundfont, csound-soundfont, "
      "opl3-soundfont\n"
      "and fluid-soundfont-gm first. Hearing all takes over half an hour of one core, once.");
  music->callback([wanted, set_exit] { end_eval("music", run(*wanted), set_exit); });
}

}  // namespace harmonic::app
