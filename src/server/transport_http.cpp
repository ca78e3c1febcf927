#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>
#include <thread>
#include <vector>

#include "base/log.h"
#include "server/playlist_routes.h"
#include "server/server.h"
#include "server/transport.h"

namespace harmonic::server {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using net::ip::tcp;

namespace {

constexpr std::uint32_t kHeaderLimit = 16U << 10U;  // bytes
constexpr std::uint64_t kBodyLimit = 64U << 10U;    // bytes
constexpr std::size_t kPiece = 64U << 10U;          // bytes of a file in memory at a time
constexpr std::chrono::seconds kLinger{2};

using Parser = http::request_parser<http::string_body>;

std::string header(const Parser::value_type& message, std::string_view name) {
  const auto found = message.find(beast::string_view{name.data(), name.size()});
  return found == message.end() ? std::string{} : std::string{found->value()};
}

Request request_of(const Parser::value_type& message) {
  Request request;
  request.method = std::string{message.method_string()};
  request.target = std::string{message.target()};
  request.host = header(message, "Host");
  request.origin = header(message, "Origin");
  request.range = header(message, "Range");
  request.if_range = header(message, "If-Range");
  request.if_none_match = header(message, "If-None-Match");
  request.body = message.body();
  return request;
}

/// The upgrade request as text again, for the WebSocket side to read.
std::string text_of(const Parser::value_type& message) {
  std::string text =
      std::string{message.method_string()} + " " + std::string{message.target()} + " HTTP/1.1\r\n";
  for (const auto& field : message) {
    text += std::string{field.name_string()} + ": " + std::string{field.value()} + "\r\n";
  }
  return text + "\r\n";
}

bool asks_with_long_body(const Parser::value_type& message) {
  const auto method = message.method_string();
  const auto target = message.target();
  return takes_long_body({method.data(), method.size()}, {target.data(), target.size()});
}

Response complaint_about(error_code error, bool long_body) {
  if (error == http::error::header_limit) return error_response(431, "the headers are over 16 KiB");
  if (error == http::error::body_limit && long_body) {
    return error_response(413, "the playlist is over 16 MiB; split it, or use `harmonic playlist`");
  }
  if (error == http::error::body_limit) return error_response(413, "the body is over 64 KiB");
  return error_response(400, "this is not HTTP");
}

/// One TCP connection: reads a request, answers it, and so on. Every handler holds it alive.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(House& house, tcp::socket socket, Places::Ticket place)
      : house_{house}, stream_{std::move(socket)}, place_{std::move(place)} {}

  void start() {
    net::dispatch(stream_.get_executor(), [self = shared_from_this()] {
      if (self->place_) return self->read();
      self->send(error_response(503, "too many connections; try again later"), false);
    });
  }

 private:
  void read() {
    parser_.emplace();
    parser_->header_limit(kHeaderLimit);
    parser_->body_limit(kPlaylistBodyLimit);
    long_body_.reset();
    stream_.expires_after(std::chrono::seconds{house_.limits.request_seconds});
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->have_read(error);
                              self->read_body();
                            });
  }

  /// The parser asks the limit of what a header announces; what is not announced, or not for this
  /// address, is asked here. A few bodies at a time may be long, of those who may change something.
  void read_body() {
    const auto& message = parser_->get();
    const auto length = parser_->content_length();
    const bool is_long = parser_->chunked() || (length && *length > kBodyLimit);
    if (is_long && !asks_with_long_body(message)) {
      if (length) return send(complaint_about(http::error::body_limit, false), false);
      parser_->body_limit(kBodyLimit);
    } else if (is_long) {
      if (auto refused = house_.routes.refusal(request_of(message), true))
        return send(*std::move(refused), false);
      long_body_ = house_.long_bodies.take();
      if (!long_body_)
        return send(error_response(503, "too many long playlists at once; try again"), false);
    }
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->have_read(error); });
  }

  void have_read(error_code error) {
    if (error == http::error::end_of_stream) return linger();
    if (error.category() == http::make_error_code(http::error::bad_version).category()) {
      return send(complaint_about(error, asks_with_long_body(parser_->get())), false);
    }
    if (error) return;  // timed out, reset: nobody is there to be told
    const auto& message = parser_->get();
    const auto request = request_of(message);
    if (beast::websocket::is_upgrade(message) && decoded_path(request.target) == "/api/live") {
      return upgrade(request);
    }
    send(house_.routes.answer(request), message.keep_alive());
  }

  void upgrade(const Request& request) {
    if (auto refused = house_.routes.refusal(request, true))
      return send(*std::move(refused), false);
    const auto who = house_.routes.member(request);
    if (!who) return send(error_response(who.error()), false);
    auto place = house_.live_places.take();
    if (!place) return send(error_response(503, "too many listeners; close another page"), false);
    auto text = text_of(parser_->get());
    text.append(static_cast<const char*>(buffer_.data().data()), buffer_.size());
    error_code error;
    const int socket = stream_.socket().release(error);
    if (!error) start_live(house_, socket, std::move(text), std::move(place), **who);
  }

  void send(Response response, bool keep_alive) {
    response_ = std::move(response);
    keep_alive_ = keep_alive;
    sent_ = 0;
    head_ = write_head(response_, keep_alive);
    if (const auto* text = std::get_if<std::string>(&response_.body);
        text != nullptr && !response_.head_only && response_.status != 304) {
      head_ += *text;
    }
    write(net::buffer(head_));
  }

  template <typename Buffer>
  void write(Buffer bytes) {
    stream_.expires_after(std::chrono::seconds{house_.limits.stall_seconds});
    net::async_write(stream_, bytes, [self = shared_from_this()](error_code error, std::size_t) {
      if (!error) self->have_written();
    });
  }

  void have_written() {
    const auto* part = std::get_if<FilePart>(&response_.body);
    if (part == nullptr || response_.head_only || sent_ == part->slice.length) return finish();
    const auto wanted = std::min<std::uint64_t>(kPiece, part->slice.length - sent_);
    piece_.resize(kPiece);
    const auto got = part->file->read_at(part->slice.first + sent_,
                                         std::span{piece_}.first(static_cast<std::size_t>(wanted)));
    if (got == 0) return;  // the file shrank: an early end is the only way left to say so
    sent_ += got;
    write(net::buffer(piece_.data(), got));
  }

  void finish() {
    response_ = {};  // closes the file
    if (keep_alive_) return read();
    linger();
  }

  /// Closing while the other side still sends would destroy our last answer on its way; so we say
  /// that we are done and listen for a little while.
  void linger() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kLinger);
    drain();
  }

  void drain() {
    piece_.resize(kPiece);
    stream_.async_read_some(net::buffer(piece_),
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (!error) self->drain();
                            });
  }

  House& house_;
  beast::tcp_stream stream_;
  Places::Ticket place_;
  beast::flat_buffer buffer_{kHeaderLimit + kBodyLimit};
  std::optional<Parser> parser_;
  Places::Ticket long_body_;  // while a body is read that may be long
  Response response_;
  bool keep_alive_ = false;
  std::uint64_t sent_ = 0;  // bytes of the file
  std::string head_;
  std::vector<char> piece_;
};

}  // namespace

