#include "from_music.h"

#include <cstdio>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/status.h"

namespace harmonic::app {

void add_from_music(CLI::App& command, FromMusic& wanted, const char* data, const char* out) {
  command.add_option("--data", wanted.data, data)->required();
  command
      .add_option("--cache", wanted.cache,
                  "folder for what was unpacked and heard; what is there is not heard again")
      ->required();
  command.add_option("--out", wanted.out, out)->required();
  command.add_option("--seed", wanted.seed, "of every random choice")->capture_default_str();
  command.add_option("--jobs", wanted.jobs, "threads that hear")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
}

void when_given(CLI::App& command, std::function<Result<void>()> learn, int& exit) {
  command.callback([&command, learn = std::move(learn), &exit] {
    const auto done = learn();
    if (done) return;
    std::fprintf(stderr, "harmonic-train %s: %s\n", command.get_name().c_str(),
                 done.error().message.c_str());
    exit = exit_code(done.error().kind);
  });
}

void show_heard(std::string_view what, std::size_t done, std::size_t all) {
  std::fprintf(stderr, "\r%.*s: %zu of %zu heard%s", static_cast<int>(what.size()), what.data(),
               done, all, done == all ? "\n" : "  ");
}

}  // namespace harmonic::app
