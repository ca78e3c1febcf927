// base/bytes.h - little-endian numbers to bytes and back, every read checked.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harmonic {

static_assert(std::endian::native == std::endian::little, "files here are little-endian");

inline void put_u32(std::string& to, std::uint32_t value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename Number>
void put_all(std::string& to, const std::vector<Number>& values) {
  to.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Number));
}

/// Takes from the front; nothing when fewer bytes are left than asked for.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : left_{bytes} {}

  [[nodiscard]] std::optional<std::string_view> text(std::size_t length) {
    if (left_.size() < length) return std::nullopt;
    const auto taken = left_.substr(0, length);
    left_.remove_prefix(length);
    return taken;
  }

  [[nodiscard]] std::optional<std::uint32_t> u32() {
    const auto taken = text(sizeof(std::uint32_t));
    if (!taken) return std::nullopt;
    std::uint32_t value = 0;
    std::memcpy(&value, taken->data(), sizeof value);
    return value;
  }

  /// `count` is compared with what is left before memory is asked for.
  template <typename Number>
  [[nodiscard]] std::optional<std::vector<Number>> numbers(std::size_t count) {
    if (count > left_.size() / sizeof(Number)) return std::nullopt;
    std::vector<Number> values(count);
    const auto taken = text(count * sizeof(Number));
    if (count > 0) std::memcpy(values.data(), taken->data(), taken->size());
    return values;
  }

  [[nodiscard]] bool empty() const { return left_.empty(); }

 private:
  std::string_view left_;
};

}  // namespace harmonic
