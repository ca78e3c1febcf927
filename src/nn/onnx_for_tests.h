// nn/onnx_for_tests.h - ONNX files of a few layers, written by hand; wrong ones as well.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harmonic::nn {

inline std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value > 0x7FU; value >>= 7U) bytes += static_cast<char>((value & 0x7FU) | 0x80U);
  return bytes + static_cast<char>(value);
}

inline std::string field(std::uint32_t number, std::int64_t value) {
  return varint(number << 3U) + varint(static_cast<std::uint64_t>(value));
}

inline std::string field(std::uint32_t number, std::string_view bytes) {
  return varint(number << 3U | 2U) + varint(bytes.size()) + std::string{bytes};
}

inline std::string little_endian(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(bits >> shift);
  return bytes;
}

inline std::string raw(const std::vector<float>& values) {
  std::string bytes;
  for (const float value : values) bytes += little_endian(value);
  return bytes;
}

/// Attributes of a layer.
inline std::string integer(std::string_view name, std::int64_t value) {
  return field(5, field(1, name) + field(3, value));
}

inline std::string integers(std::string_view name, const std::vector<std::int64_t>& values) {
  std::string bytes = field(1, name);
  for (const auto value : values) bytes += field(8, value);
  return field(5, bytes);
}

inline std::string number(std::string_view name, float value) {
  return field(5, field(1, name) + varint(2U << 3U | 5U) + little_endian(value));
}

inline std::string text(std::string_view name, std::string_view value) {
  return field(5, field(1, name) + field(4, value));
}

class OnnxWriter {
 public:
  OnnxWriter& input(std::string_view name, const std::vector<std::int64_t>& shape) {
    return end(11, name, shape);
  }

  OnnxWriter& output(std::string_view name) { return end(12, name, {}); }

  OnnxWriter& weights(std::string_view name, const std::vector<std::int64_t>& shape,
                      const std::vector<float>& values) {
    graph_ += field(5, sides(shape) + field(2, 1) + field(8, name) + field(9, raw(values)));
    return *this;
  }

  OnnxWriter& numbers(std::string_view name, const std::vector<std::int64_t>& values) {
    std::string packed;
    for (const auto value : values) packed += varint(static_cast<std::uint64_t>(value));
    graph_ +=
        field(5, field(1, std::ssize(values)) + field(2, 7) + field(7, packed) + field(8, name));
    return *this;
  }

  OnnxWriter& layer(std::string_view operation, const std::vector<std::string>& inputs,
                    std::string_view output, std::string_view attributes = "") {
    std::string node;
    for (const auto& input : inputs) node += field(1, input);
    graph_ += field(1, node + field(2, output) + field(4, operation) + std::string{attributes});
    return *this;
  }

  [[nodiscard]] std::string bytes() const {
    return field(1, 6) + field(8, field(2, 11)) + field(7, field(2, "test") + graph_);
  }

 private:
  static std::string sides(const std::vector<std::int64_t>& shape) {
    std::string bytes;
    for (const auto side : shape) bytes += field(1, side);
    return bytes;
  }

  OnnxWriter& end(std::uint32_t number, std::string_view name,
                  const std::vector<std::int64_t>& shape) {
    std::string dims;
    for (const auto side : shape) dims += field(1, field(1, side));
    graph_ += field(number, field(1, name) + field(2, field(1, field(1, 1) + field(2, dims))));
    return *this;
  }

  std::string graph_;
};

}  // namespace harmonic::nn
