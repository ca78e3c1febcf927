#include "motion/steady_crop.h"

#include <gtest/gtest.h>

#include <cmath>

#include "motion/face_for_tests.h"
#include "motion/staged_film.h"

namespace harmonic::motion {
namespace {

double difference(const image::Picture& a, const image::Picture& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(a.pixels[i] - b.pixels[i]);
  return sum / static_cast<double>(a.pixels.size());
}

face::Detection shifted(face::Detection face, float x) {
  for (auto* point : {&face.points->right_eye, &face.points->left_eye, &face.points->mouth}) {
    point->x += x;
  }
  return face;
}

TEST(CropPlace, BringsEyesAndMouthToTheirPlaces) {
  const auto place = crop_place(drawn_detection());
  const auto eye = place.apply(kRightEyePlace);
  EXPECT_NEAR(eye.x, kRightEyePlace.x + kDrawnMargin, 0.01);
  EXPECT_NEAR(eye.y, kRightEyePlace.y + kDrawnMargin, 0.01);
}

// 2.31 distances between the eyes wide, .48 below them: where BlazeFace's box lies (align.h).
TEST(CropPlace, OfABoxIsWhereItsEyesWouldBe) {
  face::Detection face;
  face.box = {100, 50, 189, 189};
  const auto place = crop_place(face);
  const auto right = place.apply(kRightEyePlace);
  const auto left = place.apply(kLeftEyePlace);
  EXPECT_NEAR(left.x - right.x, 189 / 2.307, 0.5);
  EXPECT_NEAR((left.x + right.x) / 2, 194.5, 1.0);
  EXPECT_NEAR(right.y, 144.5 - 0.477 * 189 / 2.307, 0.5);
}

TEST(SteadyCrop, TremblesLessThanTheFinder) {
  const auto frame = drawn_face();
  SteadyCrop crop;
  const auto first = crop.cut(Seconds{0}, frame, drawn_detection());
  EXPECT_TRUE(first.fresh);
  EXPECT_EQ(first.face.channels, 1);
  const auto next = crop.cut(Seconds{1 / 30.0}, frame, shifted(drawn_detection(), 3));
  EXPECT_FALSE(next.fresh);
  EXPECT_LT(difference(first.face, next.face), 3);
  SteadyCrop other;
  EXPECT_GT(
      difference(first.face, other.cut(Seconds{0}, frame, shifted(drawn_detection(), 3)).face), 5);
}

TEST(SteadyCrop, StartsAfreshAtAnotherPlaceOrAfterAPause) {
  const auto frame = drawn_face();
  SteadyCrop crop;
  (void)crop.cut(Seconds{0}, frame, drawn_detection());
  EXPECT_TRUE(crop.cut(Seconds{0.03}, frame, shifted(drawn_detection(), 40)).fresh);
  EXPECT_FALSE(crop.cut(Seconds{0.06}, frame, shifted(drawn_detection(), 40)).fresh);
  EXPECT_TRUE(crop.cut(Seconds{1.5}, frame, shifted(drawn_detection(), 40)).fresh);
  crop.reset();
  EXPECT_TRUE(crop.cut(Seconds{1.6}, frame, shifted(drawn_detection(), 40)).fresh);
}

TEST(StagedFilm, OfNothingIsItsPhotograph) {
  const StagedFilm film{drawn_face(), drawn_detection(), {}};
  EXPECT_LT(difference(film.frame(17).picture, drawn_face()), 0.01);
  EXPECT_NEAR(film.frame(17).at.count(), 17 / 30.0, 1e-9);
}

TEST(StagedFilm, IsTheSameEachTimeAndAnotherForAnotherSeed) {
  Script script;
  script.noise = 2;
  script.tremble = 1;
  const StagedFilm film{drawn_face(), drawn_detection(), script};
  const auto one = film.frame(3);
  const auto again = film.frame(3);
  EXPECT_EQ(one.picture.pixels, again.picture.pixels);
  EXPECT_EQ(one.face.points->mouth.x, again.face.points->mouth.x);
  script.seed = 2;
  EXPECT_NE(StagedFilm(drawn_face(), drawn_detection(), script).frame(3).picture.pixels,
            one.picture.pixels);
}

TEST(StagedFilm, ABlinkShutsTheEyesAndNothingElse) {
  Script script;
  script.blinks.push_back({Seconds{0}, Seconds{0.4}});
  const StagedFilm film{drawn_face(), drawn_detection(), script};
  const auto shut = film.frame(4).picture;  // down after .14 s
  const auto open = drawn_face();
  const auto at = [](int x, int y) {
    return static_cast<std::size_t>(y) * kDrawnSide + static_cast<std::size_t>(x);
  };
  const auto pupil =
      at(static_cast<int>(43.5F + kDrawnMargin), static_cast<int>(48 + kDrawnMargin));
  EXPECT_GT(shut.pixels[pupil], open.pixels[pupil] + 40);
  const auto mouth = at(64 + 24, 99 + 24);
  EXPECT_EQ(shut.pixels[mouth], open.pixels[mouth]);
}

TEST(StagedFilm, KeyPointsGoWithTheHead) {
  Script script;
  script.turns.push_back({Seconds{0}, Seconds{0.1}, false, 0, 0, 0, 0, {5, -3}});
  const StagedFilm film{drawn_face(), drawn_detection(), script};
  const auto points = *film.frame(10).face.points;
  EXPECT_NEAR(points.mouth.x, drawn_detection().points->mouth.x + 5, 0.1);
  EXPECT_NEAR(points.mouth.y, drawn_detection().points->mouth.y - 3, 0.1);
}

}  // namespace
}  // namespace harmonic::motion
