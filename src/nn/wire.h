// nn/wire.h - protobuf's wire format, walked without copies and without trust.
//
// Source  https://protobuf.dev/programming-guides/encoding/
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace harmonic::nn {

/// How a field's value is written; groups (3 and 4) are refused, ONNX has none.
enum class WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

/// One field. `integer` holds a varint or the bits of a fixed one, `bytes` a string, a message, or
/// packed numbers; it points into the message.
struct Field {
  std::uint32_t number = 0;
  WireType type = WireType::kVarint;
  std::uint64_t integer = 0;
  std::string_view bytes;
};

class WireReader {
 public:
  explicit WireReader(std::string_view message) : rest_{message} {}

  /// The next field; nothing at the message's end.
  /// Errors  kCorrupt: the bytes end inside a field, or are none that protobuf writes.
  [[nodiscard]] Result<std::optional<Field>> next();

 private:
  Result<std::uint64_t> fixed(std::size_t count);
  std::string_view rest_;
};

/// Each of these takes one appearance of a field; a writer may pack repeated numbers into one or
/// state them one by one.
/// Errors  kCorrupt: the field is written as another type, or ends inside a number.
[[nodiscard]] Result<std::int64_t> integer_in(const Field& field);
[[nodiscard]] Result<float> float_in(const Field& field);
[[nodiscard]] Result<std::string_view> bytes_in(const Field& field);
[[nodiscard]] Result<void> append_integers(const Field& field, std::vector<std::int64_t>& to);
[[nodiscard]] Result<void> append_floats(const Field& field, std::vector<float>& to);

/// Little-endian numbers one after the other, as ONNX's raw data.
/// Errors  kCorrupt: the bytes end inside a number.
[[nodiscard]] Result<void> append_raw_floats(std::string_view bytes, std::vector<float>& to);
[[nodiscard]] Result<void> append_raw_integers(std::string_view bytes,
                                               std::vector<std::int64_t>& to);

}  // namespace harmonic::nn
