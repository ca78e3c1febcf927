#include "evaluate/fer2013.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "evaluate/archive_for_tests.h"

namespace harmonic::evaluate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCount = 8;
const std::string kHeader =
    "row,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,nf\n";

TEST(Fer2013, ReadsWhatWasWritten) {
  const TestFolder folder;
  write_archive(folder.path(), kCount);
  const auto faces = read_split(folder.path(), Split::kPublicTest);
  ASSERT_TRUE(faces) << faces.error().message;
  EXPECT_EQ(faces->size(), kCount);
  EXPECT_EQ(faces->first_row, kCount);
  EXPECT_EQ(faces->labels[3], 3);
  EXPECT_EQ(faces->votes[3], (Votes{{1, 9, 0, 0, 0, 0, 0, 0}, 0, 0}));
  // Label 3's bar lies in rows 20 to 23.
  EXPECT_EQ(faces->image(3)[20 * kFaceSide], 230);
  EXPECT_NE(faces->image(3)[19 * kFaceSide], 230);
  EXPECT_EQ(faces->image(3).size(), kFacePixels);
}

TEST(Fer2013, FindsTheArchiveInTheFolderOrOneBelow) {
  const TestFolder folder;
  EXPECT_EQ(find_archive(folder.path()).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(find_archive(folder.path() / "absent").error().kind, ErrorKind::kNotFound);
  fs::create_directories(folder.path() / "inner");
  write_archive(folder.path() / "inner", kCount);
  EXPECT_EQ(*find_archive(folder.path()), folder.path() / "inner");
  EXPECT_EQ(*find_archive(folder.path() / "inner"), folder.path() / "inner");
}

// The failure: a half-unpacked archive shifts labels against pictures and trains quietly on noise.
TEST(Fer2013, RefusesADamagedArchiveAndNamesTheFile) {
  struct Case {
    const char* file;
    std::string bytes;
    ErrorKind kind;
  };
  const std::string faces(kCount * kFacePixels, '\x10');
  const std::vector<Case> cases{
      {"train_images.u8", faces.substr(1), ErrorKind::kCorrupt},
      {"train_images.u8", faces + "x", ErrorKind::kCorrupt},
      {"train_images.u8", "", ErrorKind::kCorrupt},
      {"train_labels.u8", "1234", ErrorKind::kCorrupt},
      {"train_labels.u8", std::string(kCount, '\x07'), ErrorKind::kCorrupt},
      {"train_ferplus.csv", kHeader + "0,1,1,1,1,1,1,1,1,1,1\n", ErrorKind::kCorrupt},
      {"train_ferplus.csv", "no votes", ErrorKind::kCorrupt},
  };
  for (const auto& [file, bytes, kind] : cases) {
    const TestFolder folder;
    write_archive(folder.path(), kCount);
    write_file(folder.path() / file, bytes);
    const auto read = read_split(folder.path(), Split::kTraining);
    ASSERT_FALSE(read) << file << " of " << bytes.size() << " bytes";
    EXPECT_EQ(read.error().kind, kind) << read.error().message;
    EXPECT_NE(read.error().message.find("train"), std::string::npos) << read.error().message;
  }
}

TEST(Fer2013, AMissingFileIsNotFound) {
  for (const auto* file : {"train_labels.u8", "train_ferplus.csv"}) {
    const TestFolder folder;
    write_archive(folder.path(), kCount);
    fs::remove(folder.path() / file);
    const auto read = read_split(folder.path(), Split::kTraining);
    ASSERT_FALSE(read) << file;
    EXPECT_EQ(read.error().kind, ErrorKind::kNotFound);
    EXPECT_NE(read.error().message.find(file), std::string::npos) << read.error().message;
  }
}

// The failure: a count of 256 read as 0, or a gap in the rows, gives a picture another one's votes.
TEST(Fer2013, RefusesRowsOfVotesThatAreNone) {
  const std::string good = "7,1,2,3,4,0,0,0,0,0,0\n";
  std::uint32_t first = 0;
  ASSERT_TRUE(parse_votes(kHeader + good, first));
  EXPECT_EQ(first, 7U);
  for (const std::string bad :
       {"8,1,2,3,4,0,0,0,0,0", "8,1,2,3,4,0,0,0,0,0,0,0", "8,1,2,3,256,0,0,0,0,0,0",
        "8,1,2,3,-4,0,0,0,0,0,0", "8,1,2,3,4.5,0,0,0,0,0,0", "8,1,2,3,,0,0,0,0,0,0",
        "9,1,2,3,4,0,0,0,0,0,0", "7,1,2,3,4,0,0,0,0,0,0", "x,1,2,3,4,0,0,0,0,0,0", "", " "}) {
    const auto votes = parse_votes(kHeader + good + bad + "\n", first);
    ASSERT_FALSE(votes) << bad;
    EXPECT_EQ(votes.error().kind, ErrorKind::kCorrupt);
    EXPECT_TRUE(votes.error().message.starts_with("line 3 ")) << votes.error().message;
  }
  EXPECT_FALSE(parse_votes("", first));
  EXPECT_EQ(parse_votes(kHeader, first)->size(), 0U);
}

TEST(Fer2013, ReadsLinesThatEndAsOnWindows) {
  std::uint32_t first = 0;
  const auto votes = parse_votes(kHeader + "0,1,0,0,0,0,0,0,0,2,3\r\n", first);
  ASSERT_TRUE(votes);
  EXPECT_EQ(votes->front(), (Votes{{1, 0, 0, 0, 0, 0, 0, 0}, 2, 3}));
}

// Copies within PrivateTest leak nothing: only those that could be learned or chosen by count.
TEST(Fer2013, LeakedRowsAreThoseSeenElsewhere) {
  const TestFolder folder;
  write_archive(folder.path(), kCount);
  EXPECT_EQ(*leaked_private_rows(folder.path()), (std::unordered_set<std::uint32_t>{2 * kCount}));

  for (const std::string bad :
       {"0,1,train,3", "x,1,train,3,a", "0,1,trial,3,a", "0,-1,train,3,a"}) {
    EXPECT_FALSE(parse_duplicates("group,row,split,label,sha256\n" + bad)) << bad;
  }
  EXPECT_FALSE(parse_duplicates("group,row\n"));
}

}  // namespace
}  // namespace harmonic::evaluate
