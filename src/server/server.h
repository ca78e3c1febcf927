// Module server: the house's door. HTTP and WebSocket on one port, as docs/protocol.md says.
//
// Uses     base, audio (covers), catalog, recommend, session.  Used by the command `harmonic
// serve`. Read     routes.h (the HTTP calls), live.h (the live socket), then the two
// transport_*.cpp, the
//          only files that know sockets.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/routes.h"
#include "server/vision.h"

namespace harmonic::server {

/// What a client may cost us at most.
struct Limits {
  std::size_t connections = 256;
  std::size_t live_sockets = 16;
  std::size_t long_bodies = 4;  ///< of kPlaylistBodyLimit, read at the same time
  int request_seconds = 20;     ///< from the last answer to the end of the next request
  int stall_seconds = 60;       ///< without a byte of an answer taken; a paused player asks anew
  int message_seconds = 15;     ///< from a WebSocket message's first byte to its last
  int live_idle_seconds = 30;   ///< without a sign of life, pings included
};

class Server {
 public:
  /// Takes the port; 0 takes any free one.
  /// Errors  kInvalidInput: `host` is no address of this machine.  kUnavailable: the port is taken,
  ///         or we may not have it.
  [[nodiscard]] static Result<std::unique_ptr<Server>> bind(const std::string& host,
                                                            std::uint16_t port, Limits limits = {});

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  [[nodiscard]] std::uint16_t port() const;

  /// Serves on this thread and `threads - 1` more until stop(). Both outlive the call;
  /// `vision` ends before the server does, since it hands its looks to the server's threads.
  void run(const Routes& routes, Vision& vision, int threads = 2);

  /// Tells the live sockets (1001), closes everything, lets run() return. From any thread.
  void stop();
  /// SIGINT and SIGTERM call stop().
  void stop_on_signals();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace harmonic::server
