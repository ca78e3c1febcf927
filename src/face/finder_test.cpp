#include "face/finder.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "face/align.h"
#include "face/blazeface.h"
#include "face/nms.h"
#include "image/codec.h"
#include "image/draw.h"
#include "image/transform.h"

namespace harmonic::face {
namespace {

namespace fs = std::filesystem;

const fs::path kShare{HARMONIC_SOURCE_DIR};

image::Picture astronaut() {
  return image::decode_file(kShare / "tests/fixtures/astronaut.png").value();
}

bool has_weights() {
  return fs::exists(kShare / "models/blazeface/face_detection_front_128x128_barracuda.onnx");
}

// Guards against a finder that is wired wrongly (colours, scale, letterbox): each must put one box
// on the one face, whose nose is near (222, 132).
TEST(Finder, EveryDetectorFindsTheAstronaut) {
  for (const auto kind : {DetectorKind::kBlazeFace, DetectorKind::kHaar, DetectorKind::kLbp}) {
    if (kind == DetectorKind::kBlazeFace && !has_weights()) continue;
    const auto finder = Finder::open(kShare, kind);
    if (!finder && finder.error().kind == ErrorKind::kNotFound) {
      GTEST_SKIP() << finder.error().message;
    }
    const auto found = finder->find(astronaut());
    ASSERT_TRUE(found.has_value()) << found.error().message;
    ASSERT_EQ(found->faces.size(), 1U) << name_of(kind);
    const auto& box = found->faces[0].box;
    EXPECT_NEAR(box.x + box.width / 2, 224, 15) << name_of(kind);
    EXPECT_NEAR(box.y + box.height / 2, 127, 20) << name_of(kind);
    EXPECT_FALSE(found->doubt.has_value()) << name_of(kind);
    EXPECT_EQ(found->faces[0].aligned.pixels.size(), 48U * 48U);
  }
}

struct Hopeless {
  const char* what;
  image::Picture picture;
  Doubt doubt;
};

// Guards against a face invented where there is none.
TEST(Finder, SaysWhyThereIsNoFace) {
  const auto finder = Finder::open(kShare);
  if (!finder) GTEST_SKIP() << finder.error().message;
  const auto face = image::crop(astronaut(), {150, 50, 150, 150});
  auto darkened = face;
  for (auto& value : darkened.pixels) value = static_cast<std::uint8_t>(value / 24);
  const Hopeless table[] = {
      {"black", image::canvas(64, 48, image::kBlack), Doubt::kTooDark},
      {"white", image::canvas(640, 480, image::kWhite), Doubt::kNoFace},
      {"one pixel", image::canvas(1, 1, image::kWhite), Doubt::kNoFace},
      {"a line", image::canvas(3000, 1, image::kWhite), Doubt::kNoFace},
      {"the face at night", darkened, Doubt::kTooDark},
  };
  for (const auto& row : table) {
    const auto found = finder->find(row.picture);
    ASSERT_TRUE(found.has_value()) << row.what;
    EXPECT_EQ(found->doubt, row.doubt) << row.what;
  }
}

// Guards against a program that stops when the weights were never fetched.
TEST(Finder, FallsBackToACascadeAndSaysSo) {
  const auto finder = Finder::open("/nowhere");
  if (!finder) GTEST_SKIP() << finder.error().message;
  EXPECT_EQ(finder->kind(), DetectorKind::kHaar);
  EXPECT_NE(finder->notice().find("fetch_models"), std::string::npos);
  EXPECT_EQ(Finder::open("/nowhere", DetectorKind::kBlazeFace).error().kind, ErrorKind::kNotFound);
}

// Guards against eyes that end up beside their places: they are put back from any pose.
TEST(Align, BringsTheEyesToTheirPlaces) {
  const image::Similarity table[] = {{4, 0, 30, 20}, {3, 1.5F, 60, 10}, {2, -1, 10, 70}};
  for (const auto& pose : table) {
    image::Picture picture = image::canvas(300, 300, image::kBlack);
    const auto eye = pose.apply(kFer2013Frame.right_eye);
    image::fill_circle(picture, eye, 8, image::kWhite);
    Detection face{{}, 1.0F, KeyPoints{}};
    face.points->right_eye = eye;
    face.points->left_eye = pose.apply(kFer2013Frame.left_eye);
    face.points->mouth = pose.apply(kFer2013Frame.mouth);
    const auto aligned = align(picture, face);
    EXPECT_GT(aligned.pixels[18 * 48 + 15], 200);
    EXPECT_LT(aligned.pixels[18 * 48 + 32], 50);
  }
}

// Guards against a part that was cut too small or put back beside its place: it is the whole
// picture's, wherever the face lies; edges of the picture are repeated.
TEST(Align, IsWhatTheWholePictureGives) {
  const auto picture = astronaut();
  for (const float scale : {0.1F, 0.3F, 0.45F, 0.8F, 2.0F}) {
    for (const image::Point middle : {image::Point{222, 120}, {5, 5}, {505, 260}, {250, 511}}) {
      for (const float turned : {0.0F, 0.5F}) {
        Detection face{{}, 1.0F, KeyPoints{}};
        const image::Similarity pose{std::cos(turned) / scale, std::sin(turned) / scale, 0, 0};
        const auto put = [&](image::Point at) {
          const auto moved = pose.apply({at.x - 24, at.y - 24});
          return image::Point{moved.x + middle.x, moved.y + middle.y};
        };
        face.points->right_eye = put(kFer2013Frame.right_eye);
        face.points->left_eye = put(kFer2013Frame.left_eye);
        face.points->mouth = put(kFer2013Frame.mouth);
        const auto aligned = align(picture, face);
        const auto whole = image::warp(image::grey(picture), fit_of(face), 48, 48);
        int off = 0;
        for (std::size_t i = 0; i < whole.pixels.size(); ++i)
          off += std::abs(int{aligned.pixels[i]} - int{whole.pixels[i]});
        // Where it shrinks, the raster of averaging begins elsewhere, which tells in fine patterns.
        EXPECT_LT(off, (scale < 0.5F ? 8 : 1) * 48 * 48)
            << scale << ", " << middle.x << ", " << turned;
      }
    }
  }
  Detection outside{{-900, -900, 60, 60}, 1.0F, {}};
  EXPECT_EQ(align(picture, outside).pixels.size(), 48U * 48U);
}

// The numbers of three finds by hand: two of one face, weighted 3 to 1, and one far away.
TEST(Blend, MakesOneOfThoseThatOverlap) {
  std::vector<Detection> finds{{{0, 0, 10, 10}, 0.25F, {}}, {{4, 0, 10, 10}, 0.75F, {}}};
  finds.push_back({{100, 100, 30, 30}, 0.5F, {}});
  const auto blended = blend(finds, 0.3F);
  ASSERT_EQ(blended.size(), 2U);
  EXPECT_FLOAT_EQ(blended[0].confidence, 0.75F);
  EXPECT_FLOAT_EQ(blended[0].box.x, 3.0F);
  EXPECT_FLOAT_EQ(blended[1].box.x, 100.0F);
  EXPECT_FLOAT_EQ(overlap({0, 0, 10, 10}, {5, 0, 10, 10}), 50.0F / 150.0F);
  EXPECT_FLOAT_EQ(overlap({0, 0, 10, 10}, {10, 0, 10, 10}), 0.0F);
}

// Guards against anchors that are counted down instead of across.
TEST(BlazeFace, AnchorsRunAcrossThenDown) {
  std::vector<float> scores(512, -100.0F), numbers(512 * 16, 0.0F);
  const std::size_t anchor = (2 * 16 + 5) * 2;  // row 2, column 5
  scores[anchor] = 3.0F;
  numbers[anchor * 16 + 2] = numbers[anchor * 16 + 3] = 32.0F;
  const std::array<RawFinds, 1> stages{{{scores, numbers}}};
  const auto finds = decode_finds(stages, 128, 0.5F);
  ASSERT_EQ(finds.size(), 1U);
  EXPECT_NEAR(finds[0].box.x + finds[0].box.width / 2, 5.5F / 16, 1e-5F);
  EXPECT_NEAR(finds[0].box.y + finds[0].box.height / 2, 2.5F / 16, 1e-5F);
  EXPECT_NEAR(finds[0].box.width, 0.25F, 1e-6F);
  EXPECT_NEAR(finds[0].confidence, 0.9526F, 1e-3F);
}

KeyPoints facing(float nose_x) {
  KeyPoints points{};
  points.right_eye = {10, 10};
  points.left_eye = {30, 10};
  points.nose = {nose_x, 20};
  return points;
}

struct Judged {
  const char* what;
  Detection face;
  image::Picture aligned;
  std::optional<Doubt> doubt;
};

TEST(Quality, NamesTheFirstThatHolds) {
  image::Picture sharp{48, 48, 1, {}};
  for (int i = 0; i < 48 * 48; ++i) {
    sharp.pixels.push_back(i / 48 % 6 < 3 ? std::uint8_t{60} : std::uint8_t{190});
  }
  image::Picture ramp = sharp, dark = sharp;
  for (std::size_t i = 0; i < ramp.pixels.size(); ++i) {
    ramp.pixels[i] = static_cast<std::uint8_t>(40 + i % 48 * 3);
    dark.pixels[i] = static_cast<std::uint8_t>(sharp.pixels[i] / 16);
  }
  const image::Box large{0, 0, 80, 80}, small{0, 0, 20, 20};
  const Judged table[] = {
      {"good", {large, 1, facing(20)}, sharp, std::nullopt},
      {"no points known", {large, 1, std::nullopt}, sharp, std::nullopt},
      {"small", {small, 1, facing(20)}, sharp, Doubt::kTooSmall},
      {"dark", {large, 1, facing(20)}, dark, Doubt::kTooDark},
      {"profile", {large, 1, facing(40)}, sharp, Doubt::kTurnedAway},
      {"a soft ramp", {large, 1, facing(20)}, ramp, Doubt::kTooBlurred},
  };
  for (const auto& row : table) EXPECT_EQ(doubt_of(row.face, row.aligned), row.doubt) << row.what;
}

// Whichever way the head lies, a nose nearer the mouth is a head bent down.
TEST(Quality, ToldHowFarTheHeadIsBent) {
  auto points = facing(20);
  points.mouth = {20, 30};
  EXPECT_NEAR(nod(points), 0.5, 1e-6);
  points.nose.y = 25;
  EXPECT_NEAR(nod(points), 0.75, 1e-6);
  EXPECT_NEAR(nod({{10, 30}, {10, 10}, {15, 20}, {30, 20}, {}, {}}), 0.25, 1e-6) << "on its side";
  EXPECT_EQ(nod({}), 0.5) << "all points are one";
}

}  // namespace
}  // namespace harmonic::face
