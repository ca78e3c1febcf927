#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "server/live.h"
#include "server/transport.h"

namespace harmonic::server {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds kTick{100};  // how soon a queue follows without a message
constexpr std::size_t kMostUnsent = 64;          // messages; a page that reads none is let go

/// One listener's socket. Every handler runs on its strand and holds it alive.
class LiveSocket : public std::enable_shared_from_this<LiveSocket> {
 public:
  LiveSocket(House& house, tcp::socket socket, std::string request, Places::Ticket place,
             const session::Member& member)
      : house_{house},
        stream_{std::move(socket)},
        tick_{stream_.get_executor()},
        live_{house.routes.open_session(member), member.library},
        request_{std::move(request)},
        place_{std::move(place)} {}

  void start() {
    net::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->shake_hands(); });
  }

 private:
  void shake_hands() {
    stream_.set_option(websocket::stream_base::timeout{
        std::chrono::seconds{house_.limits.request_seconds},
        std::chrono::seconds{house_.limits.live_idle_seconds}, true});
    stream_.read_message_max(kMessageLimit);
    stream_.auto_fragment(false);
    stream_.text(true);
    stream_.async_accept(net::buffer(request_), [self = shared_from_this()](error_code error) {
      if (!error) self->begin();
    });
  }

  void begin() {
    request_.clear();
    const std::weak_ptr<LiveSocket> weak = shared_from_this();
    const auto executor = stream_.get_executor();
    seat_ = std::make_shared<Seat>(
        live_.session(), [weak, executor](const session::Observation& observation) {
          auto texts = write_movements(observation);
          texts.push_back(write_reading(observation));
          net::post(executor, [weak, texts = std::move(texts)]() mutable {
            if (const auto self = weak.lock()) self->have_seen(std::move(texts));
          });
        });
    farewell_ = std::make_shared<const std::function<void()>>([weak, executor] {
      net::post(executor, [weak] {
        if (const auto self = weak.lock()) self->close(websocket::close_code::going_away);
      });
    });
    house_.live_sockets.add(farewell_);
    say_news();
    tick();
    read();
  }

  void read() {
    stream_.async_read_some(buffer_, 0, [self = shared_from_this()](error_code error, std::size_t) {
      self->have_read(error);
    });
  }

  /// Beast answers what is no WebSocket (1002), bad UTF-8 (1007) and over a MiB (1009) by itself.
  void have_read(error_code error) {
    if (error) return end();
    if (closing_) return skip();
    const auto now = Clock::now();
    if (!message_began_) message_began_ = now;
    if (now - *message_began_ > std::chrono::seconds{house_.limits.message_seconds}) {
      return refuse("a message took too long to arrive", websocket::close_code::protocol_error);
    }
    if (!stream_.is_message_done()) return read();
    message_began_.reset();
    const auto heard = stream_.got_text() ? hear() : look();
    buffer_.consume(buffer_.size());
    if (!heard) return refuse(heard.error().message, websocket::close_code::unknown_data);
    read();
  }

  /// After our close, what still comes is read past until the other side's close.
  void skip() {
    buffer_.consume(buffer_.size());
    read();
  }

  Result<void> hear() {
    const auto bytes = buffer_.data();
    HARMONIC_CHECK(live_.hear({static_cast<const char*>(bytes.data()), bytes.size()}));
    say_news();
    return {};
  }

  Result<void> look() {
    const auto bytes = buffer_.data();
    HARMONIC_TRY(auto picture,
                 read_picture({static_cast<const std::byte*>(bytes.data()), bytes.size()}));
    if (live_.session()->can_see()) {
      house_.vision.offer(seat_, std::move(picture));
    } else if (!std::exchange(told_blind_, true)) {
      say(write_error("this server has no classifier, so it cannot see; set the mood by hand"));
    }
    return {};
  }

  void have_seen(std::vector<std::string> texts) {
    for (auto& text : texts) say(std::move(text));
    say_news();
  }

  void say_news() {
    for (auto& text : live_.news()) say(std::move(text));
  }

  void tick() {
    tick_.expires_after(kTick);
    tick_.async_wait([self = shared_from_this()](error_code error) {
      if (error || self->closing_) return;
      self->say_news();
      self->tick();
    });
  }

  void say(std::string text) {
    if (closing_) return;
    if (unsent_.size() >= kMostUnsent) return end();
    unsent_.push_back(std::move(text));
    if (!writing_) write();
  }

  void write() {
    if (unsent_.empty()) {
      if (close_code_) return send_close();
      return;
    }
    writing_ = true;
    stream_.async_write(net::buffer(unsent_.front()),
                        [self = shared_from_this()](error_code error, std::size_t) {
                          self->writing_ = false;
                          if (error) return self->end();
                          self->unsent_.pop_front();
                          self->write();
                        });
  }

  void refuse(std::string_view why, websocket::close_code code) {
    say(write_error(why));
    close(code);
    skip();
  }

  /// Sends what is still to be said, then the code.
  void close(websocket::close_code code) {
    if (std::exchange(closing_, true)) return;
    close_code_ = code;
    tick_.cancel();
    seat_.reset();
    if (!writing_) write();
  }

  void send_close() {
    const auto code = *std::exchange(close_code_, std::nullopt);
    stream_.async_close(code, [self = shared_from_this()](error_code) { self->end(); });
  }

  /// Drops the socket at once.
  void end() {
    closing_ = true;
    tick_.cancel();
    seat_.reset();
    beast::get_lowest_layer(stream_).close();
  }

  House& house_;
  websocket::stream<beast::tcp_stream, false> stream_;
  net::steady_timer tick_;
  Live live_;
  std::string request_;
  Places::Ticket place_;
  std::shared_ptr<Seat> seat_;
  LiveSockets::Farewell farewell_;
  beast::flat_buffer buffer_;
  std::optional<Clock::time_point> message_began_;
  std::deque<std::string> unsent_;
  bool writing_ = false;
  bool closing_ = false;
  bool told_blind_ = false;
  std::optional<websocket::close_code> close_code_;
};

}  // namespace

void start_live(House& house, int socket, std::string request, Places::Ticket place,
                const session::Member& member) {
  tcp::socket own{net::make_strand(house.io)};
  error_code error;
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  const bool known = ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  own.assign(known && address.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), socket, error);
  if (error) {
    ::close(socket);
    return;
  }
  std::make_shared<LiveSocket>(house, std::move(own), std::move(request), std::move(place), member)
      ->start();
}

}  // namespace harmonic::server
