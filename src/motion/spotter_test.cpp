#include "motion/spotter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "motion/face_for_tests.h"
#include "motion/staged_film.h"
#include "motion/steady_crop.h"

namespace harmonic::motion {
namespace {

Script quiet_script() {
  Script script;
  script.noise = 1.5;
  script.jpeg_quality = 85;
  script.tremble = 0.4;
  return script;
}

Act act_of(Region region, double onset, double apex, double offset, Shift peak = {0, -2.2}) {
  return {region, Seconds{onset}, Seconds{apex}, Seconds{offset}, peak, 8.0};
}

/// Frames from `from` to `to` seconds, through crop and spotter as films go.
struct Showing {
  explicit Showing(const Script& script) : film{drawn_face(), drawn_detection(), script} {}

  void show(double from, double to) {
    for (auto i = static_cast<std::size_t>(from * 30); static_cast<double>(i) < to * 30; ++i) {
      const auto frame = film.frame(i);
      add(spotter.observe(frame.at, crop.cut(frame.at, frame.picture, frame.face).face));
    }
  }
  void add(const std::vector<Movement>& more) {
    found.insert(found.end(), more.begin(), more.end());
  }

  StagedFilm film;
  SteadyCrop crop;
  Spotter spotter;
  std::vector<Movement> found;
};

std::vector<Movement> found_in(const Script& script, double seconds) {
  Showing showing{script};
  showing.show(0, seconds);
  showing.add(showing.spotter.finish());
  return showing.found;
}

class KnownMovement : public testing::TestWithParam<Act> {};

TEST_P(KnownMovement, IsFoundWhereAndWhenItIs) {
  auto script = quiet_script();
  script.acts.push_back(GetParam());
  const auto found = found_in(script, 2.3);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(name_of(found[0].region), name_of(GetParam().region));
  EXPECT_NEAR(found[0].onset.count(), GetParam().onset.count(), 0.06);
  EXPECT_NEAR(found[0].apex.count(), GetParam().apex.count(), 0.05);
  EXPECT_NEAR(found[0].offset.count(), GetParam().offset.count(), 0.08);
  // A region's patch moves by less than the hill's middle.
  EXPECT_GT(found[0].size, 0.5);
  EXPECT_LT(found[0].size, 3.0);
}

INSTANTIATE_TEST_SUITE_P(
    EachPart, KnownMovement,
    testing::Values(act_of(Region::kRightBrow, 1.0, 1.15, 1.4),
                    act_of(Region::kLeftBrow, 1.0, 1.06, 1.14, {0, 2.5}),
                    act_of(Region::kLeftEye, 1.0, 1.12, 1.3), act_of(Region::kNose, 1.0, 1.2, 1.45),
                    act_of(Region::kRightCheek, 1.1, 1.25, 1.4),
                    act_of(Region::kRightMouthCorner, 1.0, 1.2, 1.5, {-1.5, -1.5}),
                    act_of(Region::kLeftMouthCorner, 1.0, 1.1, 1.25, {2, 0.5}),
                    act_of(Region::kChin, 1.0, 1.25, 1.45)),
    [](const auto& test) { return std::string{name_of(test.param.region)}; });

struct Distractor {
  const char* name;
  Script script;
};

Script with_turn(HeadTurn turn) {
  auto script = quiet_script();
  turn.start = Seconds{1.0};
  script.turns.push_back(turn);
  return script;
}

Script with_light(double length, double gain, double slope) {
  auto script = quiet_script();
  script.lights.push_back({Seconds{1.0}, Seconds{length}, gain, slope});
  return script;
}

std::vector<Distractor> distractors() {
  std::vector<Distractor> all{{"a_still_face", quiet_script()}};
  HeadTurn shift{{}, Seconds{0.4}, true, 0, 0, 0, 0, {6, -4}};
  all.push_back({"a_shift_there_and_back", with_turn(shift)});
  HeadTurn roll{{}, Seconds{0.5}, true, 0, 0, 0.12, 0, {}};
  all.push_back({"a_roll_there_and_back", with_turn(roll)});
  HeadTurn yaw{{}, Seconds{0.5}, true, 0.1, 0, 0, 0, {}};
  all.push_back({"a_shake_of_the_head", with_turn(yaw)});
  HeadTurn nod{{}, Seconds{0.4}, true, 0, 0.08, 0, 0, {}};
  all.push_back({"a_nod", with_turn(nod)});
  HeadTurn lasting{{}, Seconds{0.3}, false, 0.1, 0, 0.05, 0.04, {3, 3}};
  all.push_back({"a_quick_turn_that_stays", with_turn(lasting)});
  auto blink = quiet_script();
  blink.blinks = {{Seconds{0.8}, Seconds{0.15}}, {Seconds{1.6}, Seconds{0.35}}};
  all.push_back({"blinks", blink});
  auto flicker = quiet_script();
  flicker.flicker = 0.05;
  all.push_back({"flicker", flicker});
  all.push_back({"a_lamp_that_dips", with_light(0.3, 0.7, 0)});
  all.push_back({"a_lamp_from_the_side", with_light(0.4, 1.05, 0.15)});
  auto smile = quiet_script();
  smile.acts.push_back(act_of(Region::kLeftMouthCorner, 0.8, 1.0, 2.6, {2.5, -2.5}));
  all.push_back({"a_smile_of_two_seconds", smile});
  auto coarse = quiet_script();
  coarse.noise = 5;
  coarse.jpeg_quality = 50;
  all.push_back({"a_bad_camera", coarse});
  return all;
}

class NoMovement : public testing::TestWithParam<Distractor> {};

TEST_P(NoMovement, IsReported) {
  for (const auto& movement : found_in(GetParam().script, 3.0)) {
    ADD_FAILURE() << name_of(movement.region) << " at " << movement.apex.count() << " s, "
                  << movement.size << " px";
  }
}

INSTANTIATE_TEST_SUITE_P(Distractors, NoMovement, testing::ValuesIn(distractors()),
                         [](const auto& test) { return std::string{test.param.name}; });

// A blink tells nothing of eyes and brows, but does not hide the mouth.
TEST(Spotter, SeesAMouthMoveDuringABlink) {
  auto script = quiet_script();
  script.blinks.push_back({Seconds{1.0}, Seconds{0.3}});
  script.acts.push_back(act_of(Region::kRightMouthCorner, 1.0, 1.15, 1.35, {-2, -1.5}));
  const auto found = found_in(script, 2.6);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(name_of(found[0].region), name_of(Region::kRightMouthCorner));
}

TEST(Spotter, TellsTwoMovementsInOrderWithinASecondOfTheirEnd) {
  auto script = quiet_script();
  script.acts = {act_of(Region::kRightBrow, 1.0, 1.15, 1.3), act_of(Region::kChin, 2.3, 2.45, 2.6)};
  Showing showing{script};
  showing.show(0, 2.3);
  EXPECT_EQ(showing.found.size(), 1U);
  showing.show(2.3, 3.6);
  ASSERT_EQ(showing.found.size(), 2U);
  EXPECT_LT(showing.found[0].offset, showing.found[1].onset);
}

TEST(Spotter, ForgetsOnReset) {
  auto script = quiet_script();
  script.acts.push_back(act_of(Region::kRightBrow, 0.8, 0.95, 1.1));
  Showing showing{script};
  showing.show(0, 1.3);
  showing.spotter.reset();
  showing.show(1.3, 3.0);
  showing.add(showing.spotter.finish());
  EXPECT_TRUE(showing.found.empty());
}

// What a pause hides may be anything: neither a movement nor none is made of it.
TEST(Spotter, StartsAfreshAfterAGapAndReportsWhatCameBefore) {
  auto script = quiet_script();
  script.acts.push_back(act_of(Region::kRightBrow, 0.8, 0.95, 1.1));
  script.acts.push_back(act_of(Region::kChin, 1.5, 2.1, 2.7));  // moved away within the gap
  Showing showing{script};
  showing.show(0, 1.4);
  showing.show(2.1, 2.2);
  ASSERT_EQ(showing.found.size(), 1U);
  EXPECT_EQ(name_of(showing.found[0].region), name_of(Region::kRightBrow));
  showing.show(2.2, 3.8);
  showing.add(showing.spotter.finish());
  EXPECT_EQ(showing.found.size(), 1U);
}

TEST(Spotter, IgnoresFramesThatComeAgain) {
  auto script = quiet_script();
  script.acts.push_back(act_of(Region::kRightBrow, 1.0, 1.15, 1.4));
  Showing showing{script};
  showing.show(0, 1.2);
  showing.show(0.9, 2.6);  // a third of a second is handed in twice
  EXPECT_EQ(showing.found.size(), 1U);
}

TEST(Spotter, IsNotMisledByPicturesWithoutAFace) {
  const std::size_t count = static_cast<std::size_t>(kCropSide) * kCropSide;
  Spotter spotter;
  for (int i = 0; i < 60; ++i) {
    const auto grey = static_cast<std::uint8_t>(i % 20 == 7 ? 255 : 0);
    const image::Picture plain{kCropSide, kCropSide, 1, std::vector<std::uint8_t>(count, grey)};
    EXPECT_TRUE(spotter.observe(Seconds{i / 30.0}, plain).empty());
  }
  EXPECT_TRUE(spotter.finish().empty());
}

}  // namespace
}  // namespace harmonic::motion
