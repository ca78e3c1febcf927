#include "server/range.h"

#include <gtest/gtest.h>

#include <ostream>

namespace harmonic::server {

void PrintTo(const RangeAnswer& answer, std::ostream* out) {
  if (std::holds_alternative<WholeFile>(answer)) *out << "whole";
  if (std::holds_alternative<NotSatisfiable>(answer)) *out << "416";
  if (const auto* slice = std::get_if<Slice>(&answer)) {
    *out << slice->first << " + " << slice->length;
  }
}

namespace {

// Failures guarded against: off-by-one at both ends, wrap-around of huge numbers, an answer to
// nonsense with bytes that nobody asked for.
TEST(Range, FollowsTheRfc) {
  struct Case {
    std::string_view value;
    std::uint64_t size;
    RangeAnswer answer;
  };
  const Case cases[] = {
      {"bytes=0-0", 10, Slice{0, 1}},
      {"bytes=0-9", 10, Slice{0, 10}},
      {"bytes=0-", 10, Slice{0, 10}},
      {"bytes=9-", 10, Slice{9, 1}},
      {"bytes=4-6", 10, Slice{4, 3}},
      {"bytes=4-400", 10, Slice{4, 6}},
      {"Bytes = 4-6", 10, WholeFile{}},
      {"BYTES=4-6", 10, Slice{4, 3}},
      {" bytes= 4-6 ", 10, Slice{4, 3}},
      {"bytes=10-", 10, NotSatisfiable{}},
      {"bytes=10-11", 10, NotSatisfiable{}},
      {"bytes=-1", 10, Slice{9, 1}},
      {"bytes=-10", 10, Slice{0, 10}},
      {"bytes=-11", 10, Slice{0, 10}},
      {"bytes=-0", 10, NotSatisfiable{}},
      {"bytes=0-", 0, NotSatisfiable{}},
      {"bytes=-5", 0, NotSatisfiable{}},
      {"bytes=18446744073709551615-", 10, NotSatisfiable{}},
      {"bytes=18446744073709551616-", 10, NotSatisfiable{}},
      {"bytes=99999999999999999999999999-99999999999999999999999999", 10, NotSatisfiable{}},
      {"bytes=0-18446744073709551615", 10, Slice{0, 10}},
      {"bytes=0-99999999999999999999999999", 10, Slice{0, 10}},
      {"bytes=-99999999999999999999999999", 10, Slice{0, 10}},
      {"bytes=1-18446744073709551615", 18446744073709551615U, Slice{1, 18446744073709551614U}},
      {"bytes=6-4", 10, WholeFile{}},
      {"bytes=0-1,4-5", 10, WholeFile{}},
      {"bytes=0-1,", 10, WholeFile{}},
      {"bytes=", 10, WholeFile{}},
      {"bytes=-", 10, WholeFile{}},
      {"bytes=--1", 10, WholeFile{}},
      {"bytes=+1-2", 10, WholeFile{}},
      {"bytes=1 - 2", 10, WholeFile{}},
      {"bytes=a-b", 10, WholeFile{}},
      {"items=0-1", 10, WholeFile{}},
      {"0-1", 10, WholeFile{}},
      {"", 10, WholeFile{}},
      {"=", 10, WholeFile{}},
  };
  for (const auto& [value, size, answer] : cases) {
    EXPECT_EQ(read_range(value, size), answer) << value << " of " << size;
  }
}

TEST(Range, ContentRangeNamesTheLastByteNotTheOneAfter) {
  EXPECT_EQ(content_range({0, 100}, 1000), "bytes 0-99/1000");
  EXPECT_EQ(content_range({999, 1}, 1000), "bytes 999-999/1000");
}

}  // namespace
}  // namespace harmonic::server
