// session/refresher.h - keeps a library in step with the store while somebody scans.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/result.h"

namespace harmonic::session {

/// Calls `refresh` (Household::refresh) every `period` on a thread of its own; songs that another
/// program scanned are seen too, and what another program banned. A store that fails is logged once
/// and asked again.
class Refresher {
 public:
  explicit Refresher(std::function<Result<bool>()> refresh,
                     std::chrono::milliseconds period = std::chrono::milliseconds{1000});
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;
  ~Refresher();

 private:
  void work();

  const std::function<Result<bool>()> refresh_;
  const std::chrono::milliseconds period_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closing_ = false;
  std::thread worker_;
};

}  // namespace harmonic::session
