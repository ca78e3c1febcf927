// server/answers.h - the JSON bodies of the HTTP calls, written and read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "audio/cover.h"
#include "audio/lyrics.h"
#include "bandit/wishes.h"
#include "base/result.h"
#include "catalog/store.h"
#include "daily/day.h"
#include "session/library.h"

namespace harmonic::server {

struct StatusFacts {
  std::string_view version;
  std::size_t songs = 0;
  std::int64_t revision = 0;
  std::string_view detector;
  bool classifier = false;
  bool scanning = false;
  std::uint64_t scan_done = 0;
  std::uint64_t scan_total = 0;
};

[[nodiscard]] std::string write_status(const StatusFacts& facts);
[[nodiscard]] std::string write_songs(const recommend::Snapshot& library,
                                      const session::History& history);
/// Those of `ids` that are in the library, in their order.
[[nodiscard]] std::string write_songs(const recommend::Snapshot& library,
                                      const session::History& history, std::span<const SongId> ids);
/// One song with every feature.
[[nodiscard]] std::string write_song(const catalog::Song& song,
                                     const catalog::SongHistory* history);
[[nodiscard]] std::string write_lyrics(const audio::Lyrics& lyrics);
/// What a song has besides its sound.
[[nodiscard]] std::string write_extras(const std::optional<audio::Cover>& cover,
                                       const std::optional<audio::Lyrics>& lyrics);
/// The lists of `day`, with those of their songs that are there now; `now` is the part that it is.
[[nodiscard]] std::string write_today(const daily::Day& day, daily::DayPart now,
                                      std::span<const catalog::DailyList> lists,
                                      const recommend::Snapshot& library,
                                      const session::History& history);
[[nodiscard]] std::string write_liked(bool liked);
[[nodiscard]] std::string write_play_id(PlayId id);

/// Reads the body of `POST /api/plays`. `listener` and `mood` of the result are left as they are.
/// Errors  kInvalidInput: not JSON, a field missing, of the wrong type or out of range.
[[nodiscard]] Result<catalog::Play> read_play(std::string_view body);

/// What is believed of the listener, in words.
[[nodiscard]] std::string write_beliefs(const bandit::Wishes& wishes);

/// What a page is told of the listener it speaks for, and no more of the others than their number.
struct ListenerFacts {
  std::string_view name;
  bool first = false;      ///< the one who needs no name
  bool agreed = false;     ///< to help each other choose
  std::size_t others = 0;  ///< who agreed besides
};
[[nodiscard]] std::string write_listener_facts(const ListenerFacts& facts);
/// Reads the body of `POST /api/listener`.  Errors  kInvalidInput: not {"name": "..."}.
[[nodiscard]] Result<std::string> read_listener_name(std::string_view body);

enum class BeliefAction : std::uint8_t { kForget, kUndo };
/// Reads the body of `POST /api/beliefs`.  Errors  kInvalidInput: not {"action": "forget"|"undo"}.
[[nodiscard]] Result<BeliefAction> read_belief_action(std::string_view body);

}  // namespace harmonic::server
