#include "recommend/reasons.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace harmonic::recommend {

namespace {

std::string two_places(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

std::string times(int count) {
  if (count == 1) return "once";
  if (count == 2) return "twice";
  return std::to_string(count) + " times";
}

Reason mood_reason(const Grounds& grounds) {
  const auto mood = *grounds.snapshot.mood(grounds.index);
  const auto away = static_cast<double>(distance(mood, grounds.target));
  const std::string measured = "(distance " + two_places(away) + ")";
  const std::string nearness = away < 0.25  ? "close to "
                               : away < 0.6 ? "not far from "
                                            : "far from ";
  switch (grounds.options.strategy) {
    case Strategy::kLift:
      return {ReasonKind::kMood, nearness + "a step up from your mood " + measured, away};
    case Strategy::kCalm:
      return {ReasonKind::kMood, nearness + "a step towards calm " + measured, away};
    case Strategy::kFocus:
      return {ReasonKind::kMood, nearness + "a quiet, even mood " + measured, away};
    case Strategy::kMatch: break;
  }
  return {ReasonKind::kMood, nearness + "your mood " + measured, away};
}

void add_habits(const catalog::SongHistory& history, std::vector<Reason>& reasons) {
  if (history.liked) reasons.push_back({ReasonKind::kLiked, "you like it", 1.0});
  if (history.plays > 0) {
    reasons.push_back({ReasonKind::kPlays, "you played it " + times(history.plays),
                       static_cast<double>(history.plays)});
  }
}

void add_sound(const Grounds& grounds, std::span<const DearSong> dear,
               std::vector<Reason>& reasons) {
  const DearSong* nearest = nullptr;
  float best = kSoundsAlike;
  for (const DearSong& one : dear) {
    const float cosine = grounds.snapshot.sound_cosine(grounds.index, one.index);
    if (one.index == grounds.index || cosine <= best) continue;
    best = cosine;
    nearest = &one;
  }
  if (nearest != nullptr) {
    const auto& history = *nearest->history;
    reasons.push_back({ReasonKind::kSoundsLike,
                       "sounds like \"" + grounds.snapshot.song(nearest->index).shown_title() +
                           "\", which you " +
                           (history.liked ? "like" : "played " + times(history.plays)) +
                           " (likeness " + two_places(static_cast<double>(best)) + ")",
                       static_cast<double>(best)});
    return;
  }
  const float typical = grounds.snapshot.sound_cosine(grounds.direction, grounds.index);
  if (typical < kSoundsTypical) return;
  reasons.push_back({ReasonKind::kSound,
                     "sounds like your music of this mood (likeness " +
                         two_places(static_cast<double>(typical)) + ")",
                     static_cast<double>(typical)});
}

void add_novelty(const Grounds& grounds, std::vector<Reason>& reasons) {
  const auto* history = grounds.habit.history;
  const bool known = history != nullptr && (history->plays > 0 || history->liked);
  const bool asked = grounds.options.weights[Part::kNovelty] > 0 || grounds.options.familiar;
  if (asked && !known) reasons.push_back({ReasonKind::kNovelty, "new to you", 0.0});
}

void add_wish(const Grounds& grounds, std::vector<Reason>& reasons) {
  if (grounds.options.weights[Part::kWish] > 0 && grounds.wish >= kWished) {
    const auto wish = static_cast<double>(grounds.wish);
    reasons.push_back({ReasonKind::kWish,
                       "of the kind that you hear to the end in this mood (expected " +
                           two_places(wish) + " of 1)",
                       wish});
  }
}

void add_taste(const Grounds& grounds, std::vector<Reason>& reasons) {
  if (grounds.options.weights[Part::kTaste] <= 0) return;
  if (grounds.company >= kInCompany) {
    // Who they are is nobody's business: no name, and no number of them.
    reasons.push_back({ReasonKind::kCompany, "listeners alike on this server play it",
                       static_cast<double>(grounds.company)});
  } else if (grounds.taste >= kToTaste) {
    reasons.push_back({ReasonKind::kTaste, "to your taste, as what others play tells",
                       static_cast<double>(grounds.taste)});
  }
}

void add_cautions(const Grounds& grounds, std::vector<Reason>& reasons) {
  if (grounds.gap > kGapWorthAWord) {
    reasons.push_back({ReasonKind::kNewArtist, "another artist than the song before",
                       static_cast<double>(grounds.gap)});
  }
  const auto* history = grounds.habit.history;
  if (history != nullptr && history->skips > 0) {
    reasons.push_back({ReasonKind::kSkips, "you skipped it " + times(history->skips),
                       static_cast<double>(history->skips)});
  }
  if (grounds.habit.lost > 0) {
    const auto lost = static_cast<double>(grounds.habit.lost);
    reasons.push_back({ReasonKind::kRecent,
                       "heard a short while ago, so it stepped back (by " + two_places(lost) + ")",
                       lost});
  }
}

}  // namespace

std::vector<DearSong> dear_songs(const Snapshot& snapshot, const Habits& habits) {
  struct Candidate {
    int affinity;
    const HabitOf* one;
  };
  const auto dearer = [](const Candidate& a, const Candidate& b) {
    return a.affinity != b.affinity ? a.affinity > b.affinity : a.one->index < b.one->index;
  };
  // A heap with the least of the dearest on top: most of a long history fails one comparison.
  std::vector<Candidate> dearest;
  for (const HabitOf& one : habits.all()) {
    const auto* history = one.habit.history;
    if (history == nullptr || (!history->liked && history->plays < 2)) continue;
    const Candidate candidate{affinity(history), &one};
    const bool full = dearest.size() == kDearSongs;
    if ((full && !dearer(candidate, dearest.front())) || !snapshot.has_sound(one.index)) continue;
    if (full) {
      std::pop_heap(dearest.begin(), dearest.end(), dearer);
      dearest.pop_back();
    }
    dearest.push_back(candidate);
    std::push_heap(dearest.begin(), dearest.end(), dearer);
  }
  std::sort_heap(dearest.begin(), dearest.end(), dearer);
  std::vector<DearSong> dear;
  dear.reserve(dearest.size());
  for (const auto& [liking, one] : dearest) dear.push_back({one->index, one->habit.history});
  return dear;
}

std::vector<Reason> reasons_for(const Grounds& grounds, std::span<const DearSong> dear) {
  std::vector<Reason> reasons;
  reasons.push_back(mood_reason(grounds));
  if (grounds.habit.history != nullptr) add_habits(*grounds.habit.history, reasons);
  add_novelty(grounds, reasons);
  add_wish(grounds, reasons);
  add_taste(grounds, reasons);
  add_sound(grounds, dear, reasons);
  add_cautions(grounds, reasons);
  return reasons;
}

}  // namespace harmonic::recommend
