// server/origin.h - who may talk to this server from a browser.
//
// A page of another site can make the listener's browser send requests to localhost, and a foreign
// name can be made to point at 127.0.0.1 (DNS rebinding). Both are seen here: the first by its
// Origin, the second by its Host.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harmonic::server {

/// "localhost:4747" taken apart. `host` is in lower case; an IPv6 address keeps its brackets.
struct Authority {
  std::string host;
  std::uint16_t port = 80;
  friend bool operator==(const Authority&, const Authority&) = default;
};

/// Empty when `text` is not a host with an optional port.
[[nodiscard]] std::optional<Authority> read_authority(std::string_view text,
                                                      std::uint16_t usual_port = 80);

/// The names under which this server may be called.
class OwnNames {
 public:
  /// `bound_to` is the address it listens on. Bound to loopback it answers to localhost,
  /// 127.0.0.1, [::1] and `bound_to`; bound to a wider address also to every IP address (no name
  /// can be rebound to those) and to `machine_name`, with and without ".local".
  OwnNames(std::string_view bound_to, std::uint16_t port, std::string_view machine_name);

  [[nodiscard]] bool accepts_host(std::string_view host_header) const;
  /// The page that sent this is ours: its origin's host and port are those that it called.
  [[nodiscard]] bool accepts_origin(std::string_view origin, std::string_view host_header) const;

 private:
  std::vector<std::string> names_;
  std::uint16_t port_;
  bool any_address_;
};

}  // namespace harmonic::server
