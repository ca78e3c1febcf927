#include "journey/journey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "base/dice.h"
#include "journey/costs.h"
#include "recommend/library_for_tests.h"

namespace harmonic::journey {
namespace {

using namespace std::chrono_literals;
using catalog::SongHistory;
using recommend::Snapshot;
using recommend::song;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

ValenceArousal at(double valence, double arousal = 0) {
  return ValenceArousal::clamped(valence, arousal);
}

std::vector<std::int64_t> ids(const Journey& journey) {
  std::vector<std::int64_t> all;
  for (const Stop& stop : journey.stops) all.push_back(stop.song.value);
  return all;
}

Journey planned(std::vector<catalog::Song> songs, const Options& options,
                const std::vector<SongHistory>& history = {}) {
  return plan(Snapshot::build(std::move(songs)), history, options);
}

ValenceArousal anywhere(Dice& dice) {
  return at(static_cast<double>(dice.between(-1, 1)), static_cast<double>(dice.between(-1, 1)));
}

/// Counted from the songs' own moods.
void expect_kept(const Snapshot& snapshot, const Options& options, const Journey& journey) {
  std::set<std::int64_t> once;
  for (std::size_t i = 0; i < journey.stops.size(); ++i) {
    const auto mood = *snapshot.mood(journey.stops[i].index);
    EXPECT_TRUE(once.insert(journey.stops[i].song.value).second);
    EXPECT_FALSE(journey.stops[i].reasons.empty());
    if (i == 0) continue;
    const auto before = *snapshot.mood(journey.stops[i - 1].index);
    EXPECT_LE(distance(before, mood), journey.bound);
    if (!options.via.empty()) continue;
    EXPECT_LT(distance(mood, options.to), distance(before, options.to));
  }
  EXPECT_EQ(journey.stops.size() < journey.asked,
            !journey.notes.empty() && journey.notes[0].find("only") == 0);
}

// The promise: no step leads away from the target and none is longer than the bound that is told,
// from wherever to wherever.
TEST(Journey, GoesNearerInBoundedStepsFromThousandStarts) {
  const auto snapshot = Snapshot::build(recommend::spread_library(300, 60));
  Dice dice{11};
  std::size_t whole = 0;
  std::size_t unforced = 0;
  for (int i = 0; i < 1000; ++i) {
    Options options{.from = anywhere(dice), .to = anywhere(dice)};
    options.songs = 3 + static_cast<std::size_t>(dice.below(8));
    const auto journey = plan(snapshot, {}, options);
    expect_kept(snapshot, options, journey);
    whole += journey.stops.size() == options.songs ? 1U : 0U;
    unforced += journey.bound_by != BoundBy::kLibrary ? 1U : 0U;
  }
  EXPECT_GE(whole, 950U);
  EXPECT_GE(unforced, 950U);
}

TEST(Journey, SaysSoWhereALibraryIsTooThin) {
  const auto snapshot = Snapshot::build(recommend::spread_library(12, 4));
  Dice dice{5};
  std::size_t short_ones = 0;
  for (int i = 0; i < 200; ++i) {
    Options options{.from = anywhere(dice), .to = anywhere(dice)};
    const auto journey = plan(snapshot, {}, options);
    ASSERT_FALSE(journey.stops.empty());
    expect_kept(snapshot, options, journey);
    short_ones += journey.stops.size() < options.songs ? 1U : 0U;
  }
  EXPECT_GT(short_ones, 100U);
}

TEST(Journey, BehavesOnLibrariesOfAnySize) {
  catalog::Song bare;
  bare.id = SongId{3};
  const auto strange = song(3, "c", 0.2, 0.1, {std::numeric_limits<float>::quiet_NaN(), 1e38F});
  struct Case {
    const char* name;
    std::vector<catalog::Song> songs;
    std::size_t expected;
  };
  const std::vector<Case> cases{
      {"empty", {}, 0},
      {"one", {song(1, "a", 0, 0, {1, 2})}, 1},
      {"three on the way",
       {song(1, "a", -0.7, 0, {1}), song(2, "b", 0, 0, {2}), song(3, "", 0.7, 0, {3})},
       3},
      {"no features", {song(1, "a", -0.5, 0), song(2, "b", 0.5, 0)}, 2},
      {"all equal", {song(1, "a", 0.3, 0.3, {1, 1}), song(2, "b", 0.3, 0.3, {1, 1})}, 2},
      {"NaN", {song(1, "a", -0.6, 0, {1, 2}), song(2, "b", 0.6, 0.1, {3, 4}), strange}, 3},
      {"nothing measured", {bare}, 0},
  };
  for (const auto& [name, songs, expected] : cases) {
    SCOPED_TRACE(name);
    const Options options{.from = at(-0.8), .to = at(0.8)};
    const auto journey = planned(songs, options);
    EXPECT_EQ(journey.stops.size(), expected);
    EXPECT_FALSE(journey.notes.empty());
    const Options still{.from = at(0.3, 0.3), .to = at(0.3, 0.3)};
    EXPECT_EQ(planned(songs, still).stops.empty(), expected == 0);
  }
  EXPECT_THAT(planned({}, {.from = at(-0.8), .to = at(0.8)}).notes,
              ElementsAre(HasSubstr("no song")));
}

TEST(Journey, IsThereAlreadyWhereStartAndTargetAreOne) {
  const auto snapshot = Snapshot::build(recommend::spread_library(400, 60));
  const Options options{.from = at(0.3, 0.2), .to = at(0.3, 0.2)};
  const auto journey = plan(snapshot, {}, options);
  EXPECT_EQ(journey.stops.size(), options.songs);
  for (const Stop& stop : journey.stops)
    EXPECT_LE(distance(*snapshot.mood(stop.index), options.to), kShortStep + kMeeting);
  EXPECT_EQ(journey.bound, kShortStep);
}

TEST(Journey, NeverOffersWhatIsBannedExcludedOrACopy) {
  std::vector<catalog::Song> songs{song(1, "Ann", -0.7, 0), song(2, "Bob", -0.7, 0.05),
                                   song(3, "cat", 0, 0), song(4, "cat", 0.7, 0)};
  auto copy = songs[2];
  copy.id = SongId{5};
  songs[2].content = copy.content = catalog::ContentKey{};
  songs.push_back(copy);
  Options options{.from = at(-0.7), .to = at(0.7)};
  options.songs = 5;
  options.banned_artists = {"ANN"};
  EXPECT_THAT(ids(planned(songs, options)), ElementsAre(2, 3, 4));
  options.exclude = {SongId{3}};
  EXPECT_THAT(ids(planned(songs, options)), ElementsAre(2, 5, 4));
  options.banned_artists = {"ann", "bob", "cat"};
  const auto journey = planned(songs, options);
  EXPECT_TRUE(journey.stops.empty());
  EXPECT_THAT(journey.notes, ElementsAre(HasSubstr("banned")));
}

TEST(Journey, PrefersASmoothStep) {
  const auto with_tempo = [](catalog::Song one, double bpm) {
    one.sound.tempo = Tempo::from_bpm(bpm).value();
    return one;
  };
  const std::vector<catalog::Song> tempos{
      with_tempo(song(1, "a", -0.5, 0), 100), with_tempo(song(2, "b", 0, 0.02), 140),
      with_tempo(song(3, "c", 0, -0.02), 104), with_tempo(song(4, "d", 0.5, 0), 210)};
  Options options{.from = at(-0.5), .to = at(0.5)};
  options.songs = 3;
  const auto journey = planned(tempos, options);
  EXPECT_THAT(ids(journey), ElementsAre(1, 3, 4));
  EXPECT_THAT(journey.stops[1].reasons, Contains("second of three steps toward valence +0.50, "
                                                 "arousal +0.00"));
  EXPECT_THAT(journey.stops[1].reasons, Contains("4 BPM faster than the last"));
  EXPECT_THAT(journey.stops[2].reasons, Contains("about twice the beats of the last"));

  const std::vector<catalog::Song> sounds{
      song(1, "a", -0.5, 0, {1, 0, 0}), song(2, "b", 0, 0.02, {-1, 1, 0}),
      song(3, "c", 0, -0.02, {1, 0, 0.1F}), song(4, "d", 0.5, 0, {1, -1, 0})};
  EXPECT_THAT(ids(planned(sounds, options)), ElementsAre(1, 3, 4));

  const std::vector<catalog::Song> artists{song(1, "a", -0.5, 0), song(2, "a", 0, 0.02),
                                           song(3, "b", 0, -0.02), song(4, "c", 0.5, 0)};
  EXPECT_THAT(ids(planned(artists, options)), ElementsAre(1, 3, 4));
}

TEST(Journey, HeedsHabitsTheClockAndTheSeed) {
  const std::vector<catalog::Song> songs{song(1, "a", -0.5, 0), song(2, "b", 0, 0.02),
                                         song(3, "c", 0, -0.02), song(4, "d", 0.5, 0)};
  Options options{.from = at(-0.5), .to = at(0.5)};
  options.songs = 3;
  EXPECT_THAT(ids(planned(songs, options, {{SongId{3}, 4, 0, true, {}}})), ElementsAre(1, 3, 4));
  EXPECT_THAT(ids(planned(songs, options, {{SongId{3}, 0, 4, false, {}}})), ElementsAre(1, 2, 4));
  const std::chrono::system_clock::time_point now{100h};
  options.now = now;
  EXPECT_THAT(ids(planned(songs, options, {{SongId{3}, 4, 0, true, now - 10min}})),
              ElementsAre(1, 2, 4));
  EXPECT_THAT(ids(planned(songs, options, {{SongId{3}, 4, 0, true, now - 10h}})),
              ElementsAre(1, 3, 4));
  std::set<std::int64_t> second;
  for (options.seed = 1; options.seed <= 20; ++options.seed) {
    const auto once = ids(planned(songs, options));
    EXPECT_EQ(once, ids(planned(songs, options)));
    second.insert(once[1]);
  }
  EXPECT_EQ(second.size(), 2U);
}

// The failure: a bend that only the picture shows.
TEST(Journey, FollowsABend) {
  const auto snapshot = Snapshot::build(recommend::spread_library(500, 100));
  Options options{.from = at(-0.6, -0.4), .to = at(0.6, -0.4)};
  const auto highest = [&](const Journey& journey) {
    float most = -1;
    for (const Stop& stop : journey.stops)
      most = std::max(most, snapshot.mood(stop.index)->arousal());
    return most;
  };
  const auto straight = plan(snapshot, {}, options);
  options.via = {at(0, 0.6)};
  const auto bent = plan(snapshot, {}, options);
  EXPECT_LT(highest(straight), 0.0F);
  EXPECT_GT(highest(bent), 0.3F);
  EXPECT_EQ(bent.stops.size(), options.songs);
  expect_kept(snapshot, options, bent);
  for (std::size_t i = 1; i < bent.stops.size(); ++i) {
    const auto end = bent.stops[i].leg == 0 ? options.via[0] : options.to;
    EXPECT_LT(distance(*snapshot.mood(bent.stops[i].index), end),
              distance(*snapshot.mood(bent.stops[i - 1].index), end));
  }

  // There and back again: no song comes twice.
  options = {.from = at(-0.5), .to = at(-0.5), .via = {at(0.5)}};
  options.songs = 12;
  const auto round = plan(snapshot, {}, options);
  EXPECT_EQ(round.stops.size(), 12U);
  expect_kept(snapshot, options, round);
}

TEST(Journey, FillsMinutes) {
  auto songs = recommend::spread_library(500, 100);
  for (auto& one : songs)
    one.duration = std::chrono::milliseconds{120'000 + one.id.value % 240 * 1000};
  const auto snapshot = Snapshot::build(songs);
  Options options{.from = at(-0.6, 0.6), .to = at(0.6, -0.6)};
  for (const auto length : {10min, 30min, 60min}) {
    options.length = length;
    const auto journey = plan(snapshot, {}, options);
    EXPECT_LT(std::chrono::abs(journey.length - length), 3min);
    expect_kept(snapshot, options, journey);
  }
}

TEST(OctavesApart, TakesTwiceAsFastForTheSame) {
  const auto bpm = [](double value) { return Tempo::from_bpm(value).value(); };
  EXPECT_NEAR(octaves_apart(bpm(60), bpm(120)), 0, 1e-6);
  EXPECT_NEAR(octaves_apart(bpm(120), bpm(63)), std::log2(126.0 / 120), 1e-6);
  EXPECT_NEAR(octaves_apart(bpm(100), bpm(100 * std::sqrt(2.0))), 0.5, 1e-6);
}

}  // namespace
}  // namespace harmonic::journey
