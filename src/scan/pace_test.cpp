#include "scan/pace.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

namespace harmonic::scan {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds held_back(Pace& pace, const std::stop_token& stop = {}) {
  const auto start = Clock::now();
  pace.hold_back(stop);
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

TEST(Pace, AGentleThreadHasTheLowestPriorityAndOthersKeepTheirs) {
  const auto policy_and_nice = [](bool gentle) {
    std::pair<int, int> found;
    std::jthread{[&] {
      const Pace pace{gentle, 1};
      pace.give_way();
      found = {::sched_getscheduler(0), ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()))};
    }}.join();
    return found;
  };
  const auto before = policy_and_nice(false);
  EXPECT_EQ(policy_and_nice(true), std::pair(SCHED_IDLE, 19));
  EXPECT_EQ(policy_and_nice(false), before);
}

TEST(Pace, WaitsWhileOthersAreBusyAndOnlyThen) {
  double load = 3.0;
  Pace pace{true, 1, 2, [&] { return load; }};  // two of the three threads are others'
  std::stop_source stop;
  std::jthread stopper{[&] {
    std::this_thread::sleep_for(Pace::kMoment + Pace::kMoment / 2);
    stop.request_stop();
  }};
  EXPECT_GE(held_back(pace, stop.get_token()), Pace::kMoment) << "and a stop ends the wait";
  load = 2.9;
  std::this_thread::sleep_for(Pace::kMoment);
  EXPECT_LT(held_back(pace), Pace::kMoment);
  Pace unknown{true, 1, 2, [] { return -1.0; }};
  EXPECT_LT(held_back(unknown), Pace::kMoment);
  Pace full{false, 1, 2, [] { return 99.0; }};
  EXPECT_LT(held_back(full), Pace::kMoment);
}

}  // namespace
}  // namespace harmonic::scan
