#include <gtest/gtest.h>

#include <cstdlib>

#include "base/test_folder.h"
#include "evaluate/archive_for_tests.h"
#include "evaluate/fer2013.h"
#include "evaluate/votes.h"

namespace harmonic::evaluate {
namespace {

namespace fs = std::filesystem;

fs::path shared_folder() {
  const auto* named = std::getenv("HARMONIC_SHARED");
  return named != nullptr ? fs::path{named} : fs::path{HARMONIC_SOURCE_DIR} / "../shared";
}

/// The text files of the real archive; its pictures take a minute to unpack and are not needed.
class SharedArchive : public testing::Test {
 protected:
  void SetUp() override {
    const auto packed = shared_folder() / "data/faces/fer2013.tar.xz";
    if (!fs::exists(packed)) GTEST_SKIP() << packed << " is absent";
    const auto command = "tar -xJf '" + packed.string() + "' -C '" + folder_.path().string() +
                         "' --wildcards '*.csv' --strip-components=1";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }
  std::string text_of(const char* name) const {
    std::ifstream file{folder_.path() / name};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
  }
  TestFolder folder_;
};

// The figures of the literature: 3,153 faces of PrivateTest have a label of eight by the majority
// rule, 16 of them contemptuous; 314 have a copy in Training or PublicTest.
TEST_F(SharedArchive, HasTheFacesThatTheLiteratureCounts) {
  std::uint32_t first = 0;
  const auto votes = parse_votes(text_of("private_test_ferplus.csv"), first);
  ASSERT_TRUE(votes) << votes.error().message;
  EXPECT_EQ(votes->size(), 3589U);
  EXPECT_EQ(first, 32298U);
  std::size_t labelled = 0;
  for (const auto& row : *votes) labelled += majority_of(row) ? 1 : 0;
  EXPECT_EQ(labelled, 3137U);

  const auto leaked = parse_duplicates(text_of("duplicates.csv"));
  ASSERT_TRUE(leaked) << leaked.error().message;
  EXPECT_EQ(leaked->size(), 314U);
}

}  // namespace
}  // namespace harmonic::evaluate
