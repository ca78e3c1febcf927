// server/range.h - which bytes of a file a client asked for (RFC 9110, section 14).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace harmonic::server {

/// `length` bytes from `first` on; never empty and never past the end of the file.
struct Slice {
  std::uint64_t first = 0;
  std::uint64_t length = 0;
  friend bool operator==(const Slice&, const Slice&) = default;
};

struct WholeFile {
  friend bool operator==(WholeFile, WholeFile) = default;
};

/// The client must be told 416: nothing of the file lies in what it asked for.
struct NotSatisfiable {
  friend bool operator==(NotSatisfiable, NotSatisfiable) = default;
};

using RangeAnswer = std::variant<WholeFile, Slice, NotSatisfiable>;

/// Reads the value of a `Range` header against a file of `size` bytes.
///
/// A unit other than bytes, a malformed value and a set of several ranges all ask for the whole
/// file, which the RFC allows; so many small ranges cannot be used to make us send a file twice.
/// Numbers that no 64-bit integer holds lie past every file's end.
[[nodiscard]] RangeAnswer read_range(std::string_view value, std::uint64_t size);

/// "bytes 0-99/1000".
[[nodiscard]] std::string content_range(Slice slice, std::uint64_t size);

}  // namespace harmonic::server
