#include "face/cover.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "base/test_folder.h"
#include "face/align.h"
#include "face/finder.h"
#include "image/codec.h"

namespace harmonic::face {
namespace {

namespace fs = std::filesystem;

const fs::path kShare{HARMONIC_SOURCE_DIR};

/// A photograph and the face in it.
struct Sitter {
  image::Picture photograph = image::decode_file(kShare / "tests/fixtures/astronaut.png").value();
  Detection face;
  image::Picture aligned;
};

class Cover : public testing::Test {
 protected:
  void SetUp() override {
    const auto finder = Finder::open(kShare, DetectorKind::kBlazeFace);
    if (!finder) GTEST_SKIP() << finder.error().message;
    sitter_.face = finder->detect(sitter_.photograph)->front();
    sitter_.aligned = align(sitter_.photograph, sitter_.face);
  }

  /// The aligned face with rows `top` .. `bottom` - 1 of one grey.
  [[nodiscard]] image::Picture without_rows(int top, int bottom, int grey) const {
    auto face = sitter_.aligned;
    std::fill(face.pixels.begin() + top * 48, face.pixels.begin() + bottom * 48,
              static_cast<std::uint8_t>(grey));
    return face;
  }

  Sitter sitter_;
};

TEST_F(Cover, TellsWhichPartIsHidden) {
  const auto reader = CoverReader::open(kShare).value();
  const auto bare = reader.read(sitter_.aligned).value();
  EXPECT_FALSE(bare.eyes);
  EXPECT_FALSE(bare.mouth);
  for (const int grey : {15, 120, 230}) {
    const auto blindfold = reader.read(without_rows(13, 25, grey)).value();
    EXPECT_TRUE(blindfold.eyes) << grey;
    EXPECT_FALSE(blindfold.mouth) << grey;
    const auto mask = reader.read(without_rows(29, 48, grey)).value();
    EXPECT_TRUE(mask.mouth) << grey;
    EXPECT_FALSE(mask.eyes) << grey;
  }
}

/// As a camera would see it: the photograph itself has the cover.
TEST_F(Cover, ACoveredFaceGivesNoReadingAndSaysWhy) {
  const auto finder = Finder::open(kShare, DetectorKind::kBlazeFace).value();
  ASSERT_FALSE(finder.find(sitter_.photograph)->doubt.has_value());
  auto masked = sitter_.photograph;
  const auto& face = sitter_.face;
  const int top = static_cast<int>((face.points->nose.y + face.points->mouth.y) / 2);
  const int bottom = static_cast<int>(face.box.y + face.box.height * 1.1F);
  const int left = static_cast<int>(face.box.x);
  const int right = static_cast<int>(face.box.x + face.box.width);
  for (int y = top; y < bottom; ++y) {
    const auto at = [&](int x) { return masked.pixels.begin() + (y * masked.width + x) * 3; };
    std::fill(at(left), at(right), std::uint8_t{200});
  }
  const auto found = finder.judge(masked, std::vector{face});
  ASSERT_EQ(found->faces.size(), 1U);
  EXPECT_EQ(found->doubt, Doubt::kCovered);
  EXPECT_EQ(name_of(*found->doubt), "covered");
  EXPECT_EQ(found->faces[0].quality, 0.0F);
}

/// A manifest and weights that are not what this program was made for.
TEST(CoverReader, RefusesOtherWeights) {
  const TestFolder scratch;
  const auto& share = scratch.path();
  const auto folder = share / "models" / "cover";
  fs::create_directories(folder);
  EXPECT_EQ(CoverReader::open(share).error().kind, ErrorKind::kNotFound);
  const auto text_of = [](const fs::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{stream}, {}};
  };
  const auto manifest = text_of(kShare / "models/cover/manifest.json");
  const auto weights = text_of(kShare / "models/cover/cover.onnx");
  const auto kind_with = [&](std::string text, std::string bytes) {
    std::ofstream{folder / "manifest.json"} << text;
    std::ofstream{folder / "cover.onnx", std::ios::binary} << bytes;
    const auto opened = CoverReader::open(share);
    return opened ? ErrorKind::kInvalidInput : opened.error().kind;
  };
  EXPECT_EQ(kind_with("{", weights), ErrorKind::kCorrupt);
  EXPECT_EQ(kind_with("{}", weights), ErrorKind::kCorrupt);
  EXPECT_EQ(kind_with(manifest, weights + " "), ErrorKind::kCorrupt);
  auto swapped = manifest;
  swapped.replace(swapped.find("\"label\": \"eyes\""), 15, "\"label\": \"nose\"");
  EXPECT_EQ(kind_with(swapped, weights), ErrorKind::kCorrupt);
  std::ofstream{folder / "manifest.json"} << manifest;
  EXPECT_TRUE(CoverReader::open(share).has_value());
}

}  // namespace
}  // namespace harmonic::face
