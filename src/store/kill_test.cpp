// A program that is killed while it stores: what it had been told is stored must be there.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "base/test_folder.h"
#include "store/sqlite.h"
#include "store/sqlite_store.h"

namespace harmonic::store {
namespace {

using namespace std::chrono_literals;

/// What the child tells after each call that succeeded.
struct Told {
  std::int64_t song;
  std::int64_t play;
};

[[noreturn]] void store_until_killed(const std::filesystem::path& folder, int round, int pipe) {
  auto store = open(folder);
  if (!store) ::_exit(1);
  const auto listener = (*store)->find_or_add_listener("ann");
  if (!listener) ::_exit(2);
  for (int i = 0;; ++i) {
    catalog::Song song;
    song.path = "/r" + std::to_string(round) + "/" + std::to_string(i);
    song.sound.vector.assign(64, 0.5F);
    const auto id = (*store)->put_song(song);
    if (!id) ::_exit(3);
    const auto play = (*store)->add_play({*listener,
                                          *id,
                                          std::chrono::system_clock::now(),
                                          1s,
                                          catalog::PlayOutcome::kFinished,
                                          {}});
    if (!play) ::_exit(4);
    const Told told{id->value, play->value};
    if (::write(pipe, &told, sizeof told) != sizeof told) ::_exit(5);
  }
}

/// Starts the child, waits until it has told something, kills it `after` that; all that it told.
std::vector<Told> killed(const std::filesystem::path& folder, int round,
                         std::chrono::microseconds after) {
  std::array<int, 2> ends{-1, -1};
  if (::pipe(ends.data()) != 0) return {};
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    store_until_killed(folder, round, ends[1]);
  }
  ::close(ends[1]);
  std::vector<Told> all;
  Told told{};
  if (::read(ends[0], &told, sizeof told) == sizeof told) all.push_back(told);
  std::this_thread::sleep_for(after);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "left by itself with " << WEXITSTATUS(status);
  while (::read(ends[0], &told, sizeof told) == sizeof told) all.push_back(told);
  ::close(ends[0]);
  return all;
}

TEST(Kill, LosesNothingThatWasAcknowledged) {
  const TestFolder folder;
  std::mt19937 random{20240607};
  std::uniform_int_distribution<int> microseconds{0, 60'000};
  std::vector<Told> all;
  for (int round = 0; round < 12; ++round) {
    const auto told = killed(folder.path(), round, std::chrono::microseconds{microseconds(random)});
    ASSERT_FALSE(told.empty()) << "round " << round;
    all.insert(all.end(), told.begin(), told.end());

    auto connection = Connection::open(folder.path() / kFileName);
    ASSERT_TRUE(connection) << connection.error().message;
    EXPECT_EQ(*(*connection)->word("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(*(*connection)->number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    for (const auto& [song, play] : all) {
      auto found = (*connection)->prepare("SELECT count(*) FROM plays WHERE id = ?1 AND song = ?2");
      ASSERT_TRUE(found);
      ASSERT_TRUE(found->integer(play).integer(song).step());
      EXPECT_EQ(found->integer_at(0), 1) << "round " << round << ", play " << play;
    }
  }
  auto store = open(folder.path());
  ASSERT_TRUE(store) << store.error().message;
  const auto songs = *(*store)->songs();
  for (const auto& told : all) {
    EXPECT_TRUE(std::any_of(songs.begin(), songs.end(), [&](const auto& song) {
      return song.id.value == told.song && song.sound.vector.size() == 64;
    })) << told.song;
  }
}

}  // namespace
}  // namespace harmonic::store
