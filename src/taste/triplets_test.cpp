#include "taste/triplets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harmonic::taste {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Triplets, AreReadWithAndWithoutColumns) {
  PlayLog log;
  ASSERT_TRUE(
      add_triplets("userID\tartistID\tweight\r\n2\t51\t13883\r\n\r\n3\t51\t2", "a.dat", log));
  ASSERT_TRUE(add_triplets("2\t7\t1.0\n2\t51\t1\n", "b.txt", log));
  EXPECT_THAT(log.listeners.all(), ElementsAre("2", "3"));
  EXPECT_THAT(log.songs.all(), ElementsAre("51", "7"));
  const auto plays = log.plays();
  EXPECT_THAT(plays.row(0), ElementsAre(Play{0, 13884.0F}, Play{1, 1.0F}));
}

TEST(Triplets, RefuseALineByItsNumber) {
  const auto refused = [](const char* text) {
    PlayLog log;
    const auto read = add_triplets(text, "some.tsv", log);
    EXPECT_FALSE(read) << text;
    return read ? std::string{} : read.error().message;
  };
  EXPECT_THAT(refused("a\tb\t1\na b 1\n"), HasSubstr("some.tsv:2: three fields"));
  EXPECT_THAT(refused("a\tb\t1\ta"), HasSubstr("some.tsv:1: three fields"));
  EXPECT_THAT(refused("a\tb\t1\n\tb\t1\n"), HasSubstr("some.tsv:2: the listener"));
  EXPECT_THAT(refused("a\tb\t1\na\tb\tmany\n"), HasSubstr("some.tsv:2: the count is no number"));
  for (const auto* count : {"0", "-1", "nan", "inf", "1e10"})
    EXPECT_THAT(refused((std::string{"a\tb\t1\na\tb\t"} + count).c_str()),
                HasSubstr("some.tsv:2: the count must be above 0"));
}

TEST(Triplets, SayWhatIsMissing) {
  PlayLog log;
  const auto read = read_triplets("/nowhere/plays.tsv", log);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(read.error().message, HasSubstr("/nowhere/plays.tsv"));
}

}  // namespace
}  // namespace harmonic::taste
