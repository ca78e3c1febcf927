// session/refresher.h - keeps a library in step with the store while somebody scans.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "session/library.h"

namespace harmonic::session {

/// Asks the store for its revision every `period` on a thread of its own; songs that another
/// program scanned are seen too, and what another program banned. A store that fails is logged once
/// and asked again.
class Refresher {
 public:
  /// `library` must outlive the refresher.
  explicit Refresher(Library& library,
                     std::chrono::milliseconds period = std::chrono::milliseconds{1000});
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;
  ~Refresher();

 private:
  void work();

  Library& library_;
  const std::chrono::milliseconds period_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closing_ = false;
  std::thread worker_;
};

}  // namespace harmonic::session
