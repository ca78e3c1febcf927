#include "face/tracker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "face/associate.h"
#include "image/draw.h"

namespace harmonic::face {
namespace {

constexpr int kWidth = 480, kHeight = 240;
constexpr float kSide = 80.0F;

// A patchwork of greys, the same for the same seed: cells of 8 pixels, as soft as a face is not.
std::uint8_t texture(unsigned seed, int x, int y) {
  unsigned mixed =
      seed * 7919U + static_cast<unsigned>(x / 8) * 131U + static_cast<unsigned>(y / 8);
  for (int round = 0; round < 3; ++round) mixed = (mixed ^ (mixed >> 15)) * 0x2c1b3c6dU;
  return static_cast<std::uint8_t>((mixed >> 16) % 200 + 20);
}

struct Actor {
  unsigned look;       ///< which face it wears
  float x = 0, y = 0;  ///< its middle
};

image::Box box_of(const Actor& actor) {
  return {actor.x - kSide / 2, actor.y - kSide / 2, kSide, kSide};
}

// The later actors stand in front.
image::Picture stage(const std::vector<Actor>& actors) {
  auto picture = image::canvas(kWidth, kHeight, {90, 90, 90});
  const auto paint = [&](int x, int y, std::uint8_t grey) {
    if (x < 0 || y < 0 || x >= kWidth || y >= kHeight) return;
    const auto at = (static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)) * 3;
    for (std::size_t c = 0; c < 3; ++c) picture.pixels[at + c] = grey;
  };
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) paint(x, y, texture(0, x, y));
  }
  for (const Actor& actor : actors) {
    const auto box = box_of(actor);
    for (int y = 0; y < static_cast<int>(kSide); ++y) {
      for (int x = 0; x < static_cast<int>(kSide); ++x) {
        paint(static_cast<int>(std::lround(box.x)) + x, static_cast<int>(std::lround(box.y)) + y,
              texture(actor.look, x, y));
      }
    }
  }
  return picture;
}

// A finder that sees what the test puts before it, trembling by `tremble` pixels.
class Scene {
 public:
  explicit Scene(float tremble = 0) : tremble_{0, tremble} {}

  Tracker::Look finder() {
    return [this](const image::Picture&) -> Result<std::vector<Detection>> {
      ++looks;
      std::vector<Detection> finds;
      for (auto box : seen) {
        box.x += tremble_(random_);
        box.y += tremble_(random_);
        finds.push_back({box, 0.9F, std::nullopt});
      }
      return finds;
    };
  }

  std::vector<image::Box> seen;
  int looks = 0;

 private:
  std::mt19937 random_{11};
  std::normal_distribution<float> tremble_;
};

const TrackedFace* of(const std::vector<TrackedFace>& faces, int id) {
  const auto at = std::find_if(faces.begin(), faces.end(),
                               [id](const TrackedFace& face) { return face.id == id; });
  return at == faces.end() ? nullptr : &*at;
}

TEST(Tracker, FollowsBetweenTheLooks) {
  Scene scene;
  Tracker tracker{scene.finder()};
  constexpr int kFrames = 60;
  for (int i = 0; i < kFrames; ++i) {
    const Actor actor{1, 80.0F + 5.0F * static_cast<float>(i), 120};
    scene.seen = {box_of(actor)};
    const auto faces = tracker.follow(stage({actor}), i / 30.0).value();
    ASSERT_EQ(faces.size(), 1U) << i;
    EXPECT_EQ(faces[0].id, 1);
    EXPECT_NEAR(faces[0].face.box.x, scene.seen[0].x, 2.0F) << i;
    EXPECT_NEAR(faces[0].face.box.y, scene.seen[0].y, 2.0F) << i;
  }
  EXPECT_LE(scene.looks, kFrames / 3 + 1);  // ten a second of thirty
}

// Guards against a face that trembles as the finder does: its expression would tremble too.
TEST(Tracker, AStillFaceIsSteadierThanItsFinds) {
  constexpr float kTremble = 2.0F;
  Scene scene{kTremble};
  Tracker tracker{scene.finder()};
  const Actor actor{1, 200, 120};
  scene.seen = {box_of(actor)};
  double squares = 0;
  constexpr int kFrames = 100;
  for (int i = 0; i < kFrames; ++i) {
    const auto faces = tracker.follow(stage({actor}), i / 10.0).value();
    ASSERT_EQ(faces.size(), 1U);
    const double off = static_cast<double>(faces[0].face.box.x - scene.seen[0].x);
    squares += off * off;
  }
  EXPECT_LT(std::sqrt(squares / kFrames), 0.6 * double{kTremble});
}

