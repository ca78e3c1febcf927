#include "server/slot.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace harmonic::server {
namespace {

// A queue here would show a face of seconds ago as the face of now.
TEST(Slot, TheNewestWins) {
  Slot<int> slot;
  EXPECT_EQ(slot.take(), std::nullopt);
  EXPECT_TRUE(slot.put(1));
  EXPECT_FALSE(slot.put(2));
  EXPECT_FALSE(slot.put(3));
  EXPECT_EQ(slot.take(), 3);
  EXPECT_EQ(slot.take(), std::nullopt);
  EXPECT_TRUE(slot.put(4));
}

TEST(Slot, WhatIsReplacedIsFreedAtOnce) {
  Slot<std::shared_ptr<int>> slot;
  auto first = std::make_shared<int>(1);
  slot.put(first);
  slot.put(std::make_shared<int>(2));
  EXPECT_EQ(first.use_count(), 1);
}

// Run under ThreadSanitizer: a torn value, a value taken twice, or one that goes backwards.
TEST(Slot, BetweenThreadsNothingIsTakenTwiceAndTheLastArrives) {
  constexpr int kLast = 20'000;
  Slot<std::vector<int>> slot;
  std::thread writer{[&slot] {
    for (int i = 1; i <= kLast; ++i) slot.put(std::vector<int>(3, i));
  }};
  int seen = 0;
  while (seen < kLast) {
    const auto value = slot.take();
    if (!value) continue;
    ASSERT_EQ(*value, std::vector<int>(3, value->front()));
    ASSERT_GT(value->front(), seen);
    seen = value->front();
  }
  writer.join();
  EXPECT_EQ(slot.take(), std::nullopt);
}

// Exactly one of the puts between two takes may say "was empty": the vision worker counts on it.
TEST(Slot, WasEmptyIsSaidOnceForEachTake) {
  Slot<int> slot;
  std::atomic<int> was_empty = 0;
  std::atomic<int> taken = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5'000; ++i) {
        if (slot.put(i)) ++was_empty;
        if (slot.take()) ++taken;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(was_empty, taken);
}

}  // namespace
}  // namespace harmonic::server
