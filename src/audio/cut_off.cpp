#include "audio/cut_off.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <string_view>
#include <vector>

namespace harmonic::audio {

bool ends_inside_an_ogg_page(const ByteSource& source) {
  constexpr std::int64_t kLongestPage = 27 + 255 + 255 * 255;
  const auto from = std::max<std::int64_t>(0, source.size() - kLongestPage);
  std::vector<std::byte> tail(static_cast<std::size_t>(source.size() - from));
  if (source.read(from, tail) != std::ssize(tail)) return false;
  const std::string_view text{reinterpret_cast<const char*>(tail.data()), tail.size()};
  const auto page = text.rfind(std::string_view{"OggS\0", 5});
  if (page == std::string_view::npos) return true;
  if (page + 27 > tail.size()) return true;
  const auto lacings = std::to_integer<std::size_t>(tail[page + 26]);
  if (page + 27 + lacings > tail.size()) return true;
  const auto first = tail.begin() + static_cast<std::ptrdiff_t>(page) + 27;
  const auto body = std::accumulate(
      first, first + static_cast<std::ptrdiff_t>(lacings), std::size_t{0},
      [](std::size_t sum, std::byte b) { return sum + std::to_integer<std::size_t>(b); });
  return page + 27 + lacings + body > tail.size();
}

Stretch wav_chunk(const ByteSource& source, std::string_view name) {
  std::array<std::byte, 8> head{};
  for (std::int64_t at = 12; source.read(at, head) == std::ssize(head);) {
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < 4; ++i)
      size |= std::to_integer<std::uint32_t>(head[4 + i]) << (8 * i);
    const auto same = [](char wanted, std::byte found) {
      return wanted == std::tolower(std::to_integer<unsigned char>(found));
    };
    if (std::equal(name.begin(), name.end(), head.begin(), same)) return {at + 8, size};
    at += 8 + std::int64_t{size} + size % 2;
  }
  return {};
}

bool ends_inside_wav_data(const ByteSource& source) {
  constexpr std::int64_t kUnknown = 0xFFFFFFFF;
  const auto [start, length] = wav_chunk(source, "data");
  return length != kUnknown && length != 0 && start + length > source.size();
}

}  // namespace harmonic::audio
