#include "image/film.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "image/codec.h"
#include "image/draw.h"

namespace harmonic::image {
namespace {

namespace fs = std::filesystem;

// A film as some cameras write it: one JPEG after another.
fs::path film_of(int frames) {
  const auto file =
      fs::temp_directory_path() / ("harmonic_film_" + std::to_string(getpid()) + ".mjpeg");
  std::ofstream stream{file, std::ios::binary};
  for (int i = 0; i < frames; ++i) {
    const auto shade = static_cast<std::uint8_t>(40 + i * 60);
    const auto jpeg = encode_jpeg(canvas(64, 48, {shade, 0, 0})).value();
    stream.write(reinterpret_cast<const char*>(jpeg.data()),
                 static_cast<std::streamsize>(jpeg.size()));
  }
  return file;
}

// Guards against frames that are lost, swapped in colour, or whose clock stands still.
TEST(Film, GivesEveryFrameWithItsTime) {
  const auto file = film_of(3);
  auto film = Film::open(file);
  ASSERT_TRUE(film.has_value()) << film.error().message;
  double last = -1;
  for (int i = 0; i < 3; ++i) {
    const auto frame = film->next();
    ASSERT_TRUE(frame.has_value() && frame->has_value()) << i;
    EXPECT_EQ((*frame)->picture.width, 64);
    EXPECT_NEAR((*frame)->picture.pixels[0], 40 + i * 60, 10);
    EXPECT_GT((*frame)->seconds, last);
    last = (*frame)->seconds;
  }
  const auto end = film->next();
  ASSERT_TRUE(end.has_value());
  EXPECT_FALSE(end->has_value());
  fs::remove(file);
}

// The failure: what OpenCV's reader did, which read beyond its buffer where frames change in size.
TEST(Film, FramesMayChangeInSize) {
  const auto file = film_of(0);
  std::ofstream stream{file, std::ios::binary};
  const std::pair<int, int> sizes[]{{64, 48}, {320, 240}, {32, 80}, {63, 47}};
  for (const auto& [width, height] : sizes) {
    const auto jpeg = encode_jpeg(canvas(width, height, {200, 10, 10})).value();
    stream.write(reinterpret_cast<const char*>(jpeg.data()),
                 static_cast<std::streamsize>(jpeg.size()));
  }
  stream.close();
  auto film = Film::open(file);
  ASSERT_TRUE(film.has_value()) << film.error().message;
  for (const auto& [width, height] : sizes) {
    const auto frame = film->next();
    ASSERT_TRUE(frame.has_value() && frame->has_value()) << width;
    EXPECT_EQ((*frame)->picture.width, width);
    EXPECT_EQ((*frame)->picture.height, height);
    EXPECT_NEAR((*frame)->picture.pixels.end()[-3], 200, 10);
  }
  fs::remove(file);
}

// The failure: a film of a phone that was held upright lies on its side, and no face is found.
TEST(Film, StandsUpright) {
  if (std::system("ffmpeg -version > /dev/null 2>&1") != 0)
    GTEST_SKIP() << "the ffmpeg command is not installed, so no film can be made";
  const auto source = film_of(3);
  auto lying = source;
  lying.replace_extension(".mp4");
  auto turned = source;
  turned.replace_extension(".mov");
  const auto ffmpeg = [](const fs::path& from, const std::string& how, const fs::path& to) {
    const auto command = "ffmpeg -v error -y -i '" + from.string() + "' " + how + " '" +
                         to.string() + "' < /dev/null";
    return std::system(command.c_str()) == 0;
  };
  ASSERT_TRUE(ffmpeg(source, "-vf drawbox=0:0:32:48:white:fill", lying));
  for (const auto* degrees : {"90", "270"}) {
    ASSERT_TRUE(ffmpeg(lying, std::string{"-c copy -metadata:s:v rotate="} + degrees, turned));
    auto film = Film::open(turned);
    ASSERT_TRUE(film.has_value()) << film.error().message;
    const auto frame = film->next();
    ASSERT_TRUE(frame.has_value() && frame->has_value());
    const auto& picture = (*frame)->picture;
    EXPECT_EQ(picture.width, 48);
    EXPECT_EQ(picture.height, 64);
    const bool white_above = picture.pixels.front() > picture.pixels.end()[-3];
    EXPECT_EQ(white_above, std::string_view{degrees} == "270") << "as ffmpeg shows it";
  }
  for (const auto& file : {source, lying, turned}) fs::remove(file);
}

TEST(Film, SaysWhatCannotBeOpened) {
  EXPECT_EQ(Film::open("/nowhere.mp4").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(Film::open(fs::path{HARMONIC_SOURCE_DIR} / "CMakeLists.txt").error().kind,
            ErrorKind::kInvalidInput);
  EXPECT_EQ(Film::camera(97).error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace harmonic::image
