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
#include "session/library.h"
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
  session::Library& library;
  session::Eyes* eyes = nullptr;  ///< null: the server cannot see
  ListenerId listener;
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

  /// A new listener's loop for a new live socket.
  [[nodiscard]] std::shared_ptr<session::Session> open_session() const {
    return std::make_shared<session::Session>(sources_.library, sources_.eyes, session::Clocks{},
                                              rests_.get(), sources_.targets);
  }
  [[nodiscard]] const session::Library& library() const { return sources_.library; }

 private:
  [[nodiscard]] Response api(const Request& request, std::string_view path) const;
  [[nodiscard]] Response song(const Request& request, std::string_view rest) const;
  [[nodiscard]] Response status() const;
  [[nodiscard]] Response songs(const Request& request) const;
  [[nodiscard]] Response map(const Request& request) const;
  [[nodiscard]] Response whole_song(SongId id) const;
  [[nodiscard]] Response stream(const Request& request, SongId id) const;
  [[nodiscard]] Response cover(const Request& request, SongId id) const;
  [[nodiscard]] Response lyrics(SongId id) const;
  [[nodiscard]] Response extras(SongId id) const;
  [[nodiscard]] Response like(SongId id, bool liked) const;
  [[nodiscard]] Response add_play(const Request& request) const;
  [[nodiscard]] Response today() const;
  [[nodiscard]] Response beliefs() const;
  [[nodiscard]] Response change_beliefs(const Request& request) const;
  [[nodiscard]] Response journey(const Request& request) const;

  Sources sources_;
  const std::unique_ptr<session::Rests> rests_ = std::make_unique<session::Rests>();
};

}  // namespace harmonic::server
