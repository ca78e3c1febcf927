#include "base/whole_file.h"

#include <gtest/gtest.h>

#include <iterator>

#include "base/test_folder.h"

namespace harmonic {
namespace {

namespace fs = std::filesystem;

TEST(WholeFile, BytesAndBack) {
  const TestFolder folder;
  const auto file = folder.path() / "some.bin";
  const std::string bytes{"one\0two\r\n\xff", 10};
  ASSERT_TRUE(write_whole(file, "what was there before, and longer"));
  ASSERT_TRUE(write_whole(file, bytes));
  EXPECT_EQ(read_whole(file).value(), bytes);
  EXPECT_EQ(std::distance(fs::directory_iterator{folder.path()}, {}), 1)
      << "nothing is left beside it";
}

TEST(WholeFile, WhatCannotBeWrittenOrReadIsNamed) {
  const TestFolder folder;
  const auto file = folder.path() / "absent/log.csv";
  const auto written = write_whole(file, "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(written.error().message.find(file.string()), std::string::npos);
  const auto read = read_whole(file);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(read_whole(folder.path()).error().kind, ErrorKind::kNotFound) << "a folder is no file";
}

// A name that is taken by a folder: what was written beside it is taken away again.
TEST(WholeFile, NothingIsLeftOfWhatFailed) {
  const TestFolder folder;
  fs::create_directories(folder.path() / "taken/inside");
  EXPECT_FALSE(write_whole(folder.path() / "taken", "x"));
  EXPECT_EQ(std::distance(fs::directory_iterator{folder.path()}, {}), 1);
}

}  // namespace
}  // namespace harmonic
