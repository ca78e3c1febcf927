// harmonic taste together, a part of `harmonic taste`.
#pragma once

#include "commands.h"

namespace harmonic::app {

/// Adds itself to the parser of `harmonic taste`.
void add_taste_together(CLI::App& taste, const SetExit& set_exit);

}  // namespace harmonic::app
