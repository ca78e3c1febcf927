#include "recommend/parts.h"

#include <gtest/gtest.h>

#include <cmath>

namespace harmonic::recommend {
namespace {

TEST(Weights, AddUpToOneWhateverTheirSize) {
  for (const char* text : {"mood=600", "*,novelty=-3", "sound=0,habit=0", "*,chance=1e-20"}) {
    const auto weights = Weights::read(text, Weights{});
    ASSERT_TRUE(weights) << text;
    float sum = 0;
    for (std::size_t part = 0; part < kParts; ++part)
      sum += std::abs((*weights)[static_cast<Part>(part)]);
    EXPECT_NEAR(sum, 1.0F, 1e-5F) << text;
  }
  const auto alone = Weights::read("*,mood=3,habit=1", Weights{});
  EXPECT_FLOAT_EQ((*alone)[Part::kMood], 0.75F);
  EXPECT_FLOAT_EQ((*alone)[Part::kSound], 0.0F);
}

TEST(Weights, ReadWhatTheyWrite) {
  for (const char* text : {"mood=6", "novelty=-1,chance=0.3", "*,sound=2,habit=1"}) {
    const auto weights = *Weights::read(text, Weights{});
    const auto again = Weights::read(weights.text(), Weights{});
    ASSERT_TRUE(again);
    for (std::size_t part = 0; part < kParts; ++part)
      EXPECT_NEAR((*again)[static_cast<Part>(part)], weights[static_cast<Part>(part)], 1e-5F);
  }
}

TEST(Weights, SayWhatIsWrong) {
  for (const char* text :
       {"", "mood", "mood=", "mood=x", "mood=1x", "luck=1", "habit=-1", "mood=nan", "mood=inf", "*",
        "mood=1,,habit=1", "*,mood=0,novelty=0", "mood=1 habit=1"}) {
    const auto weights = Weights::read(text, Weights{});
    ASSERT_FALSE(weights) << text;
    EXPECT_NE(weights.error().message.find("for example mood=6"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace harmonic::recommend
