// apps/harmonic_train/commands.h - `harmonic-train covers`, `music`, `notes`, `tempo`.
#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): the name is CLI11's
class App;
}

namespace harmonic::app {

/// `exit` is set by the callbacks to an ExitCode of base/status.h.
void add_train_covers(CLI::App& app, int& exit);
void add_train_music(CLI::App& app, int& exit);
void add_train_notes(CLI::App& app, int& exit);
void add_train_tempo(CLI::App& app, int& exit);

}  // namespace harmonic::app
