#include "audio/cover.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "audio/test_sound.h"
#include "base/test_folder.h"

namespace harmonic::audio {
namespace {

namespace fs = std::filesystem;

class FolderCover : public testing::Test {
 protected:
  void write(std::string_view name, std::string_view bytes) const {
    std::ofstream{scratch_.path() / name, std::ios::binary} << bytes;
  }
  [[nodiscard]] std::optional<Cover> found() const {
    return folder_cover(scratch_.path() / "song.ogg");
  }
  TestFolder scratch_;
};

TEST_F(FolderCover, NamesGoInTheirOrderAndInAnyCase) {
  EXPECT_FALSE(found());
  write("picture.jpg", "\xFF\xD8\xFF no name that is known");
  EXPECT_FALSE(found());
  write("artist.png", "\x89PNG\r\n\x1A\n");
  EXPECT_EQ(found()->media_type, "image/png");
  write("FOLDER.Webp", std::string_view{"RIFF\0\0\0\0WEBPVP8 ", 16});
  EXPECT_EQ(found()->media_type, "image/webp");
  write("Cover.JPEG", "\xFF\xD8\xFF");
  EXPECT_EQ(found()->media_type, "image/jpeg");
}

// The failures: a pipe in the folder hangs the server; a picture of a gigabyte fills its memory.
TEST_F(FolderCover, WhatIsNoPictureIsPassedOver) {
  write("cover.jpg", "<svg onload='alert(1)'/>");
  ASSERT_EQ(::mkfifo((scratch_.path() / "folder.jpg").c_str(), 0600), 0);
  write("front.jpg", "\xFF\xD8\xFF");
  fs::resize_file(scratch_.path() / "front.jpg", kLargestCover + 1);
  EXPECT_FALSE(found());
  write("album.jpg", "\xFF\xD8\xFF");
  EXPECT_EQ(found()->bytes.size(), 3U);
}

TEST(Cover, AFileWithoutOneHasNone) {
  const auto cover = read_cover(test::wav(test::sine(440.0, 0.5, 1.0)));
  ASSERT_TRUE(cover);
  EXPECT_FALSE(cover->has_value());
  EXPECT_FALSE(read_cover(fs::path{"/no/such/file.mp3"}));
}

}  // namespace
}  // namespace harmonic::audio
