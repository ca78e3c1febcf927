// server/transport.h - what the two transport files share. Not for others: everything here is in
// terms of sockets and threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/routes.h"
#include "server/server.h"
#include "server/vision.h"

namespace boost::asio {
class io_context;
}

namespace harmonic::server {

/// Counts what is open; a ticket is one place that is given back when the ticket goes.
class Places {
 public:
  explicit Places(std::size_t most) : most_{most} {}
  using Ticket = std::shared_ptr<void>;

  /// Null when all places are taken.
  [[nodiscard]] Ticket take() {
    if (taken_->fetch_add(1) >= most_) {
      taken_->fetch_sub(1);
      return nullptr;
    }
    return {taken_.get(), [taken = taken_](void*) { taken->fetch_sub(1); }};
  }

 private:
  std::size_t most_;
  std::shared_ptr<std::atomic<std::size_t>> taken_ = std::make_shared<std::atomic<std::size_t>>(0);
};

/// The live sockets that are open, so that they can be told when the server goes.
class LiveSockets {
 public:
  /// Called when the server goes; may be called from any thread, and not after its owner dropped
  /// it.
  using Farewell = std::shared_ptr<const std::function<void()>>;

  void add(const Farewell& farewell) {
    const std::lock_guard lock{mutex_};
    std::erase_if(open_, [](const auto& one) { return one.expired(); });
    open_.push_back(farewell);
  }
  void say_farewell() {
    const std::lock_guard lock{mutex_};
    for (const auto& one : open_) {
      if (const auto farewell = one.lock()) (*farewell)();
    }
  }

 private:
  std::mutex mutex_;
  std::vector<std::weak_ptr<const std::function<void()>>> open_;
};

/// Everything a connection needs; outlives them all.
struct House {
  boost::asio::io_context& io;
  const Routes& routes;
  Vision& vision;
  Limits limits;
  Places connections{limits.connections};
  Places live_places{limits.live_sockets};
  Places long_bodies{limits.long_bodies};
  LiveSockets live_sockets{};
};

/// Speaks WebSocket on a connected TCP socket from now on. `request` is the upgrade request as HTTP
/// text, with whatever came after it, and `member` the listener whom it speaks for.
/// Threads  any. The socket is closed when the conversation ends; `place` is given back then.
void start_live(House& house, int socket, std::string request, Places::Ticket place,
                const session::Member& member);

}  // namespace harmonic::server
