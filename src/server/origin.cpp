#include "server/origin.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace harmonic::server {

namespace {

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return out;
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), bytes.data()) == 1;
  }
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1;
}

bool is_name(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
  });
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace

std::optional<Authority> read_authority(std::string_view text, std::uint16_t usual_port) {
  Authority authority{lower(text), usual_port};
  const auto bracket = text.rfind(']');
  const auto colon = text.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    const auto digits = text.substr(colon + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), authority.port);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    authority.host.resize(colon);
  }
  if (!is_name(authority.host) && !is_address(authority.host)) return std::nullopt;
  return authority;
}

OwnNames::OwnNames(std::string_view bound_to, std::uint16_t port, std::string_view machine_name)
    : names_{"localhost", "127.0.0.1", "[::1]"}, port_{port} {
  const auto own = lower(bound_to);
  names_.push_back(own.find(':') != std::string::npos ? "[" + own + "]" : own);
  any_address_ = !is_loopback(own);
  if (any_address_ && !machine_name.empty()) {
    names_.push_back(lower(machine_name));
    names_.push_back(lower(machine_name) + ".local");
  }
}

bool OwnNames::accepts_host(std::string_view host_header) const {
  const auto called = read_authority(host_header);
  if (!called || called->port != port_) return false;
  return std::find(names_.begin(), names_.end(), called->host) != names_.end() ||
         (any_address_ && is_address(called->host));
}

bool OwnNames::accepts_origin(std::string_view origin, std::string_view host_header) const {
  constexpr std::string_view kScheme = "http://";
  if (!origin.starts_with(kScheme)) return false;
  const auto page = read_authority(origin.substr(kScheme.size()));
  const auto called = read_authority(host_header);
  return page && called && *page == *called;
}

}  // namespace harmonic::server
