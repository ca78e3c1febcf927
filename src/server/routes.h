// server/routes.h - every HTTP call of docs/protocol.md: a request value in, an answer value out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "catalog/daily_lists.h"
#include "catalog/playlists.h"
#include "catalog/preferences.h"
#include "catalog/store.h"
#include "server/http.h"
#include "server/origin.h"
#include "server/static_files.h"
#include "session/household.h"
#include "session/session.h"

namespace harmonic::server {

struct ScanProgress {
  std::uint64_t done = 0;   ///< files looked at
  std::uint64_t total = 0;  ///< 0 while they are still being counted
};

/// What the answers are made from. Everything referred to must outlive the routes.
struct Sources {
  catalog::Store& store;
  catalog::Preferences& preferences;
  session::Household& household;
  session::Eyes* eyes = nullptr;  ///< null: the server cannot see
  StaticFiles page;
  OwnNames names;
  std::string version;
  std::string detector = "none";  ///< "blazeface", "haar" or "none"
  bool classifier = false;
  std::function<std::optional<ScanProgress>()> scanning;  ///< empty when no scan runs
  std::shared_ptr<const recommend::Targets> targets{};    ///< null: recommend::Targets()
  catalog::DailyLists* daily = nullptr;                   ///< null: there are none
  catalog::Playlists* playlists = nullptr;                ///< null: there are none
};

/// Threads  `answer` may be called from any number of threads at once.
class Routes {
 public:
  explicit Routes(Sources sources) : sources_{std::move(sources)} {}

  /// Never fails: what went wrong is the answer.
  [[nodiscard]] Response answer(const Request& request) const;

  /// The answer that refuses a request for its Host or its Origin, if it must be refused. A request
  /// that changes something or opens a live socket (`changing`) must come from our own page or from
  /// no page at all.
  [[nodiscard]] std::optional<Response> refusal(const Request& request, bool changing) const;

  /// Whom a request speaks for: "listener=NAME" in its query, or the first listener.
  /// Errors  those of Household::find; kInvalidInput: the name is malformed.
  [[nodiscard]] Result<const session::Member*> member(const Request& request) const;

  /// A new loop of this listener for a new live socket.
  [[nodiscard]] std::shared_ptr<session::Session> open_session(
      const session::Member& member) const {
    return std::make_shared<session::Session>(member.library, sources_.eyes, session::Clocks{},
                                              rests_.get(), sources_.targets);
  }

 private:
  using Member = session::Member;

  [[nodiscard]] Response api(const Request& request, std::string_view path) const;
  [[nodiscard]] Response own(const Member& member, const Request& request,
                             std::string_view path) const;
  [[nodiscard]] Response song(const Member& member, const Request& request,
                              std::string_view rest) const;
  [[nodiscard]] Response status() const;
  [[nodiscard]] Response songs(const Member& member, const Request& request) const;
  [[nodiscard]] Response map(const Request& request) const;
  [[nodiscard]] Response whole_song(const Member& member, SongId id) const;
  [[nodiscard]] Response stream(const Request& request, SongId id) const;
  [[nodiscard]] Response cover(const Request& request, SongId id) const;
  [[nodiscard]] Response lyrics(SongId id) const;
  [[nodiscard]] Response extras(SongId id) const;
  [[nodiscard]] Response like(const Member& member, SongId id, bool liked) const;
  [[nodiscard]] Response add_play(const Member& member, const Request& request) const;
  [[nodiscard]] Response today(const Member& member) const;
  [[nodiscard]] static Response beliefs(const Member& member);
  [[nodiscard]] Response change_beliefs(const Member& member, const Request& request) const;
  [[nodiscard]] Response journey(const Member& member, const Request& request) const;
  [[nodiscard]] Response join(const Request& request) const;
  [[nodiscard]] Response listener(const Member& member) const;
  [[nodiscard]] Response agree(const Member& member, bool agreed) const;

  Sources sources_;
  const std::unique_ptr<session::Rests> rests_ = std::make_unique<session::Rests>();
};

}  // namespace harmonic::server
