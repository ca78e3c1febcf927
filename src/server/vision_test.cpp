#include "server/vision.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>
#include <vector>

#include "server/test_house.h"

namespace harmonic::server {
namespace {

/// Eyes that can be held shut, to see what waits before them.
class GatedEyes final : public session::Eyes {
 public:
  std::unique_ptr<session::Gaze> open() override {
    class Gated final : public session::Gaze {
     public:
      explicit Gated(GatedEyes& eyes) : eyes_{eyes} {}
      session::Look look(std::span<const std::byte>, motion::Seconds,
                         const session::Question&) override {
        ++eyes_.looks;
        eyes_.opened.wait();
        return {1, 1, "no_face", {}};
      }

     private:
      GatedEyes& eyes_;
    };
    return std::make_unique<Gated>(*this);
  }
  std::promise<void> gate;
  std::shared_future<void> opened = gate.get_future().share();
  std::atomic<int> looks = 0;
};

class VisionTest : public testing::Test {
 protected:
  std::shared_ptr<Seat> seat(std::string name) {
    return std::make_shared<Seat>(
        std::make_shared<session::Session>(house_.library, &eyes_),
        [this, name = std::move(name)](const session::Observation& observation) {
          const std::lock_guard lock{mutex_};
          seen_.push_back(name + std::to_string(static_cast<int>(observation.captured_at_ms)));
        });
  }
  static PictureMessage picture(double at) { return {at, {std::byte{'x'}}}; }

  void wait_for(const std::function<bool()>& done) {
    for (int i = 0; i < 20'000 && !done(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
  }
  std::vector<std::string> seen() {
    const std::lock_guard lock{mutex_};
    return seen_;
  }

  TestHouse house_;
  GatedEyes eyes_;
  std::mutex mutex_;
  std::vector<std::string> seen_;
};

// Under load an old picture must give way, and who sends many must not keep the others waiting.
TEST_F(VisionTest, TheNewestOfEachIsSeenInTurn) {
  const auto a = seat("a");
  const auto b = seat("b");
  Vision vision;
  vision.offer(a, picture(1));
  wait_for([this] { return eyes_.looks == 1; });
  for (int i = 2; i <= 50; ++i) vision.offer(a, picture(i));
  vision.offer(b, picture(7));
  vision.offer(a, picture(51));
  eyes_.gate.set_value();
  wait_for([this] { return seen().size() == 3; });
  EXPECT_EQ(seen(), (std::vector<std::string>{"a1", "a51", "b7"}));
}

TEST_F(VisionTest, APictureOfASocketThatLeftIsDropped) {
  auto gone = seat("gone");
  const auto stays = seat("stays");
  Vision vision;
  vision.offer(stays, picture(1));
  wait_for([this] { return eyes_.looks == 1; });
  vision.offer(gone, picture(2));
  gone.reset();
  vision.offer(stays, picture(3));
  eyes_.gate.set_value();
  wait_for([this] { return seen().size() == 2; });
  EXPECT_EQ(seen(), (std::vector<std::string>{"stays1", "stays3"}));
}

// Run under ThreadSanitizer.
TEST_F(VisionTest, ManySocketsAtOnce) {
  eyes_.gate.set_value();
  Vision vision;
  std::vector<std::thread> sockets;
  std::array<std::shared_ptr<Seat>, 4> last;  // a seat that is gone is not looked at, rightly
  for (int s = 0; s < 4; ++s) {
    sockets.emplace_back([&, s] {
      auto own = seat("s" + std::to_string(s) + "-");
      for (int i = 0; i < 200; ++i) {
        vision.offer(own, picture(i));
        if (i % 50 == 49) own = seat("again");
      }
      vision.offer(own, picture(200));
      last.at(static_cast<std::size_t>(s)) = std::move(own);
    });
  }
  for (auto& socket : sockets) socket.join();
  const auto lasts = [this] {
    const auto all = seen();
    return std::count_if(all.begin(), all.end(), [](const auto& one) { return one == "again200"; });
  };
  wait_for([&lasts] { return lasts() == 4; });
  EXPECT_EQ(lasts(), 4) << "the newest picture of every socket that stays is looked at";
}

}  // namespace
}  // namespace harmonic::server
