// apps/harmonic/commands.h - every command adds itself to the one parser and says how it went.
#pragma once

#include <functional>

#include "base/result.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the name is CLI11's
class App;
}

namespace harmonic::app {

/// Set by the callback of the command that ran; an ExitCode of base/status.h.
using SetExit = std::function<void(int)>;

void add_see(CLI::App& app, const SetExit& set_exit);
void add_eval(CLI::App& app, const SetExit& set_exit);
void add_hear(CLI::App& app, const SetExit& set_exit);
void add_tag(CLI::App& app, const SetExit& set_exit);
void add_scan(CLI::App& app, const SetExit& set_exit);
void add_recommend(CLI::App& app, const SetExit& set_exit);
void add_journey(CLI::App& app, const SetExit& set_exit);
void add_similar(CLI::App& app, const SetExit& set_exit);
void add_playlist(CLI::App& app, const SetExit& set_exit);
void add_today(CLI::App& app, const SetExit& set_exit);
void add_catalogue(CLI::App& app, const SetExit& set_exit);
void add_taste(CLI::App& app, const SetExit& set_exit);
void add_beliefs(CLI::App& app, const SetExit& set_exit);
void add_ban(CLI::App& app, const SetExit& set_exit);
void add_who(CLI::App& app, const SetExit& set_exit);
void add_serve(CLI::App& app, const SetExit& set_exit);

// Parts of `harmonic playlist`, whose parser they are given.
void add_playlist_files(CLI::App& playlist, const SetExit& set_exit);

// Parts of `harmonic eval`, whose parser they are given.
void add_eval_faces(CLI::App& eval, const SetExit& set_exit);
void add_eval_who(CLI::App& eval, const SetExit& set_exit);
void add_eval_brief(CLI::App& eval, const SetExit& set_exit);
void add_eval_music(CLI::App& eval, const SetExit& set_exit);
void add_eval_ears(CLI::App& eval, const SetExit& set_exit);
void add_eval_taste(CLI::App& eval, const SetExit& set_exit);
void add_eval_bandit(CLI::App& eval, const SetExit& set_exit);
void add_eval_journey(CLI::App& eval, const SetExit& set_exit);
/// Says how the part `name` went; an error is told on standard error.
void end_eval(const char* name, const Result<void>& done, const SetExit& set_exit);

}  // namespace harmonic::app
