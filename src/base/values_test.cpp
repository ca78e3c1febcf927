// The small value types: dice.h, ids.h, valence_arousal.h, music_units.h.
#include <gtest/gtest.h>

#include <limits>
#include <type_traits>
#include <unordered_set>

#include "base/dice.h"
#include "base/ids.h"
#include "base/music_units.h"
#include "base/valence_arousal.h"

namespace harmonic {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

// The failure: a listener's number is handed in where a song's is wanted.
static_assert(!std::is_convertible_v<SongId, ListenerId>);
static_assert(!std::is_convertible_v<std::int64_t, SongId>);

TEST(Id, ComparesAndHashes) {
  EXPECT_EQ(SongId{}.value, 0) << "not stored yet";
  EXPECT_LT(SongId{1}, SongId{2});
  const std::unordered_set<SongId> set{SongId{1}, SongId{2}, SongId{1}};
  EXPECT_EQ(set.size(), 2U);
  EXPECT_TRUE(set.contains(SongId{2}));
}

// The failure: one NaN from an analysis makes every distance to the song NaN.
TEST(ValenceArousal, IsAlwaysFiniteAndInsideThePlane) {
  struct Case {
    double in;
    float out;
  };
  for (const auto& [in, out] :
       {Case{0.5, 0.5F}, Case{-1.0, -1.0F}, Case{1.5, 1.0F}, Case{-7.0, -1.0F}, Case{kInf, 1.0F},
        Case{-kInf, -1.0F}, Case{kNan, 0.0F}, Case{1.0 + 1e-12, 1.0F}}) {
    EXPECT_EQ(ValenceArousal::clamped(in, 0).valence(), out) << in;
    EXPECT_EQ(ValenceArousal::clamped(0, in).arousal(), out) << in;
  }
  EXPECT_EQ(ValenceArousal{}, ValenceArousal::clamped(0, 0));
}

TEST(ValenceArousal, DistanceIsEuclidean) {
  const auto a = ValenceArousal::clamped(-0.3, 0.1);
  const auto b = ValenceArousal::clamped(0.0, 0.5);
  EXPECT_FLOAT_EQ(distance(a, b), 0.5F);
  EXPECT_FLOAT_EQ(distance(b, a), 0.5F);
  EXPECT_EQ(distance(a, a), 0.0F);
}

TEST(Tempo, RefusesWhatIsNoTempo) {
  for (const double bpm : {kNan, 0.0, -120.0, kInf, 19.9, 400.1}) {
    const auto tempo = Tempo::from_bpm(bpm);
    ASSERT_FALSE(tempo) << bpm;
    EXPECT_EQ(tempo.error().kind, ErrorKind::kInvalidInput);
  }
  for (const double bpm : {20.0, 128.5, 400.0}) EXPECT_EQ(Tempo::from_bpm(bpm)->bpm(), bpm);
  EXPECT_LT(*Tempo::from_bpm(90), *Tempo::from_bpm(91));
}

TEST(Key, HasAName) {
  struct Case {
    Key key;
    const char* name = "";
  };
  for (const auto& [key, name] :
       {Case{{0, Mode::kMajor}, "C major"}, Case{{6, Mode::kMinor}, "F# minor"},
        Case{{11, Mode::kMajor}, "B major"}, Case{{9, Mode::kMinor}, "A minor"}}) {
    EXPECT_EQ(name_of(key), name);
  }
  EXPECT_EQ(name_of({255, Mode::kMajor}).substr(0, 2), "D#") << "no tonic reads past the table";
}

// The failure: what a song is given by chance depends on the order in which songs are gone through.
TEST(Dice, TheNthIsTheSameWithoutThoseBeforeIt) {
  const Dice before{7, 3};
  Dice dice = before;
  for (std::uint64_t n = 0; n < 100; ++n) EXPECT_EQ(before.unit_at(n), dice.unit()) << n;
  EXPECT_NE(before.unit_at(5), (Dice{8, 3}.unit_at(5)));
}

}  // namespace
}  // namespace harmonic
