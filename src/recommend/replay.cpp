#include "recommend/replay.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "bandit/state.h"
#include "recommend/traits.h"

namespace harmonic::recommend {

namespace {

using bandit::Ending;
using catalog::Play;
using catalog::PlayOutcome;

/// Where the length is not known, a song is as long as most.
constexpr std::chrono::milliseconds kUsualLength{240'000};

float share_heard(std::chrono::milliseconds duration, std::chrono::milliseconds heard) {
  const auto length = duration.count() > 0 ? duration : kUsualLength;
  const double share = static_cast<double>(heard.count()) / static_cast<double>(length.count());
  return static_cast<float>(std::clamp(share, 0.0, 1.0));
}

std::optional<Ending> ending_of(PlayOutcome outcome, bool liked, bool again) {
  switch (outcome) {
    case PlayOutcome::kSkipped: return Ending::kSkipped;
    case PlayOutcome::kNotNow: return Ending::kNotNow;
    case PlayOutcome::kFinished:
      if (liked) return Ending::kLiked;
      return again ? Ending::kReplayed : Ending::kFinished;
    case PlayOutcome::kStopped: break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<bandit::Hearing> hearing_of(const Snapshot& snapshot, const Play& play, bool liked,
                                          bool again) {
  const auto index = snapshot.index_of(play.song);
  const auto ending = ending_of(play.outcome, liked, again);
  if (!index || !ending || !snapshot.measured(*index)) return std::nullopt;
  return bandit::Hearing{play.mood.value_or(ValenceArousal{}), traits_of(snapshot, *index), *ending,
                         share_heard(snapshot.duration(*index), play.heard)};
}

Result<bandit::Wishes> replay(const Snapshot& snapshot, const catalog::LearningStart& start,
                              std::span<const Play> plays,
                              std::span<const catalog::SongHistory> history) {
  bandit::Wishes wishes;
  if (!start.learned.empty()) {
    HARMONIC_TRY(wishes, bandit::decode(start.learned));
  }
  std::unordered_set<SongId> liked;
  for (const auto& one : history) {
    if (one.liked) liked.insert(one.song);
  }
  std::unordered_map<SongId, std::chrono::system_clock::time_point> finished;
  for (const auto& play : plays) {
    if (start.since && play.started_at < *start.since) continue;
    const auto before = finished.find(play.song);
    const bool again = before != finished.end() && play.started_at - before->second <= kReplay;
    if (const auto hearing = hearing_of(snapshot, play, liked.contains(play.song), again))
      wishes.learn(*hearing);
    if (play.outcome == PlayOutcome::kFinished) finished[play.song] = play.started_at;
  }
  return wishes;
}

Result<bandit::Wishes> wishes_of(const Snapshot& snapshot, const catalog::Preferences& preferences,
                                 ListenerId listener,
                                 std::span<const catalog::SongHistory> history) {
  HARMONIC_TRY(const auto plays, preferences.newest_plays(listener, kReplayedPlays));
  HARMONIC_TRY(const auto start, preferences.learning_start(listener));
  return replay(snapshot, start, plays, history);
}

}  // namespace harmonic::recommend
