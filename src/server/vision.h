// server/vision.h - one thread looks at the pictures of all live sockets, the newest of each.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "server/message.h"
#include "server/slot.h"
#include "session/session.h"

namespace harmonic::server {

/// One live socket's place before the eyes.
class Seat {
 public:
  using Done = std::function<void(const session::Observation&)>;

  /// `done` is called on the vision thread after each look.
  Seat(std::shared_ptr<session::Session> session, Done done)
      : session_{std::move(session)}, done_{std::move(done)} {}

 private:
  friend class Vision;
  std::shared_ptr<session::Session> session_;
  Done done_;
  Slot<PictureMessage> waiting_;
};

/// Each seat has one picture waiting at most, and seats take turns: who sends fifty pictures a
/// second makes nobody else wait longer.
class Vision {
 public:
  Vision();
  Vision(const Vision&) = delete;
  Vision& operator=(const Vision&) = delete;
  /// Waits for the look that is under way; what waits is dropped.
  ~Vision();

  /// Threads  any.
  void offer(const std::shared_ptr<Seat>& seat, PictureMessage picture);

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::weak_ptr<Seat>> turn_;
  bool closing_ = false;
  std::thread worker_;
};

}  // namespace harmonic::server
