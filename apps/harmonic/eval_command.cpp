// harmonic eval: the figures of this program, from its own files, the way it ships.
#include <CLI/CLI.hpp>

#include "commands.h"

namespace harmonic::app {

void add_eval(CLI::App& app, const SetExit& set_exit) {
  auto* command = app.add_subcommand("eval", "Measures what ships, the way it ships.");
  command->require_subcommand(1);
  add_eval_faces(*command, set_exit);
  add_eval_brief(*command, set_exit);
  add_eval_who(*command, set_exit);
}

}  // namespace harmonic::app
