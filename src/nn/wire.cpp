#include "nn/wire.h"

#include <bit>
#include <limits>

namespace harmonic::nn {

namespace {

constexpr int kMostVarintBytes = 10;  // 64 bits, seven in each byte

tl::unexpected<Error> cut() {
  return fail(ErrorKind::kCorrupt, "the weights end inside a field: fetch or build them again");
}

tl::unexpected<Error> other_type(const Field& field) {
  return fail(ErrorKind::kCorrupt, "field " + std::to_string(field.number) +
                                       " of the weights is not of the type that ONNX states");
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value << 8U | static_cast<std::uint8_t>(bytes[i]);
  }
  return value;
}

float float_of(std::uint64_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
}

// Takes a varint from the front of `rest`.
Result<std::uint64_t> take_varint(std::string_view& rest) {
  std::uint64_t value = 0;
  for (int i = 0; i < kMostVarintBytes; ++i) {
    if (rest.empty()) return cut();
    const auto byte = static_cast<std::uint8_t>(rest.front());
    rest.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7FU} << (7 * i);
    if ((byte & 0x80U) == 0) return value;
  }
  return fail(ErrorKind::kCorrupt, "the weights hold a number of over 64 bits");
}

}  // namespace

Result<std::uint64_t> WireReader::fixed(std::size_t count) {
  if (rest_.size() < count) return cut();
  const auto value = little_endian(rest_.substr(0, count));
  rest_.remove_prefix(count);
  return value;
}

Result<std::optional<Field>> WireReader::next() {
  if (rest_.empty()) return std::optional<Field>{};
  HARMONIC_TRY(const auto key, take_varint(rest_));
  Field field;
  const auto number = key >> 3U;
  if (number == 0 || number > std::numeric_limits<std::uint32_t>::max() >> 3U) {
    return fail(ErrorKind::kCorrupt, "the weights are no protobuf message: a field has no number");
  }
  field.number = static_cast<std::uint32_t>(number);
  field.type = static_cast<WireType>(key & 7U);
  switch (field.type) {
    case WireType::kVarint: {
      HARMONIC_TRY(field.integer, take_varint(rest_));
      break;
    }
    case WireType::kFixed64: {
      HARMONIC_TRY(field.integer, fixed(8));
      break;
    }
    case WireType::kFixed32: {
      HARMONIC_TRY(field.integer, fixed(4));
      break;
    }
    case WireType::kBytes: {
      HARMONIC_TRY(const auto size, take_varint(rest_));
      if (size > rest_.size()) return cut();
      field.bytes = rest_.substr(0, static_cast<std::size_t>(size));
      rest_.remove_prefix(field.bytes.size());
      break;
    }
    default:
      return fail(ErrorKind::kCorrupt,
                  "the weights are no protobuf message: wire type " + std::to_string(key & 7U));
  }
  return std::optional{field};
}

Result<std::int64_t> integer_in(const Field& field) {
  if (field.type != WireType::kVarint) return other_type(field);
  return static_cast<std::int64_t>(field.integer);
}

Result<float> float_in(const Field& field) {
  if (field.type != WireType::kFixed32) return other_type(field);
  return float_of(field.integer);
}

Result<std::string_view> bytes_in(const Field& field) {
  if (field.type != WireType::kBytes) return other_type(field);
  return field.bytes;
}

Result<void> append_integers(const Field& field, std::vector<std::int64_t>& to) {
  if (field.type == WireType::kVarint) {
    to.push_back(static_cast<std::int64_t>(field.integer));
    return {};
  }
  if (field.type != WireType::kBytes) return other_type(field);
  auto rest = field.bytes;
  while (!rest.empty()) {
    HARMONIC_TRY(const auto value, take_varint(rest));
    to.push_back(static_cast<std::int64_t>(value));
  }
  return {};
}

Result<void> append_floats(const Field& field, std::vector<float>& to) {
  if (field.type == WireType::kFixed32) {
    to.push_back(float_of(field.integer));
    return {};
  }
  if (field.type != WireType::kBytes) return other_type(field);
  return append_raw_floats(field.bytes, to);
}

Result<void> append_raw_floats(std::string_view bytes, std::vector<float>& to) {
  if (bytes.size() % sizeof(float) != 0) return cut();
  to.reserve(to.size() + bytes.size() / sizeof(float));
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(float)) {
    to.push_back(float_of(little_endian(bytes.substr(i, sizeof(float)))));
  }
  return {};
}

Result<void> append_raw_integers(std::string_view bytes, std::vector<std::int64_t>& to) {
  if (bytes.size() % sizeof(std::int64_t) != 0) return cut();
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::int64_t)) {
    to.push_back(static_cast<std::int64_t>(little_endian(bytes.substr(i, sizeof(std::int64_t)))));
  }
  return {};
}

}  // namespace harmonic::nn
