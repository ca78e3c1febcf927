// scan/crew.h - threads that share out the files of one pass, and what they report.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/result.h"
#include "scan/pace.h"
#include "scan/scan.h"

namespace harmonic::scan {

/// Ends early when the stop token is used, or when the store failed.
class Crew {
 public:
  Crew(const Options& options, std::stop_token stop)
      : jobs_{std::max(1, options.jobs)}, stop_{std::move(stop)}, pace_{options.gentle, jobs_} {}

  /// Calls work(0) ... work(count - 1), each once, and returns when all have ended.
  template <typename Work>
  void share(std::size_t count, const Work& work) {
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
      pace_.give_way();
      while (!stopped()) {
        const auto at = next++;
        if (at >= count) return;
        pace_.hold_back(stop_);
        work(at);
      }
    };
    const auto most = static_cast<std::size_t>(jobs_);
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(most, count); ++i) threads.emplace_back(take);
  }

  void break_off(const Error& error) {
    const std::lock_guard lock{mutex_};
    if (!error_) error_ = error;
    broken_ = true;
  }

  [[nodiscard]] bool stopped() const { return broken_ || stop_.stop_requested(); }
  [[nodiscard]] const std::stop_token& stop() const { return stop_; }
  /// The first failure of the store, if there was one.
  [[nodiscard]] Result<void> verdict() const {
    if (error_) return tl::unexpected{*error_};
    return {};
  }

 private:
  int jobs_;
  std::stop_token stop_;
  Pace pace_;
  std::atomic<bool> broken_{false};
  std::mutex mutex_;
  std::optional<Error> error_;
};

/// Counts the files of one pass and tells how far it is.
class Meter {
 public:
  /// `weight` of all files together: bytes, or files.
  Meter(Phase phase, std::size_t total, std::uint64_t weight, const OnProgress& on_progress)
      : on_progress_{on_progress}, weight_{weight}, start_{Clock::now()} {
    progress_.phase = phase;
    progress_.total = total;
  }

  void add(std::uint64_t weight, double audio_seconds = 0.0) {
    const std::lock_guard lock{mutex_};
    ++progress_.done;
    progress_.audio_seconds += audio_seconds;
    done_ += weight;
    if (!on_progress_) return;
    progress_.elapsed = Clock::now() - start_;
    if (done_ > 0) {
      progress_.left =
          progress_.elapsed * (static_cast<double>(weight_ - done_) / static_cast<double>(done_));
    }
    on_progress_(progress_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  const OnProgress& on_progress_;
  std::mutex mutex_;
  Progress progress_;
  std::uint64_t done_ = 0;
  std::uint64_t weight_;
  Clock::time_point start_;
};

}  // namespace harmonic::scan
