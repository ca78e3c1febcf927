#include "session/camera_eyes.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <numeric>

#include "image/codec.h"

namespace harmonic::session {
namespace {

const std::filesystem::path kSource{HARMONIC_SOURCE_DIR};

std::filesystem::path shared() {
  const char* told = std::getenv("HARMONIC_SHARED");
  return told != nullptr ? std::filesystem::path{told} : kSource / ".." / "shared";
}

class CameraEyesTest : public testing::Test {
 protected:
  void SetUp() override {
    auto finder = face::Finder::open(kSource);
    if (!finder) GTEST_SKIP() << "no face finder here: " << finder.error().message;
    auto classifier = affect::Classifier::load_shipped(kSource);
    ASSERT_TRUE(classifier) << classifier.error().message;
    eyes_ = std::make_unique<CameraEyes>(*std::move(finder), *std::move(classifier));
  }
  static std::vector<std::byte> plain(int width, int height, std::uint8_t value) {
    image::Picture picture{width, height, 3, {}};
    picture.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3,
                          value);
    return *image::encode_png(picture);
  }

  std::unique_ptr<CameraEyes> eyes_;
};

// Hobby players of this kind answer "calm" or a random emotion to all of these.
TEST_F(CameraEyesTest, WithoutAFaceThereIsAReasonAndNoExpression) {
  auto cut = plain(320, 240, 128);
  cut.resize(cut.size() / 2);
  struct Case {
    const char* what;
    std::vector<std::byte> encoded;
    std::string_view reason;
  };
  const Case cases[] = {
      {"nothing", {}, "unreadable"},
      {"rubbish", std::vector<std::byte>(100, std::byte{'x'}), "unreadable"},
      {"cut off", cut, "unreadable"},
      {"larger than any camera's", plain(2001, 2000, 128), "unreadable"},
      {"black", plain(320, 240, 0), "too_dark"},
      {"a wall", plain(320, 240, 128), "no_face"},
  };
  for (const auto& [what, encoded, reason] : cases) {
    const auto look = eyes_->look(encoded);
    EXPECT_EQ(look.reason, reason) << what;
    EXPECT_EQ(look.readable(), nullptr) << what;
  }
}

TEST_F(CameraEyesTest, AFaceIsSeenWithItsBoxAndItsExpression) {
  const auto photograph = image::read_bytes(shared() / "data" / "faces" / "astronaut.png");
  if (!photograph) GTEST_SKIP() << "the shared photographs are not here";
  const auto look = eyes_->look(*photograph);
  EXPECT_EQ(look.reason, "");
  EXPECT_EQ(look.width, 512);
  ASSERT_FALSE(look.faces.empty());
  const auto* expression = look.readable();
  ASSERT_NE(expression, nullptr);
  const auto& scores = expression->scores;
  EXPECT_NEAR(std::accumulate(scores.begin(), scores.end(), 0.0F), 1.0F, 1e-5F);
  EXPECT_GT(scores.at(static_cast<std::size_t>(affect::Emotion::kHappy)), 0.5F);
  EXPECT_GT(expression->point.valence(), 0.0F);
}

}  // namespace
}  // namespace harmonic::session
