// server/http.h - a request and its answer as values, apart from sockets and any HTTP library.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "server/range.h"
#include "server/readable.h"

namespace harmonic::server {

/// What our answers depend on of a request. A header that is absent is empty.
struct Request {
  std::string method;
  std::string target;  ///< as sent: path, perhaps with a query
  std::string host;
  std::string origin;
  std::string range;
  std::string if_range;
  std::string if_none_match;
  std::string body;
};

struct FilePart {
  std::shared_ptr<Readable> file;
  Slice slice;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<std::string, FilePart> body;
  bool head_only = false;  ///< the headers speak of a body that is not sent

  [[nodiscard]] std::uint64_t length() const;
};

/// The status line and all headers with the empty line after them, Content-Length included.
[[nodiscard]] std::string write_head(const Response& response, bool keep_alive);

[[nodiscard]] Response json_response(int status, std::string json);
/// `{"error": message}` with the status of its kind.
[[nodiscard]] Response error_response(const Error& error);
[[nodiscard]] Response error_response(int status, std::string_view message);
/// 405, with the methods that are: "GET, HEAD".
[[nodiscard]] Response not_allowed(std::string_view allowed);
[[nodiscard]] Response no_such_address();
/// The file, the slice of it that the request names, 304 or 416.
[[nodiscard]] Response file_response(const Request& request, std::shared_ptr<Readable> file,
                                     std::string_view media_type);

/// Bytes from memory, or 304. The ETag is their digest.
[[nodiscard]] Response bytes_response(const Request& request, std::string_view bytes,
                                      std::string_view media_type);

/// The path of a target without its query, percent-decoded. Empty when it is malformed, holds a
/// zero byte or does not begin with a slash.
[[nodiscard]] std::string decoded_path(std::string_view target);

/// A value of a query, percent-decoded. Nothing when it is malformed or holds a zero byte.
[[nodiscard]] std::optional<std::string> decoded(std::string_view text);

/// What stands behind "name=" in the query of a target, as sent; nothing when it is not there.
[[nodiscard]] std::optional<std::string_view> query_value(std::string_view target,
                                                          std::string_view name);

}  // namespace harmonic::server
