#include "daily/lists.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "affect/circumplex.h"
#include "base/dice.h"
#include "daily/moods.h"
#include "recommend/rank.h"

namespace harmonic::daily {

namespace {

using catalog::DailyList;
using catalog::SongHistory;

std::size_t heard_songs(const recommend::Snapshot& songs) {
  std::size_t heard = 0;
  for (std::size_t i = 0; i < songs.size(); ++i) heard += songs.measured(i) ? 1 : 0;
  return heard;
}

/// What stood in the listener's history when the day began.
std::vector<SongHistory> history_at_dawn(const Grounds& grounds, bool with_likes) {
  std::unordered_map<SongId, SongHistory> by_song;
  for (const auto& play : grounds.plays) {
    if (play.started_at >= grounds.day.begin()) continue;
    auto& song = by_song[play.song];
    song.plays += play.outcome == catalog::PlayOutcome::kFinished ? 1 : 0;
    song.skips += play.outcome == catalog::PlayOutcome::kSkipped ? 1 : 0;
    if (!song.last_heard || play.started_at > *song.last_heard) song.last_heard = play.started_at;
  }
  for (const auto& song : grounds.history) {
    if (with_likes && song.liked) by_song[song.song].liked = true;
  }
  std::vector<SongHistory> all;
  all.reserve(by_song.size());
  for (auto& [id, song] : by_song) {
    song.song = id;
    all.push_back(song);
  }
  std::sort(all.begin(), all.end(),
            [](const SongHistory& a, const SongHistory& b) { return a.song.value < b.song.value; });
  return all;
}

/// As elsewhere, but chance weighs more: a list of every day should not be the same every day.
/// Its 0.08 is what moving 0.7 away from the target costs.
recommend::Weights daily_weights() {
  const auto weights =
      recommend::Weights::read("*,mood=0.68,sound=0.09,habit=0.13,novelty=0.02,chance=0.08", {});
  return weights ? *weights : recommend::Weights{};
}

recommend::Options options_for(const Grounds& grounds, std::size_t number) {
  recommend::Options options;
  options.weights = daily_weights();
  options.now = grounds.day.begin();
  options.at_most_per_artist = kOfOneArtist;
  const auto share = heard_songs(grounds.songs) / catalog::kDayParts;
  options.count = std::clamp(share, kFewestSongs, kListSongs);
  options.seed = Dice{static_cast<std::uint64_t>(grounds.day.number()),
                      static_cast<std::uint64_t>(grounds.listener.value), number}
                     .next() |
                 1U;  // 0 would be no seed
  return options;
}

std::vector<SongId> songs_near(ValenceArousal mood, const Grounds& grounds,
                               const std::vector<SongHistory>& history,
                               const recommend::Options& options) {
  const auto ranking = recommend::rank(grounds.songs, mood, history, options);
  std::vector<SongId> songs;
  songs.reserve(ranking.picks.size());
  for (const auto& pick : ranking.picks) songs.push_back(pick.song);
  return songs;
}

/// The middle of the songs, so that a title tells what is heard and not what was looked for.
ValenceArousal middle_of(std::span<const SongId> list, const recommend::Snapshot& songs) {
  double valence = 0, arousal = 0;
  for (const auto id : list) {
    const auto mood = *songs.mood(*songs.index_of(id));  // only heard songs are ranked
    valence += static_cast<double>(mood.valence());
    arousal += static_cast<double>(mood.arousal());
  }
  const auto count = static_cast<double>(std::max<std::size_t>(list.size(), 1));
  return ValenceArousal::clamped(valence / count, arousal / count);
}

}  // namespace

std::vector<DailyList> lists_of(const Grounds& grounds) {
  std::vector<DailyList> lists;
  const auto history = history_at_dawn(grounds, true);
  const auto moods = moods_of(grounds.day, grounds.plays, grounds.songs);
  const bool enough = heard_songs(grounds.songs) >= catalog::kDayParts * kFewestSongs;
  std::vector<SongId> taken;
  for (std::size_t i = 0; i < moods.size(); ++i) {
    auto options = options_for(grounds, i);
    if (enough) options.exclude = taken;
    DailyList list;
    list.part = static_cast<DayPart>(i);
    list.songs = songs_near(moods.at(i), grounds, history, options);
    if (list.songs.empty()) continue;
    list.title.append(weekday_of(grounds.day)).append(" ").append(name_of(list.part));
    list.title.append(", ").append(words_for(middle_of(list.songs, grounds.songs)));
    taken.insert(taken.end(), list.songs.begin(), list.songs.end());
    lists.push_back(std::move(list));
  }
  return lists;
}

DailyList list_for(affect::Emotion mood, const Grounds& grounds) {
  DailyList list;
  const auto number = catalog::kDayParts + static_cast<std::size_t>(mood);
  list.songs = songs_near(affect::point_of(mood), grounds, history_at_dawn(grounds, false),
                          options_for(grounds, number));
  list.title.append(weekday_of(grounds.day)).append(", ").append(affect::name_of(mood));
  return list;
}

Result<std::vector<DailyList>> today_of(catalog::DailyLists& kept, const Grounds& grounds) {
  HARMONIC_TRY(auto lists, kept.lists(grounds.listener, grounds.day.number()));
  if (!lists.empty()) return lists;
  lists = lists_of(grounds);
  const auto heard = heard_songs(grounds.songs);
  const bool growing = heard < catalog::kDayParts * kListSongs && heard < grounds.songs.size();
  if (lists.empty() || growing) return lists;
  return kept.keep_lists(grounds.listener, grounds.day.number(), lists);
}

}  // namespace harmonic::daily
