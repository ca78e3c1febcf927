#include <spawn.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/heap.h"
#include "base/log.h"
#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "mood/model.h"
#include "server/background_scan.h"
#include "server/routes.h"
#include "server/server.h"
#include "server/vision.h"
#include "session/acquaintances.h"
#include "session/camera_eyes.h"
#include "session/household.h"
#include "session/refresher.h"
#include "store/sqlite_daily.h"
#include "store/sqlite_playlists.h"
#include "store/sqlite_preferences.h"
#include "store/sqlite_store.h"
#include "targets_file.h"
#include "tastelibrary/installed.h"

namespace harmonic::app {

namespace {

struct ServeOptions {
  std::vector<std::string> music;
  std::string data;
  std::string host = "127.0.0.1";
  std::uint16_t port = 4747;
  bool no_browser = false;
  bool who = false;
  std::string targets;
};

Result<std::vector<std::filesystem::path>> folders_of(const std::vector<std::string>& names) {
  std::vector<std::filesystem::path> folders;
  for (const auto& name : names) {
    std::error_code error;
    auto folder = std::filesystem::canonical(name, error);
    if (error || !std::filesystem::is_directory(folder, error)) {
      return fail(ErrorKind::kNotFound, "there is no folder \"" + name + "\"");
    }
    folders.push_back(std::move(folder));
  }
  return folders;
}

std::string machine_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string{name.data()} : "";
}

/// Only where somebody sits before a screen; that it does not open is no trouble of ours.
void open_browser(const std::string& address) {
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return;
  std::string program = "xdg-open";
  std::string argument = address;
  std::array<char*, 3> arguments{program.data(), argument.data(), nullptr};
  pid_t child = 0;
  (void)::posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ);
}

/// What the server sees with; each part that is missing is logged with its remedy.
struct Sight {
  std::string detector = "none";
  std::unique_ptr<session::Eyes> eyes;
};

Sight open_sight(const std::filesystem::path& share,
                 std::optional<session::Acquaintances> acquaintances) {
  Sight sight;
  auto finder = face::Finder::open(share);
  if (!finder) {
    log::warning("no camera: " + finder.error().message);
    return sight;
  }
  if (!finder->notice().empty()) log::warning(finder->notice());
  sight.detector = face::name_of(finder->kind());
  auto classifier = affect::Classifier::load_shipped(share);
  if (!classifier) {
    log::warning("no camera: " + classifier.error().message);
    return sight;
  }
  sight.eyes = std::make_unique<session::CameraEyes>(*std::move(finder), *std::move(classifier),
                                                     std::move(acquaintances));
  return sight;
}

Result<void> serve(const ServeOptions& options) {
  keep_little_free_memory();
  HARMONIC_TRY(auto folders, folders_of(options.music));
  HARMONIC_TRY(const auto share, share_dir());
  HARMONIC_TRY(const auto data, data_dir(options.data));
  HARMONIC_TRY(auto targets, open_targets(options.targets, data));
  std::optional<session::Acquaintances> acquaintances;
  if (options.who) {
    HARMONIC_TRY(acquaintances, session::Acquaintances::open(share, data));
  }
  // The port before all else: whoever already serves here must not be disturbed by a second scan.
  HARMONIC_TRY(const auto door, server::Server::bind(options.host, options.port));
  HARMONIC_TRY(const auto store, store::open(data));
  HARMONIC_TRY(const auto listener, store->find_or_add_listener(catalog::kOnlyListener));

  HARMONIC_TRY(const auto preferences, store::open_preferences(data));
  HARMONIC_TRY(const auto daily, store::open_daily_lists(data));
  HARMONIC_TRY(const auto playlists, store::open_playlists(data));
  session::Library library{*store, listener, preferences.get()};
  if (auto model = tastelibrary::installed_model(data); !model) {
    log::warning("no taste: " + model.error().message);
  } else if (*model) {
    library.use_taste(**std::move(model));
  }
  HARMONIC_CHECK(library.refresh_history());
  session::Household household{
      *store, *preferences, {listener, std::string{catalog::kOnlyListener}, library}};
  const session::Refresher refresher{[&household] { return household.refresh(); }};
  const auto jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency() / 2));
  HARMONIC_TRY(auto moods, mood::load_shipped_model(share));
  scan::Options to_scan{std::move(folders), jobs};
  to_scan.moods = std::make_shared<const mood::Model>(std::move(moods));
  const server::BackgroundScan scan{*store, std::move(to_scan)};
  const auto sight = open_sight(share, std::move(acquaintances));
  const server::Routes routes{{*store, *preferences, household, sight.eyes.get(),
                               server::StaticFiles{share / "web" / "dist"},
                               server::OwnNames{options.host, door->port(), machine_name()},
                               HARMONIC_VERSION, sight.detector, sight.eyes != nullptr,
                               [&scan] { return scan.progress(); }, std::move(targets), daily.get(),
                               playlists.get()}};
  server::Vision vision;
  door->stop_on_signals();
  const auto address = "http://localhost:" + std::to_string(door->port());
  std::cout << "Harmonic Fusion is ready: open " << address << std::endl;
  if (!options.no_browser) open_browser(address);
  door->run(routes, vision);
  log::info("stopped");
  return {};
}

}  // namespace

void add_serve(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand("serve", "Starts the player: a page on http://localhost:4747");
  command->add_option("--music", options->music, "a folder with music to scan; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--targets", options->targets, kTargetsHelp);
  command->add_option("--data", options->data,
                      "the folder that keeps the library (default ~/.local/share/harmonic)");
  command->add_option("--port", options->port, "where to listen; 0 takes any free port")
      ->capture_default_str();
  command
      ->add_option("--host", options->host,
                   "the address to listen on; 0.0.0.0 lets your whole network in")
      ->capture_default_str();
  command->add_flag("--who", options->who,
                    "offer the listeners of `harmonic who --enrol` their names when they sit down");
  command->add_flag("--no-browser", options->no_browser, "do not open a browser");
  command->footer(
      "Examples:\n"
      "  harmonic serve --music ~/Music\n"
      "  harmonic serve --music /srv/music --music ~/new --port 8080 --no-browser\n"
      "The songs are scanned while the page already works, and again when the folders change; "
      "Ctrl-C stops.");
  command->callback([options, set_exit] {
    const auto served = serve(*options);
    if (served) return set_exit(kExitDone);
    std::cerr << "error: " << served.error().message << '\n';
    set_exit(exit_code(served.error().kind));
  });
}

}  // namespace harmonic::app
