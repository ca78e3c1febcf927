// apps/harmonic_train/tempo.h - `harmonic-train tempo`.
#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): the name is CLI11's
class App;
}

namespace harmonic::app {

/// `exit` is set by the callback to an ExitCode of base/status.h.
void add_train_tempo(CLI::App& app, int& exit);

}  // namespace harmonic::app
