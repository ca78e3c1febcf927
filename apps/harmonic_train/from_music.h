// apps/harmonic_train/from_music.h - what the commands that learn from music have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the name is CLI11's
class App;
}

namespace harmonic::app {

struct FromMusic {
  std::string data;
  std::string cache;
  std::string out;
  std::uint64_t seed = 1;
  std::size_t jobs = 1;
};

/// --data, --cache, --out, --seed and --jobs; `data` and `out` say what the first and third are.
void add_from_music(CLI::App& command, FromMusic& wanted, const char* data, const char* out);

/// Runs `learn` when the command is given, and tells its error.
void when_given(CLI::App& command, std::function<Result<void>()> learn, int& exit);

/// A line of progress that is written over.
void show_heard(std::string_view what, std::size_t done, std::size_t all);

}  // namespace harmonic::app
