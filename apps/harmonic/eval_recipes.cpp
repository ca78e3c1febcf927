#include "eval_recipes.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "affect/manifest.h"
#include "base/digest.h"
#include "base/paths.h"
#include "classic/cache.h"
#include "classic/measure.h"
#include "classic/recipe.h"
#include "classic/table.h"
#include "evaluate/confusion_picture.h"
#include "evaluate/faces.h"
#include "image/codec.h"

namespace harmonic::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kShippedName = "the student that ships";

/// What every row needs; the faces to learn from are read when the first recipe asks for them.
struct Table {
  fs::path data, share;
  std::size_t limit = 0;
  classic::Exam exam;
  std::optional<evaluate::LabelledFaces> training, choosing;
};

/// A row to be made: what it hangs on, and how.
struct Job {
  std::string name;
  std::string settings;
  std::function<Result<classic::Row>(Table&)> make;
};

classic::Progress progress_of(std::string name) {
  return [name = std::move(name)](std::string_view what, std::size_t done, std::size_t all) {
    if (done % 64 != 0 && done != all) return;
    std::fprintf(stderr, "\r\x1b[K%s: %.*s, %zu of %zu%s", name.c_str(),
                 static_cast<int>(what.size()), what.data(), done, all, done == all ? "\n" : "");
  };
}

Result<void> read_lessons(Table& table) {
  if (table.training) return {};
  HARMONIC_TRY(table.choosing, evaluate::read_split(table.data, evaluate::Split::kPublicTest));
  HARMONIC_TRY(table.training, evaluate::read_split(table.data, evaluate::Split::kTraining));
  classic::shorten(*table.choosing, table.limit);
  classic::shorten(*table.training, table.limit);
  return {};
}

Result<classic::Row> make_recipe_row(const classic::Recipe& recipe, Table& table) {
  const auto progress = progress_of(std::string{recipe.name});
  HARMONIC_CHECK(read_lessons(table));
  const double began = classic::cpu_seconds();
  HARMONIC_TRY(const auto trained, classic::Trained::train(recipe, *table.training, *table.choosing,
                                                           table.share, progress));
  classic::Row row;
  row.seconds = classic::cpu_seconds() - began;
  row.name = recipe.name;
  row.source = recipe.source;
  row.settings = trained.settings();
  row.rows = trained.rows();
  const auto responder =
      [&trained](const image::Picture& face) -> Result<std::optional<affect::Reading>> {
    HARMONIC_TRY(const auto label, trained.answer(face));
    if (!label) return std::nullopt;
    return classic::reading_of(*label);
  };
  HARMONIC_CHECK(classic::measure(row, responder, table.exam, false, progress));
  return row;
}

Result<classic::Row> make_network_row(const std::string& name, const fs::path& manifest,
                                      Table& table) {
  HARMONIC_TRY(auto classifier, affect::Classifier::load(manifest));
  classic::Row row;
  row.name = name;
  row.source = std::to_string(classifier.parameters()) + " parameters, seed " +
               std::to_string(classifier.seed());
  const auto reader = evaluate::reader_of({std::move(classifier)});
  const auto responder =
      [&reader](const image::Picture& face) -> Result<std::optional<affect::Reading>> {
    HARMONIC_TRY(const auto reading, reader(face));
    return reading;
  };
  HARMONIC_CHECK(classic::measure(row, responder, table.exam, true, progress_of(name)));
  return row;
}

Result<Job> network_job(const std::string& name, const fs::path& manifest) {
  HARMONIC_TRY(const auto digest, sha256_of_file(manifest));
  return Job{name, "network " + digest,
             [=](Table& table) { return make_network_row(name, manifest, table); }};
}

