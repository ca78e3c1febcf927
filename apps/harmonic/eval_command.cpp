// harmonic eval: the figures of this program, from its own files, the way it ships.
#include <cstdio>

#include <CLI/CLI.hpp>

#include "base/status.h"
#include "commands.h"

namespace harmonic::app {

void add_eval(CLI::App& app, const SetExit& set_exit) {
  auto* command = app.add_subcommand("eval", "Measures what ships, the way it ships.");
  command->require_subcommand(1);
  add_eval_faces(*command, set_exit);
  add_eval_brief(*command, set_exit);
  add_eval_music(*command, set_exit);
  add_eval_ears(*command, set_exit);
  add_eval_taste(*command, set_exit);
  add_eval_bandit(*command, set_exit);
  add_eval_journey(*command, set_exit);
  add_eval_who(*command, set_exit);
}

void end_eval(const char* name, const Result<void>& done, const SetExit& set_exit) {
  if (!done) std::fprintf(stderr, "harmonic eval %s: %s\n", name, done.error().message.c_str());
  set_exit(done ? kExitDone : exit_code(done.error().kind));
}

}  // namespace harmonic::app
