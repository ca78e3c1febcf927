#include "server/vision.h"

#include <utility>

namespace harmonic::server {

Vision::Vision() : worker_{[this] { work(); }} {}

Vision::~Vision() {
  {
    const std::lock_guard lock{mutex_};
    closing_ = true;
  }
  changed_.notify_one();
  worker_.join();
}

void Vision::offer(const std::shared_ptr<Seat>& seat, PictureMessage picture) {
  if (!seat->waiting_.put(std::move(picture))) return;  // its turn is already in the line
  {
    const std::lock_guard lock{mutex_};
    turn_.emplace_back(seat);
  }
  changed_.notify_one();
}

void Vision::work() {
  for (;;) {
    std::shared_ptr<Seat> seat;
    {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return closing_ || !turn_.empty(); });
      if (closing_) return;
      seat = turn_.front().lock();
      turn_.pop_front();
    }
    if (!seat) continue;  // the socket closed meanwhile
    const auto picture = seat->waiting_.take();
    if (!picture) continue;
    seat->done_(seat->session_->observe(picture->encoded, picture->captured_at_ms));
  }
}

}  // namespace harmonic::server
