#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  CLI::App parser{"Trains the networks of Harmonic Fusion."};
  parser.require_subcommand(1);
  CLI11_PARSE(parser, argc, argv);
  return 0;
}
