// server/slot.h - a place for one thing between two threads; what waits is replaced by what is
// newer.
#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace harmonic::server {

/// Threads  any number may put and take.
template <typename T>
class Slot {
 public:
  /// Puts `value` in, over whatever waits there. Returns whether the slot was empty before.
  bool put(T value) {
    std::optional<T> dropped{std::move(value)};  // what was replaced is freed outside the lock
    const std::lock_guard lock{mutex_};
    dropped.swap(value_);
    return !dropped;
  }

  /// Takes what waits, if anything.
  [[nodiscard]] std::optional<T> take() {
    const std::lock_guard lock{mutex_};
    return std::exchange(value_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::optional<T> value_;
};

}  // namespace harmonic::server