/// What its maker called the network, and its folder where that is named otherwise.
Result<std::string> name_of_network(const fs::path& manifest) {
  std::ifstream file{manifest, std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  HARMONIC_TRY(const auto read, affect::parse_manifest(text));
  const auto folder = manifest.parent_path().filename().string();
  if (read.recipe.empty() || read.recipe == folder) return folder;
  return read.recipe + " (" + folder + ")";
}

/// One for each DIR/*/manifest.json.
Result<std::vector<Job>> network_jobs_in(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> manifests;
  for (const auto& entry : fs::directory_iterator{folder, error}) {
    auto manifest = entry.path() / "manifest.json";
    if (fs::exists(manifest, error)) manifests.push_back(std::move(manifest));
  }
  if (manifests.empty()) {
    return fail(ErrorKind::kNotFound, folder.string() +
                                          " holds no exported network in a folder of its own: "
                                          "`harmonic-train export --out` writes them");
  }
  std::ranges::sort(manifests);
  std::vector<Job> jobs;
  for (const auto& manifest : manifests) {
    auto name = name_of_network(manifest);
    if (!name) return tl::unexpected{std::move(name.error()).while_doing(manifest.string())};
    HARMONIC_TRY(auto job, network_job(*name, manifest));
    jobs.push_back(std::move(job));
  }
  return jobs;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool is_wanted(const std::string& name, const std::vector<std::string>& parts) {
  return parts.empty() || std::ranges::any_of(parts, [&](const std::string& part) {
           return lower(name).find(lower(part)) != std::string::npos;
         });
}

/// Each name that was asked for must be that of a row: a slip would print an empty table.
Result<void> check_names(const std::vector<std::string>& parts, const std::vector<Job>& jobs) {
  std::string known;
  for (const auto& job : jobs) known.append(known.empty() ? "" : ", ").append(job.name);
  for (const auto& part : parts) {
    if (std::ranges::none_of(jobs, [&](const Job& job) { return is_wanted(job.name, {part}); })) {
      std::string words = "no row is named '";
      words.append(part).append("'; there are: ").append(known);
      return fail(ErrorKind::kInvalidInput, words);
    }
  }
  return {};
}

Result<std::vector<Job>> jobs_of(const RecipesWanted& wanted, const fs::path& share) {
  std::vector<Job> jobs;
  for (const auto& recipe : classic::recipes()) {
    jobs.push_back({std::string{recipe.name}, classic::settings_of(recipe),
                    [&recipe](Table& table) { return make_recipe_row(recipe, table); }});
  }
  HARMONIC_TRY(auto shipped,
               network_job(kShippedName, share / "models" / "expression" / "manifest.json"));
  jobs.push_back(std::move(shipped));
  if (!wanted.folder.empty()) {
    HARMONIC_TRY(auto found, network_jobs_in(wanted.folder));
    std::ranges::move(found, std::back_inserter(jobs));
  }
  HARMONIC_CHECK(check_names(wanted.recipes, jobs));
  std::erase_if(jobs, [&](const Job& job) { return !is_wanted(job.name, wanted.recipes); });
  for (const auto& network : wanted.networks) {
    const fs::path manifest{network};
    const auto folder = fs::absolute(manifest).parent_path().filename().string();
    const auto same = std::ranges::count_if(
        jobs, [&](const Job& job) { return job.name.starts_with("network " + folder); });
    const auto name = "network " + folder + (same > 0 ? " " + std::to_string(same + 1) : "");
    HARMONIC_TRY(auto job, network_job(name, manifest));
    jobs.push_back(std::move(job));
  }
  return jobs;
}

/// As somebody else would type it: folders are their own.
std::string command_of(const RecipesWanted& wanted, const std::string& split) {
  std::string command = "harmonic eval faces --all --data DIR --docs OUT";
  for (const auto& part : wanted.recipes) command += " --recipe \"" + part + "\"";
  for (const auto& network : wanted.networks) {
    command += " --network DIR/" + fs::path{network}.filename().string();
  }
  if (!wanted.folder.empty()) command += " --networks DIR";
  if (split != "private") command += " --split " + split;
  if (wanted.limit > 0) command += " --limit " + std::to_string(wanted.limit);
  return command;
}

Result<void> write_docs(const fs::path& folder, const std::vector<classic::Row>& rows,
                        const classic::About& about) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorKind::kUnavailable, folder.string() + " cannot be made: " + error.message());
  }
  for (const auto& row : rows) {
    if (!row.fer2013) continue;
    const auto picture = evaluate::draw_confusion(row.fer2013->confusion, row.name);
    HARMONIC_CHECK(image::write_png(picture, folder / classic::picture_name(row.name)));
  }
  std::ofstream page{folder / "README.md", std::ios::binary};
  page << classic::markdown_page(rows, about);
  page.close();
  if (!page)
    return fail(ErrorKind::kUnavailable, (folder / "README.md").string() + " cannot be written");
  return {};
}

