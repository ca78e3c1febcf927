#include "tagging/delta.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace harmonic::tagging {

namespace {

// The delta is a row of steps: 'C', place and length in `now`, or 'L', length, and that many bytes.
// Numbers are 8 bytes, lowest first.
constexpr std::size_t kBlock = 256;
constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;  // odd, so that no byte is lost

void put_number(std::string& delta, std::uint64_t value) {
  for (int i = 0; i < 8; ++i) delta += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::optional<std::uint64_t> take_number(std::string_view& delta) {
  if (delta.size() < 8) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i)
    value |= std::uint64_t{static_cast<std::uint8_t>(delta[i])} << (8 * i);
  delta.remove_prefix(8);
  return value;
}

class Steps {
 public:
  void copy(std::size_t from, std::size_t length) {
    if (length == 0) return;
    flush();
    delta_ += 'C';
    put_number(delta_, from);
    put_number(delta_, length);
  }
  void literal(char byte) { literal_ += byte; }
  std::string finish() && {
    flush();
    return std::move(delta_);
  }

 private:
  void flush() {
    if (literal_.empty()) return;
    delta_ += 'L';
    put_number(delta_, literal_.size());
    delta_ += literal_;
    literal_.clear();
  }
  std::string delta_;
  std::string literal_;
};

/// A hash of the last kBlock bytes that can be rolled on by one.
class RollingHash {
 public:
  explicit RollingHash(std::string_view block) {
    for (const char byte : block) push(byte);
    for (std::size_t i = 0; i < kBlock; ++i) oldest_ *= kBase;
  }
  void roll(char out, char in) {
    push(in);
    value_ -= oldest_ * (static_cast<std::uint8_t>(out) + 1U);
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void push(char byte) { value_ = value_ * kBase + static_cast<std::uint8_t>(byte) + 1U; }
  std::uint64_t value_ = 0;
  std::uint64_t oldest_ = 1;
};

std::size_t common_start(std::string_view a, std::string_view b) {
  const auto both = std::min(a.size(), b.size());
  return static_cast<std::size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(both), b.begin()).first -
      a.begin());
}

std::size_t common_end(std::string_view a, std::string_view b) {
  const auto both = std::min(a.size(), b.size());
  return static_cast<std::size_t>(
      std::mismatch(a.rbegin(), a.rbegin() + static_cast<std::ptrdiff_t>(both), b.rbegin()).first -
      a.rbegin());
}

using Blocks = std::unordered_map<std::uint64_t, std::size_t>;

Blocks blocks_of(std::string_view now) {
  Blocks blocks;
  for (std::size_t at = 0; at + kBlock <= now.size(); at += kBlock)
    blocks.emplace(RollingHash{now.substr(at, kBlock)}.value(), at);
  return blocks;
}

/// The middles of both files, which begin and end differently. `now_start` is that of `now`'s.
void tell_middle(std::string_view former, std::string_view now, std::size_t now_start,
                 Steps& steps) {
  const auto blocks = blocks_of(now);
  std::size_t at = 0;
  while (at + kBlock <= former.size()) {
    RollingHash hash{former.substr(at, kBlock)};
    std::size_t length = 0;
    while (true) {
      const auto found = blocks.find(hash.value());
      if (found != blocks.end())
        length = common_start(former.substr(at), now.substr(found->second));
      if (length >= kBlock) {
        steps.copy(now_start + found->second, length);
        break;
      }
      steps.literal(former[at]);
      if (at + kBlock == former.size()) {
        length = 1;  // told just now
        break;
      }
      hash.roll(former[at], former[at + kBlock]);
      ++at;
    }
    at += length;
  }
  for (; at < former.size(); ++at) steps.literal(former[at]);
}

}  // namespace

std::string make_delta(std::string_view former, std::string_view now) {
  Steps steps;
  const auto start = common_start(former, now);
  const auto end = common_end(former.substr(start), now.substr(start));
  steps.copy(0, start);
  tell_middle(former.substr(start, former.size() - start - end),
              now.substr(start, now.size() - start - end), start, steps);
  steps.copy(now.size() - end, end);
  return std::move(steps).finish();
}

Result<std::string> apply_delta(std::string_view now, std::string_view delta) {
  const auto misfit = [] {
    return fail(ErrorKind::kCorrupt, "what was kept of the former tags is damaged");
  };
  std::string former;
  while (!delta.empty()) {
    const char step = delta.front();
    delta.remove_prefix(1);
    const auto first = take_number(delta);
    if (!first) return misfit();
    if (step == 'L') {
      if (*first > delta.size()) return misfit();
      former += delta.substr(0, *first);
      delta.remove_prefix(*first);
    } else {
      const auto length = take_number(delta);
      if (step != 'C' || !length || *first > now.size() || *length > now.size() - *first)
        return misfit();
      former += now.substr(*first, *length);
    }
  }
  return former;
}

}  // namespace harmonic::tagging
