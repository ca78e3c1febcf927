// Learning a taste model: `harmonic taste train`, which is `harmonic-train taste` too.
#pragma once

#include <filesystem>
#include <string>

#include "commands.h"

namespace harmonic::app {

/// A taste model's file, by name or by the data folder that it is the model of.
struct TasteModelPlace {
  std::filesystem::path named;
  std::string data;

  [[nodiscard]] Result<std::filesystem::path> file() const;
  void add_to(CLI::App& command, const char* option, const char* what);
};

/// Adds the command `name` to a parser; `whole_name` is what a user types for it.
void add_taste_train(CLI::App& parser, const char* name, const std::string& whole_name,
                     const SetExit& set_exit);

}  // namespace harmonic::app
