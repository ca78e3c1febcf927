#include "scan/watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "audio/test_sound.h"
#include "base/test_folder.h"
#include "scan/keep_scanning.h"
#include "scan/memory_store.h"

namespace harmonic::scan {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
namespace sound = audio::test;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr Watch::Times kQuick{200ms, 2000ms, 300ms};

class Watching : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(music() / "album"); }
  [[nodiscard]] fs::path music() const { return fs::canonical(scratch_.path()) / "music"; }
  void touch(const std::string& name) const { std::ofstream{music() / name} << "x"; }
  /// How long until a change is told, or nothing within a second.
  static std::optional<milliseconds> told(Watch& watch) {
    const auto start = Clock::now();
    EXPECT_TRUE(watch.wait({}, 1000ms));
    const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - start);
    return took < 1000ms ? std::optional{took} : std::nullopt;
  }
  TestFolder scratch_;
};

TEST_F(Watching, TellsEveryKindOfChangeBelow) {
  touch("album/a");
  Watch watch{kQuick};
  watch.cover({music()});
  EXPECT_EQ(watch.notice(), "");
  EXPECT_FALSE(told(watch)) << "nothing happened";
  struct Case {
    const char* what;
    std::function<void()> happens;
  };
  for (const auto& [what, happens] : {
           Case{"new", [&] { touch("album/b"); }},
           Case{"written", [&] { touch("album/a"); }},
           Case{"renamed", [&] { fs::rename(music() / "album/a", music() / "album/c"); }},
           Case{"gone", [&] { fs::remove(music() / "album/c"); }},
           Case{"a new folder", [&] { fs::create_directory(music() / "new"); }},
           Case{"a folder that moved", [&] { fs::rename(music() / "new", music() / "newer"); }},
       }) {
    happens();
    EXPECT_TRUE(told(watch)) << what;
    watch.cover({music()});
  }
  touch("newer/in the new folder");
  EXPECT_TRUE(told(watch));
  touch(".hidden");
  EXPECT_FALSE(told(watch)) << "hidden files are none of ours";
}

// The failure: the first half of a file that is being copied is read.
TEST_F(Watching, WaitsUntilACopyHasSettledAndNotForEver) {
  Watch watch{kQuick};
  watch.cover({music()});
  std::atomic<bool> over{false};
  const auto write_for = [&](milliseconds time) {
    return std::jthread{[this, time, &over] {
      std::ofstream out{music() / "album/long"};
      for (const auto end = Clock::now() + time; Clock::now() < end && !over;) {
        out << "more" << std::flush;
        std::this_thread::sleep_for(20ms);
      }
    }};
  };
  {
    const auto start = Clock::now();
    const auto copy = write_for(700ms);
    EXPECT_TRUE(watch.wait({}, 10s));
    EXPECT_GE(Clock::now() - start, 700ms + kQuick.settle);
  }
  const auto start = Clock::now();
  const auto recording = write_for(60s);
  EXPECT_TRUE(watch.wait({}, 10s));
  EXPECT_LT(Clock::now() - start, 10s);
  over = true;
}

TEST_F(Watching, StopsWhenAsked) {
  Watch watch{kQuick};
  watch.cover({music()});
  std::stop_source stop;
  const std::jthread stopper{[&] {
    std::this_thread::sleep_for(50ms);
    stop.request_stop();
  }};
  EXPECT_FALSE(watch.wait(stop.get_token()));
}

// The system's limits cannot be lowered by a test; that of open files can, and inotify needs one.
TEST_F(Watching, LooksByTheClockWhereTheSystemDoesNotWatch) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{0, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  Watch watch{kQuick};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  watch.cover({music()});
  EXPECT_THAT(watch.notice(), testing::HasSubstr("sysctl fs.inotify"));
  const auto took = told(watch);
  ASSERT_TRUE(took);
  EXPECT_GE(*took, kQuick.poll);
}

TEST_F(Watching, KeepsTheLibraryInStepWithTheFolders) {
  MemoryStore store;
  Watch watch{kQuick};
  std::atomic<int> scans{0};
  std::stop_source stop;
  std::jthread keeper{[&] {
    Listeners listeners;
    listeners.on_start = [] {};
    listeners.on_notice = [](const std::string&) {};
    listeners.on_summary = [&](const Result<Summary>& summary) {
      EXPECT_TRUE(summary);
      ++scans;
    };
    keep_scanning(store, {{music()}, 1}, watch, listeners, stop.get_token());
  }};
  const auto wait_for = [&](std::size_t songs) {
    for (const auto end = Clock::now() + 20s; Clock::now() < end;) {
      if (scans > 0 && store.songs()->size() == songs) return true;
      std::this_thread::sleep_for(20ms);
    }
    return false;
  };
  EXPECT_TRUE(wait_for(0));
  const auto song = sound::wav(sound::sine(440.0, 0.5, 1.2));
  sound::write(music() / "album/a.wav", song);
  EXPECT_TRUE(wait_for(1));
  fs::create_directory(music() / "new");
  sound::write(music() / "new/b.wav", song);
  EXPECT_TRUE(wait_for(2)) << "in a folder that was not there before";
  fs::remove(music() / "album/a.wav");
  EXPECT_TRUE(wait_for(1));
  stop.request_stop();
  keeper.join();
}

}  // namespace
}  // namespace harmonic::scan
