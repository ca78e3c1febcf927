// harmonic beliefs: what was learned of a listener from how plays ended, and how to start anew.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "bandit/beliefs.h"
#include "bandit/state.h"
#include "base/paths.h"
#include "base/status.h"
#include "base/whole_file.h"
#include "commands.h"
#include "recommend/replay.h"
#include "store/sqlite_preferences.h"
#include "store/sqlite_store.h"

namespace harmonic::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct BeliefsOptions {
  std::string listener{catalog::kOnlyListener};
  std::string data;
  std::string file;
  bool undo = false;
  bool json = false;
};

void print(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// A library that is there, and somebody in it.
struct Desk {
  std::unique_ptr<catalog::Store> store;
  std::unique_ptr<catalog::Preferences> preferences;
  ListenerId listener;
};

Result<Desk> sit_down(const BeliefsOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  // Asking makes no library.
  if (!store::holds_library(data)) {
    return fail(ErrorKind::kNotFound, "there is no library in " + data.string() +
                                          "; `harmonic scan DIR` with your music folder makes one");
  }
  Desk desk;
  HARMONIC_TRY(desk.store, store::open(data));
  HARMONIC_TRY(desk.preferences, store::open_preferences(data));
  HARMONIC_TRY(desk.listener, desk.preferences->listener(options.listener));
  return desk;
}

Result<bandit::Wishes> wishes_of(const Desk& desk) {
  HARMONIC_TRY(const auto history, desk.store->history(desk.listener));
  recommend::Snapshot songs;
  HARMONIC_CHECK(desk.store->go_through_songs([&](const auto& source) -> Result<void> {
    HARMONIC_TRY(songs, recommend::Snapshot::read(source));
    return {};
  }));
  return recommend::wishes_of(songs, *desk.preferences, desk.listener, history);
}

Json json_of(const bandit::Belief& belief) {
  return {{"mood", belief.mood},
          {"prefers", belief.prefers},
          {"over", belief.over},
          {"songs", belief.songs},
          {"sureness", bandit::name_of(belief.sureness)},
          {"text", belief.text()}};
}

Result<void> show(const BeliefsOptions& options) {
  HARMONIC_TRY(const auto desk, sit_down(options));
  HARMONIC_TRY(const auto wishes, wishes_of(desk));
  const auto beliefs = bandit::beliefs_of(wishes);
  if (options.json) {
    Json all = Json::array();
    for (const auto& belief : beliefs) all.push_back(json_of(belief));
    print({{"listener", options.listener}, {"songs", wishes.all_plays()}, {"beliefs", all}});
    return {};
  }
  for (const auto& belief : beliefs) std::printf("%s\n", belief.text().c_str());
  if (beliefs.empty()) {
    std::printf(
        "nothing is believed of %s yet: %llu songs heard to an end or skipped say too little\n",
        options.listener.c_str(), static_cast<unsigned long long>(wishes.all_plays()));
  }
  return {};
}

void tell(const BeliefsOptions& options, const char* what, const std::string& words) {
  if (options.json)
    print({{"listener", options.listener}, {"done", what}});
  else
    std::printf("%s\n", words.c_str());
}

std::chrono::system_clock::time_point now() { return std::chrono::system_clock::now(); }

Result<void> reset(const BeliefsOptions& options) {
  HARMONIC_TRY(const auto desk, sit_down(options));
  if (options.undo) {
    HARMONIC_CHECK(desk.preferences->take_back_start(desk.listener));
    tell(options, "undo", "what was learned of " + options.listener + " counts again");
    return {};
  }
  HARMONIC_CHECK(desk.preferences->start_learning(desk.listener, {now(), ""}));
  tell(options, "reset",
       "nothing is believed of " + options.listener +
           " any more; `harmonic beliefs reset --undo` takes that back");
  return {};
}

/// What is longer than any export is cut, and refused for that.
Result<std::string> read_file(const fs::path& file) {
  constexpr std::size_t kMost = 1U << 20U;
  std::error_code trouble;
  if (!fs::is_regular_file(file, trouble))
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  std::ifstream in{file, std::ios::binary};
  std::string bytes(kMost, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(kMost));
  if (in.bad() || (!in && !in.eof()))
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

Result<void> export_to(const BeliefsOptions& options) {
  HARMONIC_TRY(const auto desk, sit_down(options));
  HARMONIC_TRY(const auto wishes, wishes_of(desk));
  HARMONIC_CHECK(write_whole(options.file, bandit::encode(wishes.portable())));
  tell(options, "export",
       options.file + ": what " + std::to_string(wishes.all_plays()) + " songs told of " +
           options.listener);
  return {};
}

Result<void> import_from(const BeliefsOptions& options) {
  HARMONIC_TRY(const auto bytes, read_file(options.file));
  const auto wishes = bandit::decode(bytes);
  if (!wishes) return fail(wishes.error().kind, options.file + ": " + wishes.error().message);
  HARMONIC_TRY(const auto desk, sit_down(options));
  HARMONIC_CHECK(
      desk.preferences->start_learning(desk.listener, {now(), bandit::encode(wishes->portable())}));
  tell(options, "import",
       "what " + std::to_string(wishes->all_plays()) + " songs told of " + options.listener +
           " counts from now on, and what is heard after; " +
           "`harmonic beliefs reset --undo` takes that back");
  return {};
}

using Options = std::shared_ptr<BeliefsOptions>;

void add_common(CLI::App& command, const Options& options) {
  command.add_option("--listener", options->listener, "whose")->capture_default_str();
  command.add_option("--data", options->data,
                     "data folder of the library (default: ~/.local/share/harmonic)");
  command.add_flag("--json", options->json, "one JSON object on standard output");
}

}  // namespace

void add_beliefs(CLI::App& app, const SetExit& set_exit) {
  auto* beliefs = app.add_subcommand(
      "beliefs", "What was learned of a listener from songs finished and skipped");
  beliefs->require_subcommand(1);
  const auto options = std::make_shared<BeliefsOptions>();
  const auto runs = [options, set_exit](auto action) {
    return [options, set_exit, action] {
      const Result<void> done = action(*options);
      if (!done) std::cerr << "harmonic beliefs: " << done.error().message << '\n';
      set_exit(done ? kExitDone : exit_code(done.error().kind));
    };
  };
  auto* show_command = beliefs->add_subcommand("show", "Tells it in words.");
  show_command->callback(runs(show));
  auto* reset_command = beliefs->add_subcommand("reset", "Forgets it and learns anew.");
  reset_command->add_flag("--undo", options->undo, "takes the newest reset or import back");
  reset_command->callback(runs(reset));
  auto* export_command = beliefs->add_subcommand(
      "export", "Writes it to a file, without what belongs to this library's sound.");
  export_command->add_option("file", options->file, "where to")->required();
  export_command->callback(runs(export_to));
  auto* import_command = beliefs->add_subcommand("import", "Starts from such a file.");
  import_command->add_option("file", options->file, "what `export` wrote")->required();
  import_command->callback(runs(import_from));
  for (auto* command : {show_command, reset_command, export_command, import_command})
    add_common(*command, options);
  beliefs->footer(
      "Example:\n"
      "  harmonic beliefs show\n"
      "  harmonic beliefs reset --listener ann\n"
      "  harmonic beliefs reset --undo --listener ann");
}

}  // namespace harmonic::app
