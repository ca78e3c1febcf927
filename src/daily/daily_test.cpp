#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "daily/lists.h"
#include "daily/moods.h"

namespace harmonic::daily {
namespace {

using namespace std::chrono;
using catalog::DailyList;
using catalog::Play;
using catalog::PlayOutcome;
using testing::HasSubstr;
using testing::StartsWith;

constexpr sys_days kSunday{2023y / November / 12};

std::vector<catalog::Song> library(int count) {
  std::mt19937 random{3};
  std::uniform_real_distribution<double> plane{-0.9, 0.9};
  std::vector<catalog::Song> songs;
  for (int i = 1; i <= count; ++i) {
    catalog::Song song;
    song.id = SongId{i};
    song.tags.artist = "artist " + std::to_string(i % 40);
    song.sound.version = 1;
    song.sound.mood = ValenceArousal::clamped(plane(random), plane(random));
    songs.push_back(std::move(song));
  }
  return songs;
}

class Kept final : public catalog::DailyLists {
 public:
  Result<std::vector<Play>> plays_before(ListenerId /*listener*/,
                                         system_clock::time_point /*end*/) const override {
    return std::vector<Play>{};
  }
  Result<std::vector<DailyList>> lists(ListenerId /*listener*/, std::int64_t day) const override {
    const auto found = days_.find(day);
    return found == days_.end() ? std::vector<DailyList>{} : found->second;
  }
  Result<std::vector<DailyList>> keep_lists(ListenerId /*listener*/, std::int64_t day,
                                            std::span<const DailyList> lists) override {
    return days_[day] = {lists.begin(), lists.end()};
  }