void print(const std::vector<classic::Row>& rows, const classic::About& about, bool json) {
  if (!json) {
    std::printf("%s", classic::text_table(rows, about).c_str());
    return;
  }
  nlohmann::ordered_json all{{"data", about.digest}, {"limit", about.limit}};
  all["rows"] = nlohmann::ordered_json::array();
  for (const auto& row : rows) {
    all["rows"].push_back(nlohmann::ordered_json::parse(classic::json_of(row)));
  }
  std::printf("%s\n", all.dump().c_str());
}

/// Each row from the cache, or made and kept.
Result<std::vector<classic::Row>> make_rows(const std::vector<Job>& jobs, Table& table,
                                            const classic::About& about,
                                            const std::string& folder) {
  HARMONIC_TRY(const auto cache, classic::Cache::open(folder));
  std::vector<classic::Row> rows;
  for (const auto& job : jobs) {
    const auto key = job.name + "\n" + job.settings + "\n" + about.digest + "\n" +
                     std::to_string(static_cast<int>(about.split)) + "\n" +
                     std::to_string(about.limit);
    if (auto kept = cache.find(key)) {
      std::fprintf(stderr, "%s: kept from an earlier run\n", job.name.c_str());
      rows.push_back(*std::move(kept));
      continue;
    }
    HARMONIC_TRY(auto row, job.make(table));
    HARMONIC_CHECK(cache.keep(key, row));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

void add_recipe_options(CLI::App& faces, RecipesWanted& wanted) {
  faces.add_flag("--all", wanted.all,
                 "the recipes of the literature beside the network that ships, on one table");
  faces.add_option("--recipe", wanted.recipes, "only the rows whose name has this in it");
  faces.add_option("--network", wanted.networks, "with --all: one more network's manifest.json");
  faces.add_option("--networks", wanted.folder,
                   "with --all: folder whose folders each hold an exported network, a row each");
  faces.add_option("--docs", wanted.docs, "with --all: folder for the page and confusion matrices");
  faces.add_option("--cache", wanted.cache, "with --all: folder that keeps finished rows");
  faces.add_option("--limit", wanted.limit,
                   "with --all: only the first so many faces of each split");
}

Result<void> evaluate_recipes(const RecipesWanted& wanted, const std::string& data,
                              const std::string& split, bool json) {
  Table table;
  table.data = data;
  table.limit = wanted.limit;
  HARMONIC_TRY(table.share, share_dir());
  HARMONIC_TRY(const auto jobs, jobs_of(wanted, table.share));
  classic::About about;
  about.command = command_of(wanted, split);
  about.split = split == "public" ? evaluate::Split::kPublicTest : evaluate::Split::kPrivateTest;
  about.limit = wanted.limit;
  HARMONIC_TRY(about.digest, classic::digest_of_archive(table.data));
  HARMONIC_TRY(table.exam, classic::read_exam(table.data, about.split, wanted.limit));
  HARMONIC_TRY(const auto rows, make_rows(jobs, table, about, wanted.cache));
  if (!wanted.docs.empty()) {
    HARMONIC_CHECK(write_docs(wanted.docs, rows, about));
  }
  print(rows, about, json);
  return {};
}

}  // namespace harmonic::app
