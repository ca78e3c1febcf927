// The steps of the spotter one by one: patches, head, pulses.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "image/transform.h"
#include "motion/face_for_tests.h"
#include "motion/head_motion.h"
#include "motion/patch_flow.h"
#include "motion/pulses.h"

namespace harmonic::motion {
namespace {

image::Picture crop_of(Shift moved, float gain = 1, float bias = 0) {
  auto crop = image::warp(drawn_face(),
                          {1, 0, static_cast<float>(moved.x) - kDrawnMargin,
                           static_cast<float>(moved.y) - kDrawnMargin},
                          kCropSide, kCropSide);
  for (auto& pixel : crop.pixels) {
    pixel = static_cast<std::uint8_t>(std::lround(std::min(255.0F, gain * pixel + bias)));
  }
  return crop;
}

struct Moved {
  Shift shift;
  float gain, bias;
};

class PatchFlowOf : public testing::TestWithParam<Moved> {};

TEST_P(PatchFlowOf, FindsTheShiftWhateverTheLight) {
  const PatchFlow flow{planes_of(crop_of({})).fine};
  const auto planes = planes_of(crop_of(GetParam().shift, GetParam().gain, GetParam().bias));
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    const auto found = flow.follow(planes.fine, i, {}, {});
    ASSERT_TRUE(found) << i;
    EXPECT_TRUE(found->sure) << i;
    EXPECT_NEAR(found->shift.x, GetParam().shift.x, 0.1) << i;
    EXPECT_NEAR(found->shift.y, GetParam().shift.y, 0.1) << i;
    EXPECT_LT(found->mismatch, 0.35) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Shifts, PatchFlowOf,
                         testing::Values(Moved{{0, 0}, 1, 0}, Moved{{0.3, -0.4}, 1, 0},
                                         Moved{{1.5, 1.0}, 1, 0}, Moved{{-0.6, 0.2}, 0.6F, 20}));

TEST(PatchFlow, KnowsThatAFlatPatchTellsNothing) {
  const std::size_t count = static_cast<std::size_t>(kCropSide) * kCropSide;
  const image::Picture plain{kCropSide, kCropSide, 1, std::vector<std::uint8_t>(count, 128)};
  const PatchFlow flow{planes_of(plain).fine};
  EXPECT_FALSE(flow.follow(planes_of(crop_of({})).fine, 0, {}, {}));
}

TEST(PatchFlow, GivesUpOutsideOfTheCrop) {
  const PatchFlow flow{planes_of(crop_of({})).fine};
  EXPECT_FALSE(flow.follow(planes_of(crop_of({})).fine, 0, {100, 0}, {}));
}

Shifts shifts_of(const HeadMotion& motion) {
  Shifts shifts;
  for (std::size_t i = 0; i < kPatchCount; ++i) shifts.at(i) = motion.at(i);
  return shifts;
}

TEST(HeadMotion, ExplainsAHeadAndNotThePartThatGoesItsOwnWay) {
  const HeadMotion truth{{3, -0.8, 0.5, 0.4, -2, 0.6, 0.9, -0.3}};
  auto shifts = shifts_of(truth);
  shifts.at(0)->y += 2.5;
  const auto fit = fit_head_motion(shifts);
  ASSERT_TRUE(fit);
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    EXPECT_NEAR(fit->at(i).x, truth.at(i).x, 0.1) << i;
    EXPECT_NEAR(fit->at(i).y, truth.at(i).y, 0.1) << i;
  }
  EXPECT_NEAR(fit->turn_at(4).x, truth.turn_at(4).x, 0.1);
}

TEST(HeadMotion, IsNotKnownFromAFewPatches) {
  auto shifts = shifts_of({});
  for (std::size_t i = 8; i < kPatchCount; ++i) shifts.at(i).reset();
  EXPECT_FALSE(fit_head_motion(shifts));
  shifts.at(8) = Shift{};
  EXPECT_TRUE(fit_head_motion(shifts));
}

std::vector<Deviation> half_cosines(double onset, double apex, double offset, double size) {
  std::vector<Deviation> run;
  for (int i = 0; i < 30; ++i) {
    const double at = i / 30.0;
    double share = 0;
    if (at > onset && at < apex) share = (at - onset) / (apex - onset);
    if (at >= apex && at < offset) share = (offset - at) / (offset - apex);
    const double height = size * (1 - std::cos(std::numbers::pi * share)) / 2;
    run.push_back({Seconds{at}, {0.6 * height, -0.8 * height}});
  }
  return run;
}

TEST(Pulse, HasOnsetApexAndOffset) {
  const auto pulse = pulse_of(half_cosines(0.2, 0.4, 0.7, 2));
  ASSERT_TRUE(pulse);
  EXPECT_NEAR(pulse->onset.count(), 0.2, 0.03);
  EXPECT_NEAR(pulse->apex.count(), 0.4, 0.001);
  EXPECT_NEAR(pulse->offset.count(), 0.7, 0.03);
  EXPECT_NEAR(pulse->size, 2, 0.01);
}

TEST(Pulse, IsNoneWhenItDoesNotComeBack) {
  auto run = half_cosines(0.2, 0.4, 0.7, 2);
  run.resize(14);  // at its height
  EXPECT_FALSE(pulse_of(run));
  EXPECT_FALSE(pulse_of({}));
  EXPECT_FALSE(pulse_of(std::vector<Deviation>(10)));
}

TEST(Noise, IsThatOfTheRestNotOfThePulses) {
  std::deque<Deviation> past;
  EXPECT_FALSE(noise_of(past));
  for (int i = 0; i < 100; ++i) {
    const double noise = i % 2 == 0 ? 0.1 : -0.1;
    past.push_back({Seconds{i / 30.0}, i % 10 == 0 ? Shift{3, 3} : Shift{noise, -noise}});
  }
  EXPECT_NEAR(*noise_of(past), 0.148, 0.01);
}

TEST(Median, IsTheLowerOfTheTwoInTheMiddle) {
  std::vector<double> none, even{4, 1, 3, 2};
  EXPECT_FALSE(median_of(none));
  EXPECT_EQ(*median_of(even), 2);
}

}  // namespace
}  // namespace harmonic::motion