 private:
  std::map<std::int64_t, std::vector<DailyList>> days_;
};

TEST(Day, BeginsAtMidnightOfTheWall) {
  const auto late = sys_days{kSunday} + 23h + 30min;
  EXPECT_EQ(Day::of(late, 0s).date, kSunday);
  EXPECT_EQ(Day::of(late, 1h).date, kSunday + days{1});
  EXPECT_EQ(Day::of(late, 1h).begin(), sys_days{kSunday} + 23h);
  EXPECT_EQ(weekday_of(Day::of(late, 0s)), "Sunday");
  const std::vector<std::pair<hours, DayPart>> table{
      {0h, DayPart::kNight},    {4h, DayPart::kNight},      {5h, DayPart::kMorning},
      {11h, DayPart::kMorning}, {12h, DayPart::kAfternoon}, {17h, DayPart::kEvening},
      {21h, DayPart::kEvening}, {22h, DayPart::kNight}};
  for (const auto& [hour, part] : table)
    EXPECT_EQ(part_of(kSunday + hour - 2h, 2h), part) << hour.count();
}

TEST(Moods, TheUsualOneUntilThePartIsKnown) {
  const auto songs = recommend::Snapshot::build(library(10));
  const Day today{kSunday, 0s};
  auto moods = moods_of(today, {}, songs);
  for (std::size_t i = 0; i < moods.size(); ++i)
    EXPECT_LT(distance(moods.at(i), usual_mood(static_cast<DayPart>(i))), 1e-6F);
  const auto sad = ValenceArousal::clamped(-0.8, -0.5);
  std::vector<Play> plays;
  for (int i = 0; i < 40; ++i)
    plays.push_back({{}, SongId{1}, kSunday - 24h + 8h, 3min, PlayOutcome::kFinished, sad});
  plays.push_back({{}, SongId{1}, kSunday + 13h, 3min, PlayOutcome::kFinished, sad});
  plays.push_back({{}, SongId{1}, kSunday - 4h, 3min, PlayOutcome::kSkipped, std::nullopt});
  moods = moods_of(today, plays, songs);
  EXPECT_LT(distance(moods[0], sad), 0.2F);
  EXPECT_LT(distance(moods[1], usual_mood(DayPart::kAfternoon)), 1e-6F) << "that is today's";
  EXPECT_LT(distance(moods[2], usual_mood(DayPart::kEvening)), 1e-6F) << "that was skipped";
  for (auto& play : plays) play.started_at -= days{365};
  moods = moods_of(today, plays, songs);
  EXPECT_LT(distance(moods[0], usual_mood(DayPart::kMorning)), 0.1F) << "a year ago";
  Play heard{{}, SongId{2}, kSunday - 24h + 8h, 3min, PlayOutcome::kFinished, std::nullopt};
  const std::vector<Play> many(200, heard);
  EXPECT_LT(distance(moods_of(today, many, songs)[0], *songs.mood(1)), 0.1F);
}

TEST(Moods, Words) {
  const auto words = [](double v, double a) { return words_for(ValenceArousal::clamped(v, a)); };
  EXPECT_EQ(words(0.5, -0.5), "calm and bright");
  EXPECT_EQ(words(-0.5, 0.5), "lively and dark");
  EXPECT_EQ(words(0, -0.5), "calm");
  EXPECT_EQ(words(0.5, 0), "bright");
  EXPECT_EQ(words(0.1, -0.1), "in between");
}

TEST(Lists, FourListsThatShareNoSong) {
  const auto songs = recommend::Snapshot::build(library(400));
  const auto lists = lists_of({{kSunday, 0s}, ListenerId{1}, songs, {}, {}});
  ASSERT_EQ(lists.size(), catalog::kDayParts);
  std::set<std::int64_t> all;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    EXPECT_EQ(lists[i].part, static_cast<DayPart>(i));
    EXPECT_EQ(lists[i].songs.size(), kListSongs);
    std::map<std::uint32_t, std::size_t> artists;
    for (const auto song : lists[i].songs) {
      all.insert(song.value);
      ++artists[songs.artist(*songs.index_of(song))];
    }
    for (const auto& [artist, count] : artists) EXPECT_LE(count, kOfOneArtist);
  }
  EXPECT_EQ(all.size(), catalog::kDayParts * kListSongs);
  EXPECT_THAT(lists[0].title, StartsWith("Sunday morning, "));
  EXPECT_THAT(lists[3].title, HasSubstr("night, calm"));
}

TEST(Lists, OtherDaysAndOtherListenersHaveOthers) {
  const auto songs = recommend::Snapshot::build(library(400));
  const auto lists = [&](days later, std::int64_t listener) {
    return lists_of({{kSunday + later, 0s}, ListenerId{listener}, songs, {}, {}});
  };
  EXPECT_EQ(lists(days{0}, 1), lists(days{0}, 1));
  EXPECT_NE(lists(days{0}, 1)[0].songs, lists(days{0}, 2)[0].songs);
  const auto today = lists(days{0}, 1)[0].songs;
  std::set<SongId> both(today.begin(), today.end());
  const auto tomorrow = lists(days{1}, 1)[0].songs;
  both.insert(tomorrow.begin(), tomorrow.end());
  EXPECT_GE(both.size(), kListSongs + 5) << "tomorrow's list is hardly another";
}

TEST(Lists, SmallLibraries) {
  const auto of = [](int count) {
    const auto songs = recommend::Snapshot::build(library(count));
    return lists_of({{kSunday, 0s}, ListenerId{1}, songs, {}, {}});
  };
  EXPECT_TRUE(of(0).empty());
  for (const int count : {1, 3, 19, 20, 60}) {
    const auto lists = of(count);
    ASSERT_EQ(lists.size(), catalog::kDayParts) << count;
    for (const auto& list : lists)
      EXPECT_GE(list.songs.size(), std::min<std::size_t>(static_cast<std::size_t>(count), 5));
  }
}

TEST(Lists, AMoodsListStaysThroughTheDay) {
  const auto songs = recommend::Snapshot::build(library(400));
  const Day today{kSunday, 0s};
  const auto morning = list_for(affect::Emotion::kSad, {today, ListenerId{1}, songs, {}, {}});
  EXPECT_EQ(morning.title, "Sunday, sad");
  EXPECT_EQ(morning.songs.size(), kListSongs);
  const std::vector<Play> plays{
      {{}, morning.songs[0], kSunday + 9h, 3min, PlayOutcome::kFinished, std::nullopt}};
  const std::vector<catalog::SongHistory> history{{morning.songs[3], 1, 0, true, kSunday + 9h}};
  EXPECT_EQ(list_for(affect::Emotion::kSad, {today, ListenerId{1}, songs, plays, history}),
            morning);
}

TEST(Today, IsKeptOnceTheLibraryIsHeard) {
  Kept kept;
  auto some = library(50);
  some[0].sound.mood.reset();
  const auto growing = recommend::Snapshot::build(some);
  const auto full = recommend::Snapshot::build(library(400));
  const Day today{kSunday, 0s};
  ASSERT_TRUE(today_of(kept, {today, ListenerId{1}, growing, {}, {}}));
  EXPECT_TRUE(kept.lists({}, today.number())->empty()) << "more songs will come";
  const auto first = *today_of(kept, {today, ListenerId{1}, full, {}, {}});
  EXPECT_EQ(*kept.lists({}, today.number()), first);
  const auto larger = recommend::Snapshot::build(library(500));
  EXPECT_EQ(*today_of(kept, {today, ListenerId{1}, larger, {}, {}}), first);
}

}  // namespace
}  // namespace harmonic::daily
