// harmonic taste together: whether the listeners of one server help each other choose.
#include "taste_together.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/paths.h"
#include "base/status.h"
#include "store/sqlite_preferences.h"
#include "store/sqlite_store.h"

namespace harmonic::app {
namespace {

using Json = nlohmann::ordered_json;

struct TogetherOptions {
  std::string listener{catalog::kOnlyListener};
  std::string data;
  bool json = false;
};

struct Company {
  bool agreed = false;
  std::size_t others = 0;  ///< who agreed besides
};

std::string others_in_words(std::size_t others) {
  if (others == 0) return "nobody else agreed yet, so it changes nothing";
  return others == 1 ? "one other listener agreed" : std::to_string(others) + " others agreed";
}

void tell(const TogetherOptions& options, const Company& company) {
  if (options.json) {
    const Json json{
        {"listener", options.listener}, {"agreed", company.agreed}, {"others", company.others}};
    std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    return;
  }
  const auto others = others_in_words(company.others);
  if (company.agreed) {
    std::printf(
        "on: listeners alike who agreed help %s to choose, and are helped in turn; %s\n"
        "`harmonic taste together off` takes that back at once\n",
        options.listener.c_str(), others.c_str());
  } else {
    std::printf("off: what %s plays helps nobody else, and what others play does not help; %s\n",
                options.listener.c_str(), others.c_str());
  }
}

enum class Wanted { kShow, kOn, kOff };

Result<void> run(const TogetherOptions& options, Wanted wanted) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  if (!store::holds_library(data)) {
    return fail(ErrorKind::kNotFound, "there is no library in " + data.string() +
                                          "; `harmonic scan DIR` with your music folder makes one");
  }
  HARMONIC_TRY(const auto preferences, store::open_preferences(data));
  HARMONIC_TRY(const auto listener, preferences->listener(options.listener));
  if (wanted != Wanted::kShow)
    HARMONIC_CHECK(preferences->set_agreed(listener, wanted == Wanted::kOn));
  HARMONIC_TRY(const auto agreed, preferences->agreed());
  const bool too = std::find(agreed.begin(), agreed.end(), listener) != agreed.end();
  tell(options, {too, agreed.size() - (too ? 1 : 0)});
  return {};
}

}  // namespace

void add_taste_together(CLI::App& taste, const SetExit& set_exit) {
  auto* together = taste.add_subcommand(
      "together",
      "Whether listeners of this server who like the same songs help each other choose.");
  together->require_subcommand(1);
  const auto options = std::make_shared<TogetherOptions>();
  const auto add = [&](const char* name, const char* what, Wanted wanted) {
    auto* command = together->add_subcommand(name, what);
    command->add_option("--listener", options->listener, "who")->capture_default_str();
    command->add_option("--data", options->data,
                        "data folder of the library (default: ~/.local/share/harmonic)");
    command->add_flag("--json", options->json,
                      "{listener, agreed, others: how many agreed besides}");
    command->callback([options, set_exit, wanted] {
      const auto done = run(*options, wanted);
      if (!done) std::cerr << "harmonic taste together: " << done.error().message << '\n';
      set_exit(done ? kExitDone : exit_code(done.error().kind));
    });
  };
  add("show", "Tells it.", Wanted::kShow);
  add("on", "Agrees for one listener.", Wanted::kOn);
  add("off", "Takes that back; what this listener plays helps nobody from then on.", Wanted::kOff);
  together->footer(
      "Example:\n"
      "  harmonic taste together on --listener ann\n"
      "  harmonic taste together off --listener ann\n"
      "Off at first. It takes two who agree; then a song that others play who like what you like "
      "gains, and\nsays \"listeners alike on this server play it\", never who. Where only two "
      "agree, each can guess\nwhose plays these are. docs/taste.md has the formula.");
}

}  // namespace harmonic::app
