#include "corpus/archive.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/test_folder.h"

namespace harmonic::corpus {
namespace {

namespace fs = std::filesystem;

class Archive : public testing::Test {
 protected:
  const TestFolder folder_;
};

TEST_F(Archive, UnpacksOnceAndNothingOutside) {
  folder_.write("set/inside/a.txt", "a");
  const auto tar = [this](const std::string& how) {
    return std::system(("cd " + folder_.path().string() + " && tar " + how).c_str());
  };
  ASSERT_EQ(tar("cf set.tar set && rm -r set"), 0);
  const auto opened = open_set(folder_.path(), "set", "set.tar", folder_.path() / "cache");
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_TRUE(fs::exists(*opened / "inside" / "a.txt"));
  fs::remove(folder_.path() / "set.tar");
  EXPECT_EQ(open_set(folder_.path(), "set", "set.tar", folder_.path() / "cache").error().kind,
            ErrorKind::kNotFound);

  folder_.write("evil/a.txt", "a");
  ASSERT_EQ(tar("cPf evil.tar --transform 's,evil/,../../escaped-,' evil/a.txt"), 0);
  EXPECT_EQ(unpack(folder_.path() / "evil.tar", folder_.path() / "out" / "deep").error().kind,
            ErrorKind::kInvalidInput);
  EXPECT_FALSE(fs::exists(folder_.path() / "escaped-a.txt"));
  EXPECT_EQ(unpack(folder_.write("torn.tar", "no archive"), folder_.path() / "torn").error().kind,
            ErrorKind::kInvalidInput);
}

TEST_F(Archive, ReadsFilesOfASetThatStaysPacked) {
  folder_.write("set/inside/a.txt", "first");
  folder_.write("set/b.txt", "second");
  const auto wanted = std::vector<std::string>{"inside/a.txt", "b.txt"};
  const auto open = read_set(folder_.path(), "set", "set.tar", wanted);
  ASSERT_TRUE(open) << open.error().message;
  ASSERT_EQ(
      std::system(
          ("cd " + folder_.path().string() + " && tar cf set.tar ./set && rm -r set").c_str()),
      0);
  const auto packed = read_set(folder_.path(), "set", "set.tar", wanted);
  ASSERT_TRUE(packed) << packed.error().message;
  EXPECT_EQ(*packed, *open);
  EXPECT_EQ(packed->at("inside/a.txt"), "first");
  EXPECT_FALSE(fs::exists(folder_.path() / "set"));
  const auto absent = read_set(folder_.path(), "set", "set.tar", {"c.txt"});
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, ErrorKind::kNotFound);
  EXPECT_NE(absent.error().message.find("c.txt"), std::string::npos);
  folder_.write("torn.tar", "no archive");
  EXPECT_EQ(read_set(folder_.path(), "torn", "torn.tar", wanted).error().kind,
            ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace harmonic::corpus
