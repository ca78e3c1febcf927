#include "store/sqlite_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "base/test_folder.h"
#include "store/migrations.h"
#include "store/song_row.h"

namespace harmonic::store {
namespace {

namespace fs = std::filesystem;
using catalog::Song;

Song song_at(const std::string& path) {
  Song song;
  song.path = path;
  song.sound.vector = {1, 2, 3};
  return song;
}

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream{file, std::ios::binary} << bytes;
}

std::string read(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

mode_t rights(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

void fill(const fs::path& folder, int songs) {
  auto store = open(folder);
  ASSERT_TRUE(store) << store.error().message;
  for (int i = 0; i < songs; ++i) {
    ASSERT_TRUE((*store)->put_song(song_at("/music/some/long/folder/" + std::to_string(i))));
  }
}

// The failure: another user of the machine reads who heard what.
TEST(Open, MakesAFolderAndFilesForTheOwnerAlone) {
  const TestFolder scratch;
  const auto folder = scratch.path() / "new" / "data";
  const auto store = open(folder);
  ASSERT_TRUE(store) << store.error().message;
  ASSERT_TRUE((*store)->put_song(song_at("/a")));
  EXPECT_EQ(rights(folder), 0700U);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    EXPECT_EQ(rights(folder / (std::string{kFileName} + suffix)), 0600U) << suffix;
  }
}

TEST(Open, SaysWhatStandsInTheWay) {
  const TestFolder scratch;
  write(scratch.path() / "file", "x");
  fs::create_directories(scratch.path() / "taken" / kFileName);
  struct Case {
    fs::path folder;
    ErrorKind kind;
    const char* remedy;
  };
  for (const auto& [folder, kind, remedy] : {
           Case{scratch.path() / "file", ErrorKind::kInvalidInput, "is a file; name a folder"},
           Case{scratch.path() / "file" / "below", ErrorKind::kUnavailable, "--data"},
           Case{scratch.path() / "taken", ErrorKind::kUnavailable, "--data"},
           Case{"", ErrorKind::kInvalidInput, "--data"},
       }) {
    const auto store = open(folder);
    ASSERT_FALSE(store) << folder;
    EXPECT_EQ(store.error().kind, kind) << store.error().message;
    EXPECT_THAT(store.error().message, testing::HasSubstr(remedy));
  }
}

// root may write anywhere; the test then speaks as somebody else.
class AsNobody {
 public:
  AsNobody() : changed_{::geteuid() == 0 && ::seteuid(65534) == 0} {}
  ~AsNobody() {
    if (changed_ && ::seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  bool changed_;
};

TEST(Open, SaysThatAFolderCannotBeWritten) {
  const TestFolder scratch;
  const auto empty = scratch.path() / "empty";
  const auto filled = scratch.path() / "filled";
  fs::create_directory(empty);
  fill(filled, 1);
  for (const auto& folder : {scratch.path(), empty, filled}) ::chmod(folder.c_str(), 0555);
  ::chmod((filled / kFileName).c_str(), 0444);
  const AsNobody nobody;
  for (const auto& folder : {empty, filled, scratch.path() / "new"}) {
    const auto store = open(folder);
    ASSERT_FALSE(store) << folder;
    EXPECT_EQ(store.error().kind, ErrorKind::kUnavailable) << store.error().message;
    EXPECT_THAT(store.error().message, testing::HasSubstr("--data"));
  }
  for (const auto& folder : {scratch.path(), empty, filled}) ::chmod(folder.c_str(), 0755);
}

// The failure: damage is found in the middle of a song, or not at all and then spreads.
TEST(Open, FindsDamage) {
  const TestFolder scratch;
  fill(scratch.path(), 200);
  const auto whole = read(scratch.path() / kFileName);
  ASSERT_GT(whole.size(), 16384U);
  struct Case {
    const char* name;
    std::string bytes;
  };
  std::string torn = whole;
  torn.replace(8192, 4096, std::string(4096, '\x5a'));
  for (const auto& [name, bytes] : {
           Case{"not a database", std::string(5000, 'x')},
           Case{"a short text", "hello"},
           Case{"cut off", whole.substr(0, whole.size() / 2)},
           Case{"a page overwritten", torn},
       }) {
    const auto folder = scratch.path() / name;
    fs::create_directory(folder);
    write(folder / kFileName, bytes);
    const auto store = open(folder);
    ASSERT_FALSE(store) << name;
    EXPECT_EQ(store.error().kind, ErrorKind::kCorrupt) << name << ": " << store.error().message;
    EXPECT_THAT(store.error().message, testing::HasSubstr(kFileName));
    EXPECT_THAT(store.error().message, testing::HasSubstr("backup"));
  }
}

// The failure: a program of ours writes its tables into a database of somebody else.
TEST(Open, LeavesTheDatabasesOfOthersAlone) {
  const TestFolder scratch;
  {
    auto other = Connection::open(scratch.path() / kFileName);
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->run("CREATE TABLE theirs (x); PRAGMA user_version = 1"));
  }
  const auto store = open(scratch.path());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, ErrorKind::kCorrupt);
  EXPECT_THAT(store.error().message, testing::HasSubstr("another program"));
}

TEST(Song, ADamagedVectorIsNotReadAsAMeasurement) {
  for (const char* damage : {"UPDATE songs SET features = 4", "UPDATE songs SET vector = x'0102'",
                             "UPDATE songs SET vector = x'0000c07f0000000000000000'",
                             "UPDATE songs SET tempo_bpm = 1e9"}) {
    const TestFolder scratch;
    fill(scratch.path(), 1);
    {
      auto raw = Connection::open(scratch.path() / kFileName);
      ASSERT_TRUE(raw);
      ASSERT_TRUE((*raw)->run(damage)) << damage;
    }
    auto store = open(scratch.path());
    ASSERT_TRUE(store);
    const auto songs = (*store)->songs();
    ASSERT_FALSE(songs) << damage;
    EXPECT_EQ(songs.error().kind, ErrorKind::kCorrupt);
    EXPECT_THAT(songs.error().message, testing::HasSubstr("/music/some/long/folder/0"));
  }
}

TEST(Vector, GoesThroughBytesInOneOrderOnEveryMachine) {
  const std::vector<float> vector{1.0F, -2.5F};
  const auto bytes = to_bytes(vector);
  const std::vector<std::byte> expected{std::byte{0},    std::byte{0},   std::byte{0x80},
                                        std::byte{0x3f}, std::byte{0},   std::byte{0},
                                        std::byte{0x20}, std::byte{0xc0}};
  EXPECT_EQ(bytes, expected);
  EXPECT_EQ(*to_vector(bytes, 2), vector);
  EXPECT_TRUE(to_vector({}, 0)->empty());
  for (const std::int64_t wrong : {std::int64_t{-1}, std::int64_t{1}, std::int64_t{3},
                                   std::numeric_limits<std::int64_t>::max() / 2}) {
    EXPECT_FALSE(to_vector(bytes, wrong)) << wrong;
  }
}

// A disk that takes no more bytes: the call says so, and what was stored before is all there.
TEST(FullDisk, IsToldAndHarmsNothing) {
  const TestFolder scratch;
  fill(scratch.path(), 3);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200'000, 200'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto store = open(scratch.path());
    if (!store) ::_exit(1);
    for (int i = 0; i < 2000; ++i) {
      const auto put = (*store)->put_song(song_at("/more/" + std::to_string(i)));
      if (put) continue;
      if (put.error().kind != ErrorKind::kUnavailable) ::_exit(2);
      ::_exit((*store)->songs()->size() == std::size_t{3} + static_cast<std::size_t>(i) ? 0 : 3);
    }
    ::_exit(4);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1 no store, 2 wrong kind, 3 songs lost, 4 never full";
  auto store = open(scratch.path());
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_GE((*store)->songs()->size(), 3U);
}

}  // namespace
}  // namespace harmonic::store
