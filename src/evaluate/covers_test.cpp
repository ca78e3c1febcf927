#include "evaluate/covers.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

#include "evaluate/fer2013.h"

namespace harmonic::evaluate {
namespace {

std::vector<std::uint8_t> face_of(std::uint64_t seed) {
  Dice dice{seed};
  std::vector<std::uint8_t> face(kFacePixels);
  for (auto& pixel : face) pixel = static_cast<std::uint8_t>(90 + dice.below(70));
  return face;
}

/// How many pixels of rows `top` .. `bottom` - 1, columns 16 .. 31, are no longer what they were.
int changed(const std::vector<std::uint8_t>& before, const std::vector<std::uint8_t>& after,
            int top, int bottom) {
  int count = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = 16; x < 32; ++x) {
      const auto at = static_cast<std::size_t>(y * kFaceSide + x);
      count += before[at] != after[at] ? 1 : 0;
    }
  }
  return count;
}

TEST(Covers, LieWhereTheyAreSaidToAndLeaveTheRest) {
  const auto other = face_of(2);
  for (std::size_t kind = 0; kind < kCoverNames.size(); ++kind) {
    const auto cover = static_cast<Cover>(kind);
    for (const auto place : {Place::kEyes, Place::kMouth, Place::kElsewhere}) {
      if (!can_lie(cover, place)) continue;
      for (std::uint64_t round = 0; round < 40; ++round) {
        const auto face = face_of(1);
        auto covered = face, again = face;
        Dice dice{7, kind, round}, same{7, kind, round};
        draw_cover(covered, cover, place, other, dice);
        draw_cover(again, cover, place, other, same);
        ASSERT_EQ(covered, again);
        const int eyes = changed(face, covered, 17, 21), mouth = changed(face, covered, 36, 40);
        const auto what = std::string{kCoverNames.at(kind)};
        // 64 pixels each; between the glasses some are bare.
        EXPECT_EQ(eyes > 24, place == Place::kEyes) << what << ": " << eyes;
        EXPECT_EQ(mouth > 48, place == Place::kMouth) << what << ": " << mouth;
        EXPECT_LT(place == Place::kEyes ? mouth : eyes, 6) << what;
      }
    }
  }
}

}  // namespace
}  // namespace harmonic::evaluate
