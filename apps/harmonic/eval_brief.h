// apps/harmonic/eval_brief.h - the part of `harmonic eval` that measures brief movements.
#pragma once

#include "commands.h"

namespace harmonic::app {

/// Adds `brief` to the command `eval`.
void add_eval_brief(CLI::App& eval, const SetExit& set_exit);

}  // namespace harmonic::app
