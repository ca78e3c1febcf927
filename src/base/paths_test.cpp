#include "base/paths.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "base/test_folder.h"

namespace harmonic {
namespace {

namespace fs = std::filesystem;

Environment environment_of(std::map<std::string, std::string> values) {
  return [kept = std::move(values)](const char* name) -> const char* {
    const auto found = kept.find(name);
    return found == kept.end() ? nullptr : found->second.c_str();
  };
}

class ShareDir : public testing::Test {
 protected:
  ShareDir() {
    fs::create_directories(root_ / "tree" / "models");
    fs::create_directories(root_ / "tree" / "build" / "release");
    fs::create_directories(root_ / "usr" / "bin");
    fs::create_directories(root_ / "usr" / "share" / "harmonic");
    fs::create_directories(root_ / "bare" / "bin");
  }
  const TestFolder folder_;
  const fs::path& root_ = folder_.path();
};

// Guards against a program that runs only from the folder it was built in.
TEST_F(ShareDir, IsFoundFromABuildAndFromAnInstallation) {
  const auto none = environment_of({});
  EXPECT_EQ(share_dir_of(root_ / "tree/build/release/harmonic", none).value(), root_ / "tree");
  EXPECT_EQ(share_dir_of(root_ / "usr/bin/harmonic", none).value(), root_ / "usr/share/harmonic");
}

TEST_F(ShareDir, ObeysTheEnvironmentAndSaysWhenItIsWrong) {
  const auto program = root_ / "tree/build/release/harmonic";
  const auto elsewhere = environment_of({{"HARMONIC_SHARE", (root_ / "usr").string()}});
  EXPECT_EQ(share_dir_of(program, elsewhere).value(), root_ / "usr");
  const auto wrong = share_dir_of(program, environment_of({{"HARMONIC_SHARE", "/no/such"}}));
  ASSERT_FALSE(wrong.has_value());
  EXPECT_NE(wrong.error().message.find("/no/such"), std::string::npos);
}

TEST_F(ShareDir, SaysWhatToSetWhenThereIsNone) {
  const auto nowhere = share_dir_of(root_ / "bare/bin/harmonic", environment_of({}));
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(nowhere.error().kind, ErrorKind::kNotFound);
  EXPECT_NE(nowhere.error().message.find("HARMONIC_SHARE"), std::string::npos);
}

struct DataCase {
  std::map<std::string, std::string> environment;
  const char* folder;  ///< empty: none can be told
};

// Guards against a library that lands in the working folder when a variable is relative or unset.
TEST(DataDir, FollowsTheSpecification) {
  const DataCase table[] = {
      {{{"HOME", "/home/ada"}}, "/home/ada/.local/share/harmonic"},
      {{{"HOME", "/home/ada"}, {"XDG_DATA_HOME", "/d"}}, "/d/harmonic"},
      {{{"HOME", "/home/ada"}, {"XDG_DATA_HOME", "d"}}, "/home/ada/.local/share/harmonic"},
      {{{"HOME", "/home/ada"}, {"XDG_DATA_HOME", ""}}, "/home/ada/.local/share/harmonic"},
      {{}, ""},
  };
  for (const auto& row : table) {
    const auto folder = default_data_dir(environment_of(row.environment));
    EXPECT_EQ(folder ? folder->string() : "", row.folder);
  }
}

TEST(DataDir, IsTheNamedOneOrTheUsual) {
  EXPECT_EQ(*data_dir("/some/where"), "/some/where");
  const auto usual = default_data_dir();
  const auto unnamed = data_dir("");
  ASSERT_EQ(unnamed.has_value(), usual.has_value());
  if (usual) {
    EXPECT_EQ(*unnamed, *usual);
  }
}

}  // namespace
}  // namespace harmonic
