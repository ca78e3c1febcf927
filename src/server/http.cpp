#include "server/http.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/status.h"

namespace harmonic::server {

namespace {

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 206: return "Partial Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 416: return "Range Not Satisfiable";
    case 426: return "Upgrade Required";
    case 431: return "Request Header Fields Too Large";
    case 503: return "Service Unavailable";
    default: return status < 500 ? "Refused" : "Internal Server Error";
  }
}

/// Weak comparison against a list, as If-None-Match wants it (RFC 9110, 13.1.2).
bool lists(std::string_view header, std::string_view etag) {
  return header == "*" || header.find(etag) != std::string_view::npos;
}

}  // namespace

std::uint64_t Response::length() const {
  if (const auto* part = std::get_if<FilePart>(&body)) return part->slice.length;
  return std::get<std::string>(body).size();
}

std::string write_head(const Response& response, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head += reason_of(response.status);
  head += "\r\n";
  for (const auto& [name, value] : response.headers)
    head.append(name).append(": ").append(value).append("\r\n");
  if (response.status != 304) {
    head += "Content-Length: " + std::to_string(response.length()) + "\r\n";
  }
  head += "X-Content-Type-Options: nosniff\r\n";
  head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

Response json_response(int status, std::string json) {
  return {status,
          {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          std::move(json)};
}

Response error_response(int status, std::string_view message) {
  const nlohmann::json object{{"error", message}};
  return json_response(status,
                       object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Response error_response(const Error& error) {
  return error_response(http_status(error.kind), error.message);
}

Response not_allowed(std::string_view allowed) {
  auto response = error_response(405, "this address answers to " + std::string{allowed});
  response.headers.emplace_back("Allow", allowed);
  return response;
}

Response no_such_address() { return error_response(404, "there is no such address"); }

Response file_response(const Request& request, std::shared_ptr<Readable> file,
                       std::string_view media_type) {
  Response response;
  response.headers = {{"Content-Type", std::string{media_type}},
                      {"ETag", file->etag()},
                      {"Accept-Ranges", "bytes"}};
  if (!request.if_none_match.empty() && lists(request.if_none_match, file->etag())) {
    response.status = 304;
    return response;
  }
  const auto size = file->size();
  // A range of a file that has changed since would be glued to the wrong half.
  const bool same_file = request.if_range.empty() || request.if_range == file->etag();
  const auto answer = same_file ? read_range(request.range, size) : RangeAnswer{WholeFile{}};
  if (std::holds_alternative<NotSatisfiable>(answer)) {
    response = error_response(416, "the file has only " + std::to_string(size) + " bytes");
    response.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
    return response;
  }
  if (const auto* slice = std::get_if<Slice>(&answer)) {
    response.status = 206;
    response.headers.emplace_back("Content-Range", content_range(*slice, size));
    response.body = FilePart{std::move(file), *slice};
  } else {
    response.body = FilePart{std::move(file), {0, size}};
  }
  return response;
}

Response bytes_response(const Request& request, std::string_view bytes,
                        std::string_view media_type) {
  Response response;
  const auto etag = '"' + sha256_hex(bytes).substr(0, 32) + '"';
  response.headers = {{"Content-Type", std::string{media_type}}, {"ETag", etag}};
  if (!request.if_none_match.empty() && lists(request.if_none_match, etag)) {
    response.status = 304;
  } else {
    response.body = std::string{bytes};
  }
  return response;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      unsigned char byte = 0;
      if (i + 2 >= text.size()) return std::nullopt;
      const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
      if (error != std::errc{} || end != text.data() + i + 3) return std::nullopt;
      c = static_cast<char>(byte);
      i += 2;
    }
    if (c == '\0') return std::nullopt;
    plain += c;
  }
  return plain;
}

std::string decoded_path(std::string_view target) {
  target = target.substr(0, target.find('?'));
  if (target.empty() || target.front() != '/') return {};
  return decoded(target).value_or("");
}

std::optional<std::string_view> query_value(std::string_view target, std::string_view name) {
  auto at = target.find('?');
  while (at != std::string_view::npos) {
    target.remove_prefix(at + 1);
    at = target.find('&');
    const auto field = target.substr(0, at);
    if (field.starts_with(name) && field.substr(name.size()).starts_with('='))
      return field.substr(name.size() + 1);
  }
  return std::nullopt;
}

}  // namespace harmonic::server
