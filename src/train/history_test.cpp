#include "train/history.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "base/whole_file.h"
#include "evaluate/archive_for_tests.h"

namespace harmonic::train {
namespace {

const std::vector<EpochRow> kRows{{1, 0.05, 3.5, 0.40, 0.60, 80},
                                  {2, 0.02, 2.5, 0.66, 0.80, 81},
                                  {3, 0.01, 2.25, 0.65, 0.81, 79}};

TEST(History, TextAndBack) {
  const auto rows = parse_history(format_history(kRows));
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_DOUBLE_EQ((*rows)[2].loss, 2.25);
  EXPECT_DOUBLE_EQ((*rows)[1].ferplus_accuracy, 0.80);
  EXPECT_EQ(parse_history("")->size(), 0U);
}

// A log that is cut or edited must not decide from which epoch a run goes on.
TEST(History, RefusesWhatIsNoLog) {
  const auto good = format_history(kRows);
  for (const std::string& bad :
       {good + "5,0.1,1,1,1,1\n", good + "4,0.1,1,1,1\n", good + "4,0.1,1,1,1,1,1\n",
        good + "rubbish\n", std::string{"epoch,other\n"}, std::string{"1,0.1,1,1,1,1\n"}}) {
    const auto rows = parse_history(bad);
    ASSERT_FALSE(rows) << bad;
    EXPECT_EQ(rows.error().kind, ErrorKind::kCorrupt);
  }
}

TEST(History, TheBestIsTheEarliestOfTheHighest) {
  EXPECT_EQ(best_of({}), nullptr);
  EXPECT_EQ(best_of(kRows)->epoch, 2) << "equal sums: the earlier";
}

TEST(History, AFileAndBack) {
  const TestFolder folder;
  const auto file = folder.path() / "log.csv";
  EXPECT_EQ(read_history(file)->size(), 0U) << "no log is no epoch, not an error";
  ASSERT_TRUE(write_whole(file, format_history(kRows)));
  EXPECT_EQ(read_history(file)->size(), 3U);
}

}  // namespace
}  // namespace harmonic::train
