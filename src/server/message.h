// server/message.h - the messages of the live socket (docs/protocol.md) as values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/valence_arousal.h"
#include "recommend/target.h"
#include "session/library.h"
#include "session/session.h"

namespace harmonic::server {

inline constexpr std::size_t kMessageLimit = std::size_t{1} << 20U;  ///< bytes of one message

struct SetMood {
  ValenceArousal mood;
  friend bool operator==(const SetMood&, const SetMood&) = default;
};
struct ReleaseMood {
  friend bool operator==(ReleaseMood, ReleaseMood) = default;
};
struct SetCamera {
  bool on = false;
  friend bool operator==(SetCamera, SetCamera) = default;
};
struct SetStrategy {
  recommend::Strategy strategy = recommend::Strategy::kMatch;
  friend bool operator==(SetStrategy, SetStrategy) = default;
};
struct SetFamiliar {
  std::optional<double> share;  ///< [0, 1]
  friend bool operator==(SetFamiliar, SetFamiliar) = default;
};
struct SetPlaying {
  std::optional<SongId> song;
  friend bool operator==(const SetPlaying&, const SetPlaying&) = default;
};
enum class RestAction : std::uint8_t { kStart, kCancel, kForget };
struct AskRest {
  RestAction action = RestAction::kStart;
  friend bool operator==(AskRest, AskRest) = default;
};
struct WatchMovements {
  bool on = false;
  friend bool operator==(WatchMovements, WatchMovements) = default;
};
struct AnswerListener {
  std::string name;
  bool yes = false;
  friend bool operator==(const AnswerListener&, const AnswerListener&) = default;
};
using ClientMessage = std::variant<SetMood, ReleaseMood, SetCamera, SetStrategy, SetFamiliar,
                                   SetPlaying, AskRest, WatchMovements, AnswerListener>;

/// Reads a text message. Fields that it does not know are ignored, so that a newer page can talk to
/// an older server; values are strict: a mood outside [-1, 1] is refused, not clamped.
/// Errors  kInvalidInput: no JSON object, no known type, a field missing or wrong.
[[nodiscard]] Result<ClientMessage> read_message(std::string_view text);

struct PictureMessage {
  double captured_at_ms = 0;  ///< the page's clock; [0, kLatestCapture]
  std::vector<std::byte> encoded;
};

inline constexpr double kLatestCapture = 8e12;  ///< ms; the year 2223, and far from overflowing ns

/// Reads a binary message: 8 bytes little-endian float64, then the picture.
/// Errors  kInvalidInput: shorter than 9 bytes, or a time that is not finite or out of range.
[[nodiscard]] Result<PictureMessage> read_picture(std::span<const std::byte> message);

[[nodiscard]] std::string write_reading(const session::Observation& observation);
/// The brief movements that the picture ended, a message each.
[[nodiscard]] std::vector<std::string> write_movements(const session::Observation& observation);
[[nodiscard]] std::string write_rest(const session::RestNews& news);
[[nodiscard]] std::string write_listener(const session::Listener& listener);
[[nodiscard]] std::string write_mood(const session::Mood& mood);
[[nodiscard]] std::string write_queue(const session::Queue& queue, const session::History& history);
[[nodiscard]] std::string write_error(std::string_view message);

}  // namespace harmonic::server
