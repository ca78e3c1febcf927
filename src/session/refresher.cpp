#include "session/refresher.h"

#include <string>
#include <utility>

#include "base/log.h"

namespace harmonic::session {

Refresher::Refresher(std::function<Result<bool>()> refresh, std::chrono::milliseconds period)
    : refresh_{std::move(refresh)}, period_{period}, worker_{[this] { work(); }} {}

Refresher::~Refresher() {
  {
    const std::lock_guard lock{mutex_};
    closing_ = true;
  }
  changed_.notify_one();
  worker_.join();
}

void Refresher::work() {
  std::string last_trouble;
  std::unique_lock lock{mutex_};
  while (!closing_) {
    lock.unlock();
    const auto refreshed = refresh_();
    const auto trouble = refreshed ? std::string{} : refreshed.error().message;
    if (!trouble.empty() && trouble != last_trouble)
      log::warning("reading the library: " + trouble);
    last_trouble = trouble;
    lock.lock();
    changed_.wait_for(lock, period_, [this] { return closing_; });
  }
}

}  // namespace harmonic::session
