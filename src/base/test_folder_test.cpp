#include "base/test_folder.h"

#include <gtest/gtest.h>

namespace harmonic {
namespace {

// The failure: tests that write into each other's folder.
TEST(TestFolder, IsItsOwnAndGoesAway) {
  std::filesystem::path kept;
  {
    const TestFolder one;
    const TestFolder two;
    ASSERT_TRUE(std::filesystem::is_directory(one.path()));
    EXPECT_NE(one.path(), two.path());
    EXPECT_TRUE(std::filesystem::is_regular_file(one.write("some/file.txt", "x")));
    kept = one.path();
  }
  EXPECT_FALSE(std::filesystem::exists(kept));
}

}  // namespace
}  // namespace harmonic
