#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "drawing/plot.h"
#include "drawing/scatter.h"
#include "drawing/song_picture.h"

namespace harmonic::drawing {
namespace {

using std::chrono::milliseconds;

/// Pixels of a box that have this colour.
std::size_t count(const image::Picture& picture, image::Box box, image::Colour colour) {
  std::size_t found = 0;
  for (int y = static_cast<int>(box.y); y < static_cast<int>(box.y + box.height); ++y) {
    for (int x = static_cast<int>(box.x); x < static_cast<int>(box.x + box.width); ++x) {
      const auto* pixel = &picture.pixels[static_cast<std::size_t>(y * picture.width + x) * 3];
      found +=
          pixel[0] == colour.red && pixel[1] == colour.green && pixel[2] == colour.blue ? 1 : 0;
    }
  }
  return found;
}

SongCourse course_of(float peak, float rms) {
  SongCourse course{milliseconds{120'000},
                    std::vector<Level>(6000, Level{peak, rms}),
                    std::vector<ChromaFrame>(600, ChromaFrame{1}),
                    {}};
  for (int i = 0; i < 7; ++i)
    course.windows.push_back({milliseconds{15'000 + 15'000 * i}, 60.0 + 10.0 * i,
                              ValenceArousal::clamped(0.5, -0.5), 0.1F, 0.1F});
  return course;
}

TEST(Plot, AScaleLiesWhereItsEndsAre) {
  const Scale tempo{50.0, 200.0, true};
  EXPECT_DOUBLE_EQ(tempo.share(50.0), 0.0);
  EXPECT_DOUBLE_EQ(tempo.share(100.0), 0.5);
  EXPECT_DOUBLE_EQ(tempo.share(200.0), 1.0);
  auto picture = image::canvas(200, 100, image::kWhite);
  const Panel panel{picture, {50, 10, 100, 80}, {0.0, 10.0}, {-1.0, 1.0}};
  EXPECT_EQ(panel.at(5.0, 1.0).x, 100.0F);
  EXPECT_EQ(panel.at(5.0, 1.0).y, 10.0F);
  EXPECT_EQ(panel.at(0.0, -1.0).y, 90.0F);
}

// Guards against a waveform that looks the same for every song.
TEST(SongPicture, TheWaveformIsAsTallAsTheSoundIsLoud) {
  const auto inside = [](const SongCourse& course, image::Colour colour) {
    const auto picture = draw_song(course, "title", "facts");
    EXPECT_EQ(picture.width, kSongWidth);
    EXPECT_EQ(picture.height, kSongHeight);
    return static_cast<double>(count(picture, kWaveformArea, colour)) /
           static_cast<double>(kWaveformArea.width * kWaveformArea.height);
  };
  EXPECT_NEAR(inside(course_of(0.8F, 0.4F), image::kBlue), 0.4, 0.02);
  EXPECT_NEAR(inside(course_of(0.8F, 0.4F), image::kSky), 0.4, 0.02);
  EXPECT_NEAR(inside(course_of(0.2F, 0.1F), image::kBlue), 0.1, 0.02);
}

// A song of one window, or of none that sounds, has no line, and must still be drawn.
TEST(SongPicture, ShortAndSilentSongsAreDrawn) {
  for (const int windows : {0, 1}) {
    SongCourse course{milliseconds{1200}, std::vector<Level>(3), {}, {}};
    if (windows == 1) course.windows.push_back({milliseconds{600}, std::nullopt, {}, 0.1F, 0.1F});
    EXPECT_FALSE(draw_song(course, "", "").empty());
  }
  EXPECT_FALSE(draw_song(SongCourse{}, std::string(5000, 'x'), "\xff\xfe").empty());
}

TEST(Scatter, ADotLiesWhereItsNumbersAre) {
  const std::vector<float> truth{-0.5F, 0.5F};
  const std::vector<float> said{0.75F, -0.75F};
  const auto picture = draw_scatter("title", {"left", truth, said}, {"right", said, truth});
  // Panels of 420 pixels from (70, 100) and (580, 100); dots of five pixels across.
  const auto blue = [&](float x, float y) {
    return count(picture, {x - 3, y - 3, 7, 7}, image::kBlue) > 5;
  };
  EXPECT_TRUE(blue(70 + 105, 100 + 52));
  EXPECT_TRUE(blue(70 + 315, 100 + 367));
  EXPECT_FALSE(blue(70 + 105, 100 + 367));
  EXPECT_TRUE(blue(580 + 52, 100 + 105));
  EXPECT_FALSE(draw_scatter("empty", {}, {}).empty());
}

}  // namespace
}  // namespace harmonic::drawing
