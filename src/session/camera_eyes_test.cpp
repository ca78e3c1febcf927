#include "session/camera_eyes.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "identity/portrait.h"
#include "image/codec.h"
#include "motion/staged_film.h"

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
    const auto look = eyes_->open()->look(encoded, motion::Seconds{1}, {});
    EXPECT_EQ(look.reason, reason) << what;
    EXPECT_TRUE(look.faces.empty()) << what;
  }
}

TEST_F(CameraEyesTest, AFaceIsSeenWithItsBoxAndItsExpression) {
  const auto photograph = image::read_bytes(shared() / "data" / "faces" / "astronaut.png");
  if (!photograph) GTEST_SKIP() << "the shared photographs are not here";
  const auto look = eyes_->open()->look(*photograph, motion::Seconds{1}, {});
  EXPECT_EQ(look.reason, "");
  EXPECT_EQ(look.width, 512);
  ASSERT_FALSE(look.faces.empty());
  EXPECT_EQ(look.faces.front().id, 1);
  EXPECT_EQ(look.faces.front().reason, "");
  const auto& expression = look.faces.front().expression;
  ASSERT_TRUE(expression);
  const auto& scores = expression->scores;
  EXPECT_NEAR(std::accumulate(scores.begin(), scores.end(), 0.0F), 1.0F, 1e-5F);
  EXPECT_GT(scores.at(static_cast<std::size_t>(affect::Emotion::kHappy)), 0.5F);
  EXPECT_GT(expression->point.valence(), 0.0F);
}

// What the camera promises the page: a number for the face, and where it moved for a moment.
TEST_F(CameraEyesTest, ABriefMovementOfTheFaceAskedForIsToldWithItsPlace) {
  const auto still = image::decode_file(kSource / "tests" / "fixtures" / "astronaut.png");
  ASSERT_TRUE(still);
  const auto faces = face::Finder::open(kSource)->detect(*still);
  ASSERT_TRUE(faces && !faces->empty() && faces->front().points);
  using motion::Seconds;
  motion::Script script;
  script.acts.push_back({motion::Region::kLeftBrow, Seconds{1.0}, Seconds{1.15}, Seconds{1.3},
                         motion::Shift{0, -3.0}, 8.0});
  const motion::StagedFilm film{*still, faces->front(), script};
  const auto asked = eyes_->open(), unasked = eyes_->open();
  std::vector<motion::Movement> found;
  for (std::size_t i = 0; i < 75; ++i) {
    const auto frame = film.frame(i);
    const auto encoded = *image::encode_jpeg(frame.picture);
    const auto look = asked->look(encoded, frame.at, {1, true, false});
    ASSERT_FALSE(look.faces.empty());
    EXPECT_EQ(look.faces.front().id, 1);
    found.insert(found.end(), look.movements.begin(), look.movements.end());
    EXPECT_TRUE(unasked->look(encoded, frame.at, {1, false, false}).movements.empty());
  }
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().region, motion::Region::kLeftBrow);
  EXPECT_NEAR(found.front().apex.count(), 1.15, 0.1);
}

TEST(Acquaintances, AreKnownByTheirFaces) {
  const TestFolder scratch;
  const auto folder = scratch.path() / "who";
  EXPECT_EQ(Acquaintances::open(kSource, folder).error().kind, ErrorKind::kNotFound);
  const auto picture = image::decode_file(kSource / "tests" / "fixtures" / "astronaut.png");
  ASSERT_TRUE(picture);
  const auto portraitist = identity::Portraitist::open(kSource);
  if (!portraitist) GTEST_SKIP() << "no face finder here: " << portraitist.error().message;
  const auto model = identity::load_shipped_model(kSource);
  ASSERT_TRUE(model);
  identity::Gallery gallery{model->digest, {}};
  const auto portrait = *portraitist->paint(*picture);
  ASSERT_TRUE(portrait);
  const auto features = model->recogniser->features(portrait->picture);
  ASSERT_TRUE(identity::enrol(gallery, "Ann", {features}));
  ASSERT_TRUE(identity::save_gallery(gallery, folder));
  const auto known = Acquaintances::open(kSource, folder);
  ASSERT_TRUE(known) << known.error().message;
  auto face = face::Finder::open(kSource)->detect(*picture)->front();
  EXPECT_EQ(known->name_of(*picture, face), "Ann");
  face.points.reset();
  EXPECT_EQ(known->name_of(*picture, face), std::nullopt);
  gallery.model = std::string(64, 'a');
  ASSERT_TRUE(identity::save_gallery(gallery, folder));
  EXPECT_EQ(Acquaintances::open(kSource, folder).error().kind, ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace harmonic::session
