// server/live.h - what one live socket says and hears, apart from the socket.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/message.h"
#include "session/library.h"
#include "session/session.h"

namespace harmonic::server {

/// Threads  one at a time; the session behind it may be used by the vision thread meanwhile.
class Live {
 public:
  Live(std::shared_ptr<session::Session> session, const session::Library& library)
      : session_{std::move(session)}, library_{library} {}

  [[nodiscard]] const std::shared_ptr<session::Session>& session() const { return session_; }

  /// Acts on a text message.  Errors  kInvalidInput: not one of the protocol's.
  Result<void> hear(std::string_view text);

  /// Mood, queue, face at rest and listener, each only if it is not what was told last. To be asked
  /// after each message and each look, and a few times a second besides.
  [[nodiscard]] std::vector<std::string> news();

 private:
  void ask_rest(RestAction action);

  std::shared_ptr<session::Session> session_;
  const session::Library& library_;
  std::string told_mood_;
  std::string told_rest_ = write_rest({});          ///< a page takes it so
  std::string told_listener_ = write_listener({});  ///< likewise
  std::string told_queue_;
  std::shared_ptr<const session::Queue> told_;
  std::shared_ptr<const session::History> told_history_;
};

}  // namespace harmonic::server
