#include "recommend/snapshot.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "recommend/library_for_tests.h"

namespace harmonic::recommend {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

float dot(const std::array<float, 3>& a, const std::array<float, 3>& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// The failure of a plain cosine of (valence, arousal): a mood twice as strong is "the same", and
// neutral has no direction.
TEST(Sphere, CosineFallsWithDistanceEverywhere) {
  for (const auto& [v, a] : {std::pair{0.0, 0.0}, {0.8, 0.5}, {-0.7, -0.4}, {0.1, -0.9}}) {
    const auto target = ValenceArousal::clamped(v, a);
    for (double angle = 0; angle < 2 * std::numbers::pi; angle += 0.7) {
      float last = 1.0F + 1e-6F;
      for (double away = 0; away < 0.9; away += 0.1) {
        const double x = v + away * std::cos(angle);
        const double y = a + away * std::sin(angle);
        if (std::abs(x) > 1 || std::abs(y) > 1) break;
        const float cosine = dot(on_sphere(target), on_sphere(ValenceArousal::clamped(x, y)));
        EXPECT_LT(cosine, last) << v << "," << a << " to " << x << "," << y;
        last = cosine;
      }
    }
  }
}

TEST(Sphere, HasLengthOneAndOneRadianAUnit) {
  for (const auto& [v, a] : {std::pair{0.0, 0.0}, {1.0, 1.0}, {-1.0, 0.3}, {1e-6, 0.0}}) {
    const auto point = on_sphere(ValenceArousal::clamped(v, a));
    EXPECT_NEAR(dot(point, point), 1.0F, 1e-5F);
  }
  const auto middle = on_sphere({});
  EXPECT_NEAR(dot(middle, on_sphere(ValenceArousal::clamped(0.6, 0.8))), std::cos(1.0F), 1e-5F);
}

TEST(Snapshot, KnowsItsSongs) {
  const auto made = Snapshot::build({song(5, "A", 0, 0), song(3, " a ", 0, 0), song(9, "", 0, 0),
                                     song(10, "\t", 0, 0), song(11, "B", 0, 0)},
                                    42);
  EXPECT_EQ(made.revision(), 42);
  EXPECT_EQ(made.size(), 5U);
  EXPECT_EQ(made.index_of(SongId{3}), 1U);
  EXPECT_EQ(made.index_of(SongId{4}), std::nullopt);
  EXPECT_EQ(made.artist(0), made.artist(1)) << "letter case and outer spaces aside";
  EXPECT_EQ(made.artist(2), made.artist(3)) << "nobody is one";
  EXPECT_EQ(made.artist_count(), 3U);
  EXPECT_TRUE(Snapshot{}.empty());
  EXPECT_TRUE(Snapshot::build({}).empty());
}

// The failures: vectors of two analyses compared number by number; a song that was not heard yet
// taken for a neutral one.
TEST(Snapshot, ComparesOnlyWhatOneAnalysisMade) {
  auto older = song(4, "d", 0.1, 0.1, {100, 200});
  older.sound.version = 0;
  catalog::Song nothing;
  nothing.id = SongId{6};
  const auto made =
      Snapshot::build({song(1, "a", 0, 0, {1, 2}), song(2, "b", 0, 0, {2, 1}),
                       song(3, "c", 0, 0, {1, 2, 3}), older, song(5, "e", 0, 0), nothing});
  EXPECT_EQ(made.dimensions(), 2U);
  const std::vector<bool> sounds{true, true, false, false, false, false};
  const std::vector<bool> measured{true, true, true, true, true, false};
  for (std::size_t i = 0; i < made.size(); ++i) {
    EXPECT_EQ(made.has_sound(i), sounds[i]) << i;
    EXPECT_EQ(made.measured(i), measured[i]) << i;
  }
}

TEST(Snapshot, CosineIsOneAtTheTargetAndFiniteAnywhere) {
  const std::vector<std::vector<catalog::Song>> libraries{
      {},
      {song(1, "a", 0.5, 0.5, {1, 2, 3})},
      {song(1, "a", 0.5, 0.5, {1, 1}), song(2, "b", 0.5, 0.5, {1, 1})},
      {song(1, "a", 0.5, 0.5, {kNan, 1}), song(2, "b", -0.5, 0.5, {1, kNan}), song(3, "c", 0, 0)},
      spread_library(50, 5),
  };
  for (const auto& library : libraries) {
    const auto made = Snapshot::build(library);
    for (const double valence : {-1.0, 0.0, 0.5, 1.0}) {
      const auto direction = made.toward(ValenceArousal::clamped(valence, valence));
      for (std::size_t i = 0; i < made.size(); ++i) {
        const float cosine = made.sound_cosine(direction, i);
        EXPECT_LE(std::abs(made.mood_cosine(direction, i)), 1.0F + 1e-5F);
        EXPECT_TRUE(std::isfinite(cosine));
        EXPECT_LE(std::abs(cosine), 1.0F + 1e-5F);
      }
    }
  }
  const auto alone =
      Snapshot::build({song(1, "a", 0.5, 0.5, {1, 2}), song(2, "b", -0.9, 0, {2, 1})});
  const auto there = alone.toward(ValenceArousal::clamped(0.5, 0.5));
  EXPECT_GT(alone.mood_cosine(there, 0), 0.99F);
}

// The bare target's sound: that of the songs around it, not of the whole library.
TEST(Snapshot, GivesATargetTheSoundOfItsNeighbourhood) {
  std::vector<catalog::Song> songs;
  for (int i = 1; i <= 20; ++i) {
    const double side = i % 2 == 0 ? 0.7 : -0.7;
    songs.push_back(song(i, "a", side, 0, {static_cast<float>(side), static_cast<float>(i % 3)}));
  }
  const auto made = Snapshot::build(songs);
  const auto right = made.toward(ValenceArousal::clamped(0.7, 0));
  const auto left = made.toward(ValenceArousal::clamped(-0.7, 0));
  EXPECT_GT(right.sound[0], 0.9F);
  EXPECT_LT(left.sound[0], -0.9F);
}

// The failure: what was made small comes back as something else.
TEST(Snapshot, TellsOfASongWhatItWasTold) {
  auto whole = song(7, "Ann", 0.25, -0.5, {1, 2});
  whole.tags.title = "Title";
  whole.tags.album = "Ann";  // a text that is there already
  whole.tags.genre = "Genre";
  whole.container = "flac";
  whole.duration = std::chrono::milliseconds{std::int64_t{1} << 40};
  whole.content.emplace().back() = std::byte{9};
  whole.sound.tempo = *Tempo::from_bpm(120.25);
  whole.sound.key = Key{3, Mode::kMinor};
  whole.sound.loudness_lufs = -9.5F;
  catalog::Song bare;
  bare.id = SongId{8};
  bare.path = "/music/01. Name.of it.mp3";
  const auto made = Snapshot::build({whole, bare, whole});
  for (const std::size_t index : {0U, 2U}) {
    const auto told = made.song(index);
    EXPECT_EQ(told.id, whole.id);
    EXPECT_EQ(told.title, "Title");
    EXPECT_EQ(told.artist, "Ann");
    EXPECT_EQ(told.album, "Ann");
    EXPECT_EQ(told.genre, "Genre");
    EXPECT_EQ(told.container, "flac");
    EXPECT_EQ(told.duration, whole.duration);
    EXPECT_EQ(told.content, whole.content);
    EXPECT_EQ(told.mood, whole.sound.mood);
    EXPECT_EQ(told.tempo, whole.sound.tempo);
    EXPECT_EQ(told.key, whole.sound.key);
    EXPECT_EQ(told.loudness_lufs, whole.sound.loudness_lufs);
  }
  const auto told = made.song(1);
  EXPECT_EQ(told.shown_title(), "01. Name.of it");
  EXPECT_EQ(told.shown_artist(), "Unknown artist");
  EXPECT_TRUE(told.title.empty()) << "the file's name is no title";
  EXPECT_FALSE(told.mood || told.tempo || told.key || told.loudness_lufs || told.content);
}

TEST(Snapshot, NumbersArtistsAndAlbums) {
  auto songs = std::vector{song(1, "A", 0, 0), song(2, " a", 0, 0), song(3, "b", 0, 0),
                           song(4, "b", 0, 0), song(5, "A", 0, 0)};
  for (auto& one : songs) one.tags.album = "Best of";
  songs[3].tags.album_artist = "a";
  songs[4].tags.album.clear();
  const auto made = Snapshot::build(songs);
  EXPECT_EQ(made.artist_named(" A "), made.artist(0));
  EXPECT_EQ(made.artist_named("nobody"), std::nullopt);
  EXPECT_EQ(made.album(0), made.album(1));
  EXPECT_NE(made.album(0), made.album(2)) << "another artist's best";
  EXPECT_EQ(made.album(0), made.album(3)) << "a guest on it";
  EXPECT_NE(made.album(4), made.album(0)) << "on no album";
}

}  // namespace
}  // namespace harmonic::recommend
