// server/test_client.h - for tests: a blocking client on a plain socket, which can also misbehave.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace harmonic::server {

class TestClient {
 public:
  explicit TestClient(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;
  ~TestClient() { ::close(socket_); }

  [[nodiscard]] bool connected() const { return connected_; }

  /// False when the other side does not take it (any more).
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// At most `count` bytes; fewer when the connection ends or nothing comes for 20 s.
  std::string read(std::size_t count) {
    while (buffer_.size() < count && fill()) {
    }
    const auto got = std::min(count, buffer_.size());
    auto bytes = buffer_.substr(0, got);
    buffer_.erase(0, got);
    return bytes;
  }

  /// Up to and with `end`; empty when the connection ends before it.
  std::string read_to(std::string_view end) {
    for (;;) {
      const auto found = buffer_.find(end);
      if (found != std::string::npos) return read(found + end.size());
      if (!fill()) return {};
    }
  }

  struct Answer {
    int status = 0;
    std::string head;
    std::string body;
  };
  /// Sends one request and reads the whole answer.
  Answer ask(std::string_view method, std::string_view target, std::string_view headers = "",
             std::string_view body = "") {
    std::string request = std::string{method} + " " + std::string{target} + " HTTP/1.1\r\n";
    request += "Host: localhost:" + std::to_string(port()) + "\r\n" + std::string{headers};
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send(request + "\r\n" + std::string{body});
    return read_answer(method == "HEAD");
  }

  Answer read_answer(bool head_only = false) {
    Answer answer;
    answer.head = read_to("\r\n\r\n");
    if (answer.head.size() < 12) return answer;
    answer.status = std::stoi(answer.head.substr(9, 3));
    const auto length = answer.head.find("Content-Length: ");
    if (head_only || length == std::string::npos) return answer;
    answer.body = read(std::stoull(answer.head.substr(length + 16)));
    return answer;
  }

  /// The port that this client called.
  [[nodiscard]] std::uint16_t port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

  /// Opens the live socket.
  Answer upgrade(std::string_view headers = "") {
    return ask("GET", "/api/live",
               "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                   std::string{headers});
  }

  enum Opcode : unsigned { kContinue = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9 };

  /// A masked frame; `claimed` may name another length than the payload's.
  bool send_frame(unsigned opcode, std::string_view payload, bool last = true) const {
    return send(frame_head(opcode, payload.size(), last)) && send(payload);
  }
  static std::string frame_head(unsigned opcode, std::uint64_t claimed, bool last = true) {
    std::string head;
    head += static_cast<char>((last ? 0x80U : 0U) | opcode);
    if (claimed < 126) {
      head += static_cast<char>(0x80U | claimed);
    } else {
      const int bytes = claimed < 65536 ? 2 : 8;
      head += static_cast<char>(0x80U | (bytes == 2 ? 126U : 127U));
      for (int i = bytes - 1; i >= 0; --i) head += static_cast<char>(claimed >> (8 * i) & 0xFFU);
    }
    return head + std::string(4, '\0');  // a mask of zeros leaves the payload as it is
  }

  struct Frame {
    unsigned opcode = 0;  ///< 0 with an empty payload: the connection ended
    std::string payload;
    [[nodiscard]] int close_code() const {
      if (opcode != kClose || payload.size() < 2) return 0;
      return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
    }
  };
  /// The next frame that is not a ping.
  Frame read_frame() {
    for (;;) {
      const auto head = read(2);
      if (head.size() < 2) return {};
      auto length = static_cast<std::uint64_t>(static_cast<unsigned char>(head[1]) & 0x7FU);
      const auto more = read(length == 126 ? 2 : length == 127 ? 8 : 0);
      if (!more.empty()) length = 0;
      for (const char byte : more) length = length << 8U | static_cast<unsigned char>(byte);
      Frame frame{static_cast<unsigned char>(head[0]) & 0x0FU, read(length)};
      if (frame.opcode != kPing) return frame;
    }
  }
  /// The next text that holds `part`; empty when the connection ends before.
  std::string read_text_with(std::string_view part) {
    for (;;) {
      auto frame = read_frame();
      if (frame.opcode == 0 || frame.opcode == kClose) return {};
      if (frame.payload.find(part) != std::string::npos) return std::move(frame.payload);
    }
  }
  /// Reads until the close frame; 0 when the connection ends without one.
  int read_close_code() {
    for (;;) {
      const auto frame = read_frame();
      if (frame.opcode == kClose) return frame.close_code();
      if (frame.opcode == 0) return 0;
    }
  }

 private:
  bool fill() {
    char bytes[16384];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  int socket_;
  bool connected_ = false;
  std::string buffer_;
};

}  // namespace harmonic::server
