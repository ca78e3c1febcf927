// catalog/preferences.h - what one listener asked for, and what the learning from his plays needs.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "catalog/store.h"

namespace harmonic::catalog {

/// Where learning starts. What was learned is not stored: it is made again from the plays since, so
/// that the two cannot differ.
struct LearningStart {
  /// Plays that started before do not count; absent: all count.
  std::optional<std::chrono::system_clock::time_point> since;
  std::string learned;  ///< what was known then: bytes of bandit/state.h; empty: nothing
  friend bool operator==(const LearningStart&, const LearningStart&) = default;
};

/// What a listener never wants to hear.
struct Bans {
  std::vector<std::string> artists;  ///< as they were given, by name
  std::vector<SongId> songs;         ///< by id
  friend bool operator==(const Bans&, const Bans&) = default;
};

/// Threads  every call may come from any thread. A call that returned success survives kill -9.
/// Errors   as catalog::Store; writing asks for a stored listener (kNotFound).
class Preferences {
 public:
  Preferences() = default;
  Preferences(const Preferences&) = delete;
  Preferences& operator=(const Preferences&) = delete;
  virtual ~Preferences() = default;

  /// Adds nobody. Errors  kNotFound: nobody of that name has listened yet.
  [[nodiscard]] virtual Result<ListenerId> listener(std::string_view name) const = 0;

  /// The newest `count` plays, the oldest of them first.
  [[nodiscard]] virtual Result<std::vector<Play>> newest_plays(ListenerId listener,
                                                               std::size_t count) const = 0;

  [[nodiscard]] virtual Result<LearningStart> learning_start(ListenerId listener) const = 0;
  /// The start before this one is kept, so that it can come back once.
  [[nodiscard]] virtual Result<void> start_learning(ListenerId listener,
                                                    const LearningStart& start) = 0;
  /// Errors  kNotFound: learning was not started anew, or that was taken back already.
  [[nodiscard]] virtual Result<void> take_back_start(ListenerId listener) = 0;

  /// Another number whenever somebody else, another program or another part of this one, has
  /// written to the library since: what was read before may be out of date.
  [[nodiscard]] virtual Result<std::int64_t> writes_of_others() const = 0;

  [[nodiscard]] virtual Result<Bans> bans(ListenerId listener) const = 0;
  /// Banning what is banned changes nothing; so does lifting what is not (false).
  /// Errors  kInvalidInput: the artist has no name.  kNotFound: there is no such song.
  [[nodiscard]] virtual Result<void> ban_artist(ListenerId listener, std::string_view artist) = 0;
  [[nodiscard]] virtual Result<void> ban_song(ListenerId listener, SongId song) = 0;
  [[nodiscard]] virtual Result<bool> lift_artist(ListenerId listener, std::string_view artist) = 0;
  [[nodiscard]] virtual Result<bool> lift_song(ListenerId listener, SongId song) = 0;

  /// How many listeners are stored.
  [[nodiscard]] virtual Result<std::size_t> count_listeners() const = 0;
  /// Listeners who agreed that what they play helps to choose for each other, by id. Nobody has at
  /// first.
  [[nodiscard]] virtual Result<std::vector<ListenerId>> agreed() const = 0;
  /// Agreeing twice changes nothing; so does taking back what was not agreed to.
  [[nodiscard]] virtual Result<void> set_agreed(ListenerId listener, bool agreed) = 0;
};

}  // namespace harmonic::catalog
