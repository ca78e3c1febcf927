#include "evaluate/votes.h"

#include <gtest/gtest.h>

namespace harmonic::evaluate {
namespace {

using affect::Emotion;

TEST(Votes, MajorityNeedsMoreThanHalfOfWhatIsLeft) {
  struct Case {
    const char* why;
    Votes votes;
    std::optional<Emotion> wanted;
  };
  const std::array cases{
      Case{"all agree", {{0, 10, 0, 0, 0, 0, 0, 0}, 0, 0}, Emotion::kHappy},
      Case{"half is not more than half", {{5, 5, 0, 0, 0, 0, 0, 0}, 0, 0}, std::nullopt},
      Case{"single votes are slips", {{1, 0, 0, 5, 1, 1, 1, 1}, 0, 0}, Emotion::kSad},
      Case{"two votes are an opinion", {{0, 0, 0, 4, 2, 2, 0, 0}, 0, 0}, std::nullopt},
      Case{"unknown is an answer", {{0, 0, 4, 0, 0, 0, 0, 0}, 6, 0}, std::nullopt},
      Case{"unknown may lose", {{0, 0, 6, 0, 0, 0, 0, 0}, 4, 0}, Emotion::kSurprised},
      Case{"no face", {{0, 0, 0, 0, 0, 0, 0, 0}, 0, 10}, std::nullopt},
      Case{"contempt is not among the seven", {{1, 0, 0, 0, 2, 0, 0, 7}, 0, 0}, std::nullopt},
      Case{"nobody voted", {}, std::nullopt},
      Case{"only slips", {{1, 1, 1, 1, 1, 1, 1, 1}, 1, 1}, std::nullopt},
      Case{"afraid is the seventh", {{0, 0, 0, 0, 0, 0, 9, 0}, 0, 0}, Emotion::kAfraid},
  };
  for (const auto& [why, votes, wanted] : cases) EXPECT_EQ(majority_of(votes), wanted) << why;
}

}  // namespace
}  // namespace harmonic::evaluate
