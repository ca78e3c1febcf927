// apps/harmonic_train/notes.h - `harmonic-train notes`.
#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): the name is CLI11's
class App;
}

namespace harmonic::app {

/// `exit` is set by the callback to an ExitCode of base/status.h.
void add_train_notes(CLI::App& app, int& exit);

}  // namespace harmonic::app
