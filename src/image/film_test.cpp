#include "image/film.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

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

TEST(Film, SaysWhatCannotBeOpened) {
  EXPECT_EQ(Film::open("/nowhere.mp4").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(Film::open(fs::path{HARMONIC_SOURCE_DIR} / "CMakeLists.txt").error().kind,
            ErrorKind::kInvalidInput);
  EXPECT_EQ(Film::camera(97).error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace harmonic::image
