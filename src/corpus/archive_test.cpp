#include "corpus/archive.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace harmonic::corpus {
namespace {

namespace fs = std::filesystem;

class Archive : public testing::Test {
 protected:
  void SetUp() override {
    auto name = (fs::temp_directory_path() / "corpus-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& bytes) const {
    const auto file = folder_ / name;
    fs::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary} << bytes;
    return file;
  }

  fs::path folder_;
};

TEST_F(Archive, UnpacksOnceAndNothingOutside) {
  write("set/inside/a.txt", "a");
  const auto tar = [this](const std::string& how) {
    return std::system(("cd " + folder_.string() + " && tar " + how).c_str());
  };
  ASSERT_EQ(tar("cf set.tar set && rm -r set"), 0);
  const auto opened = open_set(folder_, "set", "set.tar", folder_ / "cache");
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_TRUE(fs::exists(*opened / "inside" / "a.txt"));
  fs::remove(folder_ / "set.tar");
  EXPECT_EQ(open_set(folder_, "set", "set.tar", folder_ / "cache").error().kind,
            ErrorKind::kNotFound);

  write("evil/a.txt", "a");
  ASSERT_EQ(tar("cPf evil.tar --transform 's,evil/,../../escaped-,' evil/a.txt"), 0);
  EXPECT_EQ(unpack(folder_ / "evil.tar", folder_ / "out" / "deep").error().kind,
            ErrorKind::kInvalidInput);
  EXPECT_FALSE(fs::exists(folder_ / "escaped-a.txt"));
  EXPECT_EQ(unpack(write("torn.tar", "no archive"), folder_ / "torn").error().kind,
            ErrorKind::kInvalidInput);
}

TEST_F(Archive, ReadsFilesOfASetThatStaysPacked) {
  write("set/inside/a.txt", "first");
  write("set/b.txt", "second");
  const auto wanted = std::vector<std::string>{"inside/a.txt", "b.txt"};
  const auto open = read_set(folder_, "set", "set.tar", wanted);
  ASSERT_TRUE(open) << open.error().message;
  ASSERT_EQ(
      std::system(("cd " + folder_.string() + " && tar cf set.tar ./set && rm -r set").c_str()), 0);
  const auto packed = read_set(folder_, "set", "set.tar", wanted);
  ASSERT_TRUE(packed) << packed.error().message;
  EXPECT_EQ(*packed, *open);
  EXPECT_EQ(packed->at("inside/a.txt"), "first");
  EXPECT_FALSE(fs::exists(folder_ / "set"));
  const auto absent = read_set(folder_, "set", "set.tar", {"c.txt"});
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, ErrorKind::kNotFound);
  EXPECT_NE(absent.error().message.find("c.txt"), std::string::npos);
  write("torn.tar", "no archive");
  EXPECT_EQ(read_set(folder_, "torn", "torn.tar", wanted).error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace harmonic::corpus
