#include "identity/gallery.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <limits>

#include "base/test_folder.h"

namespace harmonic::identity {
namespace {

namespace fs = std::filesystem;

class GalleryInFolder : public testing::Test {
 protected:
  const TestFolder scratch_;
  const fs::path folder_ = scratch_.path() / "who";
};

Gallery two_listeners() {
  Gallery gallery{std::string(64, 'a'), {}};
  EXPECT_TRUE(enrol(gallery, "Zoë", {{1, 2, 3}}));
  EXPECT_TRUE(enrol(gallery, "Ann", {{4, 5, 6}, {7, 8, -9}}));
  return gallery;
}

TEST_F(GalleryInFolder, ComesBackAsItWasKept) {
  ASSERT_TRUE(save_gallery(two_listeners(), folder_ / "deeper"));
  const auto read = read_gallery(folder_ / "deeper");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->listeners.size(), 2U);
  EXPECT_EQ(read->model, std::string(64, 'a'));
  EXPECT_EQ(read->listeners[0].name, "Ann");
  EXPECT_EQ(read->listeners[0].pictures, (std::vector<Features>{{4, 5, 6}, {7, 8, -9}}));
  EXPECT_EQ(read->listeners[1].name, "Zoë");
}

// Faces are nobody else's business: a file that the group can read would be the fault.
TEST_F(GalleryInFolder, IsItsOwnersAlone) {
  const auto before = ::umask(0);
  ASSERT_TRUE(save_gallery(two_listeners(), folder_));
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat((folder_ / kGalleryFile).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(folder_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(GalleryInFolder, NobodyLeftLeavesNoFile) {
  auto gallery = two_listeners();
  ASSERT_TRUE(save_gallery(gallery, folder_));
  ASSERT_TRUE(forget(gallery, "Ann"));
  ASSERT_TRUE(forget(gallery, "Zoë"));
  EXPECT_EQ(forget(gallery, "Zoë").error().kind, ErrorKind::kNotFound);
  ASSERT_TRUE(save_gallery(gallery, folder_));
  EXPECT_TRUE(fs::is_empty(folder_));
  EXPECT_TRUE(read_gallery(folder_)->listeners.empty());
}

TEST_F(GalleryInFolder, AFolderInItsPlaceIsAnErrorNotACrash) {
  fs::create_directories(folder_ / kGalleryFile);
  EXPECT_EQ(read_gallery(folder_).error().kind, ErrorKind::kUnavailable);
}

TEST(Gallery, EveryDamagedByteAndEveryCutIsSeen) {
  const std::string whole = encode_gallery(two_listeners());
  ASSERT_TRUE(decode_gallery(whole));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    const auto read = decode_gallery(damaged);
    ASSERT_FALSE(read) << "byte " << i;
    EXPECT_EQ(read.error().kind, ErrorKind::kCorrupt);
    EXPECT_FALSE(decode_gallery(whole.substr(0, i))) << "cut at " << i;
  }
  EXPECT_FALSE(decode_gallery(whole + " "));
}

// Past the digest, too: the body is read by rules of its own.
TEST(Gallery, EveryCutOfTheBodyIsSeen) {
  const std::string whole = encode_gallery(two_listeners());
  const auto body = std::string_view{whole}.substr(10, whole.size() - 74);
  ASSERT_TRUE(decode_body(body));
  for (std::size_t i = 0; i < body.size(); ++i) EXPECT_FALSE(decode_body(body.substr(0, i))) << i;
}

TEST(Gallery, RefusesPicturesOfAnotherSize) {
  auto gallery = two_listeners();
  EXPECT_FALSE(enrol(gallery, "Ben", {{1, 2}}));
  EXPECT_FALSE(enrol(gallery, "Ann", {{1, 2, 3}, {1, 2, 3, 4}}));
  EXPECT_FALSE(enrol(gallery, "Ann", {{1, 2, std::numeric_limits<float>::quiet_NaN()}}));
  EXPECT_FALSE(enrol(gallery, "Ann", {}));
  EXPECT_EQ(encode_gallery(gallery), encode_gallery(two_listeners()));
}

TEST(Gallery, NamesAreText) {
  for (const std::string good : {"A", "Ann Lee", "Zoë", "李"})
    EXPECT_TRUE(check_name(good)) << good;
  for (const std::string bad : {"", " Ann", "Ann ", "A\nB", "\x7F", "\xFF", "\xC3", "\xE6\x9D"}) {
    EXPECT_FALSE(check_name(bad)) << bad;
  }
  EXPECT_TRUE(check_name(std::string(64, 'n')));
  EXPECT_FALSE(check_name(std::string(65, 'n')));
}

TEST(Gallery, KeepsNoMoreThanItSays) {
  auto gallery = two_listeners();
  EXPECT_FALSE(enrol(gallery, "Ann", std::vector<Features>(kMostPictures - 1, {1, 2, 3})));
  EXPECT_TRUE(enrol(gallery, "Ann", std::vector<Features>(kMostPictures - 2, {1, 2, 3})));
  for (std::size_t i = 2; i < kMostListeners; ++i) {
    ASSERT_TRUE(enrol(gallery, "n" + std::to_string(i), {{1, 2, 3}}));
  }
  EXPECT_FALSE(enrol(gallery, "one too many", {{1, 2, 3}}));
  EXPECT_TRUE(decode_gallery(encode_gallery(gallery)));
}

}  // namespace
}  // namespace harmonic::identity