// Two pass each other; while one hides the other the finder sees the one in front only.
TEST(Tracker, FacesThatCrossKeepTheirNumbers) {
  for (const double rate : {10.0, 30.0}) {
    Scene scene{0.5F};
    Tracker tracker{scene.finder()};
    const auto at = [&](int i) {
      const auto way = static_cast<float>(150.0 * i / rate);
      return std::pair{Actor{1, 80 + way, 110}, Actor{2, 400 - way, 125}};
    };
    const int frames = static_cast<int>(2 * rate);
    std::vector<TrackedFace> faces;
    for (int i = 0; i <= frames; ++i) {
      const auto [back, front] = at(i);
      scene.seen = {box_of(front)};
      if (std::abs(front.x - back.x) > kSide / 2) scene.seen.push_back(box_of(back));
      faces = tracker.follow(stage({back, front}), i / rate).value();
      if (i == 0) {
        ASSERT_EQ(faces.size(), 2U);
      }
    }
    const auto [back, front] = at(frames);
    ASSERT_EQ(faces.size(), 2U) << rate;
    ASSERT_NE(of(faces, 1), nullptr);
    ASSERT_NE(of(faces, 2), nullptr);
    EXPECT_NEAR(of(faces, 1)->face.box.x, box_of(front).x, 10.0F) << rate;
    EXPECT_NEAR(of(faces, 2)->face.box.x, box_of(back).x, 10.0F) << rate;
  }
}

struct Absence {
  const char* what;
  double seconds;
  int id;
};

// Guards against an old face's mood given to whoever comes next, and a new number for every blink.
TEST(Tracker, OneWhoWasAwayTooLongIsANewFace) {
  for (const auto& [what, away, id] : {Absence{"a moment", 0.3, 1}, Absence{"long", 1.0, 2}}) {
    Scene scene;
    Tracker::Settings each_picture;
    each_picture.look_every = 0.05;
    Tracker tracker{scene.finder(), each_picture};
    const Actor actor{1, 200, 120};
    for (int i = 0; i < 60; ++i) {
      const double t = i / 20.0;
      const bool here = t < 1 || t >= 1 + away;
      scene.seen.clear();
      if (here) scene.seen = {box_of(actor)};
      const auto faces = tracker.follow(here ? stage({actor}) : stage({}), t).value();
      ASSERT_EQ(faces.size(), here ? 1U : 0U) << what << " at " << t;
      if (here) {
        EXPECT_EQ(faces[0].id, t < 1 ? 1 : id) << what << " at " << t;
      }
      if (!here) {
        EXPECT_EQ(tracker.alive().empty(), t >= 0.95 + 0.6 - 1e-9) << what << " at " << t;
      }
    }
  }
}

// Guards against a face that is kept by its patch though no look finds it.
TEST(Tracker, APatchAloneKeepsNoFace) {
  Scene scene;
  Tracker tracker{scene.finder()};
  const Actor poster{1, 200, 120};
  scene.seen = {box_of(poster)};
  ASSERT_EQ(tracker.follow(stage({poster}), 0).value().size(), 1U);
  scene.seen.clear();
  for (int i = 1; i < 10; ++i) {
    const auto faces = tracker.follow(stage({poster}), i * 0.1).value();
    EXPECT_TRUE(faces.empty());
  }
  EXPECT_TRUE(tracker.alive().empty());
}

TEST(Tracker, TheLargestComesFirst) {
  Scene scene;
  Tracker tracker{scene.finder()};
  scene.seen = {{10, 10, 40, 40}, {200, 50, 90, 90}};
  const auto faces = tracker.follow(stage({}), 0).value();
  ASSERT_EQ(faces.size(), 2U);
  EXPECT_EQ(faces[0].id, 2);
}

TEST(Tracker, AFailedLookIsToldAndNotTakenForAnEmptyPicture) {
  bool broken = false;
  Tracker tracker{[&](const image::Picture&) -> Result<std::vector<Detection>> {
    if (broken) return fail(ErrorKind::kCorrupt, "no eyes");
    return std::vector<Detection>{{{10, 10, 50, 50}, 0.9F, std::nullopt}};
  }};
  ASSERT_EQ(tracker.follow(stage({}), 0).value().size(), 1U);
  broken = true;
  const auto failed = tracker.follow(stage({}), 0.2);
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().kind, ErrorKind::kCorrupt);
  EXPECT_EQ(tracker.alive(), std::vector<int>{1});
}

// A picture without pixels or of another size must not be looked into.
TEST(Patch, FindsNothingWhereThereIsNothing) {
  const Patch patch{stage({{1, 200, 120}}), {160, 80, 80, 80}};
  EXPECT_TRUE(patch.find(stage({{1, 210, 120}})).has_value());
  EXPECT_FALSE(patch.find(image::canvas(20, 20, image::kWhite)).has_value());
  for (const image::Box& box : {image::Box{-500, 0, 80, 80}, {900, 0, 80, 80}, {0, 0, 3, 3}}) {
    EXPECT_FALSE(Patch(stage({}), box).find(stage({})).has_value()) << box.x;
  }
  const auto plain = image::canvas(200, 200, image::kWhite);
  EXPECT_FALSE(Patch(plain, {50, 50, 80, 80}).find(plain).has_value());
}

TEST(Associate, EachIsTakenOnce) {
  const Expected known[] = {{{0, 0, 50, 50}}, {{30, 0, 50, 50}}, {{200, 0, 50, 50}}};
  const Detection found[] = {
      {{28, 0, 50, 50}, 1, {}}, {{400, 0, 50, 50}, 1, {}}, {{200, 0, 200, 200}, 1, {}}};
  const auto match = associate(known, found);
  EXPECT_EQ(match[0], std::optional<std::size_t>{1});
  EXPECT_EQ(match[1], std::nullopt);
  EXPECT_EQ(match[2], std::nullopt) << "sixteen times as large";
}

}  // namespace
}  // namespace harmonic::face
