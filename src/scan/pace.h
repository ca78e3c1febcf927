// scan/pace.h - how a scan gives way to others on a busy host.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <stop_token>

namespace harmonic::scan {

/// A gentle thread gets the processor and the disk only when nobody else wants them (nice 19,
/// SCHED_IDLE, idle I/O class), and between two files it waits while others keep all processors
/// busy. What the system does not grant is done without.
///
/// Threads  hold_back() from any.
class Pace {
 public:
  /// The system's load over the last minute: threads that run or want to. Below 0: not known.
  using Load = std::function<double()>;

  /// Others are busy while the load without our `jobs` threads is `cores` or more.
  Pace(bool gentle, int jobs, int cores, Load load);
  /// Asks the system.
  Pace(bool gentle, int jobs);

  /// For each thread that works, at its start.
  void give_way() const;
  /// Before each file: up to kLongestWait while others are busy, a moment at a time.
  void hold_back(const std::stop_token& stop);

  static constexpr std::chrono::seconds kLongestWait{10};
  static constexpr std::chrono::milliseconds kMoment{500};

 private:
  [[nodiscard]] bool others_are_busy();

  const bool gentle_;
  const double busy_;  ///< the load from which others are
  const Load load_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point asked_{};
  bool answer_ = false;
};

}  // namespace harmonic::scan
