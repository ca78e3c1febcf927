#include <CLI/CLI.hpp>

#include "base/status.h"
#include "commands.h"

int main(int argc, char** argv) {
  using namespace harmonic;
  CLI::App parser{"Harmonic Fusion: plays the music of your own library that fits how you feel."};
  parser.require_subcommand(1);
  parser.set_version_flag("--version", HARMONIC_VERSION);
  parser.footer(
      "Exit codes: 0 done, 2 bad usage, 3 bad input, 4 not found, 5 unavailable, 6 corrupt.\n"
      "`harmonic COMMAND --help` shows the options of a command with examples.");

  int exit = kExitDone;
  const auto set_exit = [&exit](int code) { exit = code; };
  app::add_serve(parser, set_exit);
  app::add_scan(parser, set_exit);
  app::add_hear(parser, set_exit);
  app::add_tag(parser, set_exit);
  app::add_see(parser, set_exit);
  app::add_who(parser, set_exit);
  app::add_recommend(parser, set_exit);
  app::add_journey(parser, set_exit);
  app::add_similar(parser, set_exit);
  app::add_beliefs(parser, set_exit);
  app::add_ban(parser, set_exit);
  app::add_playlist(parser, set_exit);
  app::add_today(parser, set_exit);
  app::add_catalogue(parser, set_exit);
  app::add_taste(parser, set_exit);
  app::add_eval(parser, set_exit);

  try {
    parser.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return parser.exit(error) == 0 ? kExitDone : kExitUsage;
  }
  return exit;
}
