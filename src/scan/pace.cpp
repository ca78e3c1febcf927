#include "scan/pace.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>

namespace harmonic::scan {

namespace {

// linux/ioprio.h
constexpr int kIoOfOneThread = 1;
constexpr int kIoIdle = 3 << 13;
constexpr int kNicest = 19;

double system_load() {
  double load = 0.0;
  return ::getloadavg(&load, 1) == 1 ? load : -1.0;
}

}  // namespace

Pace::Pace(bool gentle, int jobs, int cores, Load load)
    : gentle_{gentle}, busy_{static_cast<double>(jobs + cores)}, load_{std::move(load)} {}

Pace::Pace(bool gentle, int jobs)
    : Pace{gentle, jobs, static_cast<int>(std::max(1U, std::thread::hardware_concurrency())),
           system_load} {}

void Pace::give_way() const {
  if (!gentle_) return;
  const auto thread = static_cast<id_t>(::gettid());
  (void)::setpriority(PRIO_PROCESS, thread, kNicest);
  const sched_param none{};
  (void)::sched_setscheduler(0, SCHED_IDLE, &none);
  (void)::syscall(SYS_ioprio_set, kIoOfOneThread, 0, kIoIdle);
}

bool Pace::others_are_busy() {
  const std::lock_guard lock{mutex_};
  const auto now = std::chrono::steady_clock::now();
  if (now - asked_ >= kMoment) {
    asked_ = now;
    answer_ = load_() >= busy_;
  }
  return answer_;
}

void Pace::hold_back(const std::stop_token& stop) {
  if (!gentle_) return;
  for (std::chrono::milliseconds waited{0};
       waited < kLongestWait && !stop.stop_requested() && others_are_busy(); waited += kMoment) {
    std::this_thread::sleep_for(kMoment);
  }
}

}  // namespace harmonic::scan
