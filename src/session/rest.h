// session/rest.h - the listener's face at rest: captured, used, forgotten.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "affect/baseline.h"
#include "session/gate.h"

namespace harmonic::session {

enum class RestState : std::uint8_t { kNone, kCapturing, kSet, kRefused };

/// How things stand, with a word for the listener; `progress` in [0, 1] of a capture.
struct RestNews {
  RestState state = RestState::kNone;
  std::string message;
  float progress = 0;
};

/// A capture lasts kCapture, and longer while readings are too few, at most kLongest. What was
/// learned before a capture is used until the capture succeeds. Numbers only, kept in memory.
/// Threads  one at a time.
class Rest {
 public:
  using Time = Gate::Time;
  static constexpr std::chrono::milliseconds kCapture{3000}, kLongest{6000};

  void start(Time now);
  /// Ends a capture without a trace; else it does nothing.
  void cancel();
  /// Forgets what was learned and ends a capture. `why` is told to the listener, when there was
  /// anything to forget.
  void forget(std::string_view why);
  /// No capture is possible, and why.
  void refuse(std::string_view why);
  /// Takes what was learned before.
  void restore(const affect::Baseline& baseline, std::string_view why);

  /// A reading, uncorrected.
  void add(const affect::EmotionScores& scores);
  /// Ends a capture whose time has come. To be asked a few times a second.
  /// Returns  whether it succeeded just now.
  bool look_at_clock(Time now);

  [[nodiscard]] const RestNews& news() const { return news_; }
  /// What readings are to be corrected by.
  [[nodiscard]] const std::optional<affect::Baseline>& baseline() const { return baseline_; }

 private:
  [[nodiscard]] bool capturing() const { return news_.state == RestState::kCapturing; }

  std::optional<affect::Baseline> baseline_;
  RestNews news_;
  Time began_{};
  std::vector<affect::EmotionScores> readings_;
};

/// Faces at rest of enrolled listeners who said that it is them, for as long as the server runs.
/// Threads  every call may come from any thread.
class Rests {
 public:
  void put(const std::string& name, const affect::Baseline& baseline);
  void forget(const std::string& name);
  [[nodiscard]] std::optional<affect::Baseline> find(const std::string& name) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, affect::Baseline> by_name_;
};

}  // namespace harmonic::session
