#include "store/scratch_folder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <system_error>

namespace harmonic::store {

ScratchFolder::ScratchFolder() {
  auto name = (std::filesystem::temp_directory_path() / "harmonic_store_XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // a folder that stays behind in /tmp fails no test
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

namespace {

// The failure: tests that write into each other's folder.
TEST(ScratchFolder, IsItsOwnAndGoesAway) {
  std::filesystem::path kept;
  {
    const ScratchFolder one;
    const ScratchFolder two;
    ASSERT_TRUE(std::filesystem::is_directory(one.path()));
    EXPECT_NE(one.path(), two.path());
    kept = one.path();
  }
  EXPECT_FALSE(std::filesystem::exists(kept));
}

}  // namespace
}  // namespace harmonic::store