struct Server::Impl {
  net::io_context io;
  net::strand<net::io_context::executor_type> strand = net::make_strand(io);
  tcp::acceptor acceptor{strand};
  net::signal_set signals{strand};
  net::steady_timer pause{strand};
  net::steady_timer goodbye{strand};
  Limits limits;
  std::uint16_t port = 0;
  House* house = nullptr;
  bool stopping = false;

  void accept() {
    acceptor.async_accept(net::make_strand(io), [this](error_code error, tcp::socket socket) {
      if (stopping) return;
      if (error) return rest();
      std::make_shared<Connection>(*house, std::move(socket), house->connections.take())->start();
      accept();
    });
  }

  /// Out of descriptors or memory: others must finish first.
  void rest() {
    pause.expires_after(std::chrono::milliseconds{100});
    pause.async_wait([this](error_code error) {
      if (!error && !stopping) accept();
    });
  }

  /// On the strand.
  void close() {
    if (std::exchange(stopping, true)) return;
    error_code ignored;
    acceptor.close(ignored);
    signals.cancel(ignored);
    if (house != nullptr) house->live_sockets.say_farewell();
    goodbye.expires_after(std::chrono::milliseconds{300});
    goodbye.async_wait([this](error_code) { io.stop(); });
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::bind(const std::string& host, std::uint16_t port,
                                             Limits limits) {
  auto impl = std::make_unique<Impl>();
  impl->limits = limits;
  error_code error;
  const auto address = net::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
  if (error) return fail(ErrorKind::kInvalidInput, "\"" + host + "\" is not an IP address");
  const tcp::endpoint endpoint{address, port};
  impl->acceptor.open(endpoint.protocol(), error);
  if (!error) impl->acceptor.set_option(net::socket_base::reuse_address{true}, error);
  if (!error) impl->acceptor.bind(endpoint, error);
  if (!error) impl->acceptor.listen(net::socket_base::max_listen_connections, error);
  const auto place = host + ":" + std::to_string(port);
  if (error == net::error::address_in_use) {
    return fail(ErrorKind::kUnavailable,
                "port " + std::to_string(port) +
                    " is taken by another program; choose another one with --port");
  }
  if (error == net::error::access_denied) {
    return fail(ErrorKind::kUnavailable, "this account may not listen on " + place +
                                             "; choose a port from 1024 on with --port");
  }
  if (error)
    return fail(ErrorKind::kInvalidInput, "cannot listen on " + place + ": " + error.message());
  impl->port = impl->acceptor.local_endpoint(error).port();
  return std::unique_ptr<Server>{new Server{std::move(impl)}};
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::run(const Routes& routes, Vision& vision, int threads) {
  House house{impl_->io, routes, vision, impl_->limits};
  impl_->house = &house;
  net::post(impl_->strand, [this] {
    if (!impl_->stopping) impl_->accept();
  });
  const auto serve = [this] {
    for (;;) {  // one connection's trouble must not end the others'
      try {
        impl_->io.run();
        return;
      } catch (const std::exception& trouble) {
        log::error(std::string{"a connection failed: "} + trouble.what());
      }
    }
  };
  std::vector<std::jthread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(serve);
  serve();
  others.clear();
  impl_->house = nullptr;
}

void Server::stop() {
  net::post(impl_->strand, [this] { impl_->close(); });
}

void Server::stop_on_signals() {
  error_code ignored;
  impl_->signals.add(SIGINT, ignored);
  impl_->signals.add(SIGTERM, ignored);
  impl_->signals.async_wait([this](error_code error, int) {
    if (!error) impl_->close();
  });
}

}  // namespace harmonic::server
