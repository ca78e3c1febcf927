#include <CLI/CLI.hpp>

#include "commands.h"

namespace harmonic::app {

void add_scan(CLI::App& app, const SetExit& set_exit) {
  auto* command = app.add_subcommand("scan");
  command->callback([set_exit] { set_exit(0); });
}

}  // namespace harmonic::app
