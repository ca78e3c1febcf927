#include "journey/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "journey/costs.h"

namespace harmonic::journey {

namespace {

std::string number(const char* format, float value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), format, static_cast<double>(value));
  return text.data();
}
std::string two_places(float value) { return number("%.2f", value); }
std::string signed_places(float value) { return number("%+.2f", value); }

constexpr std::array kCardinals{"no",    "one",   "two",  "three", "four",   "five",  "six",
                                "seven", "eight", "nine", "ten",   "eleven", "twelve"};
constexpr std::array kOrdinals{"first",   "second", "third", "fourth", "fifth",    "sixth",
                               "seventh", "eighth", "ninth", "tenth",  "eleventh", "twelfth"};

/// "second of eight steps", "step 14 of 20".
std::string place_words(std::size_t place, std::size_t all) {
  if (all == 1) return "the one step";
  if (all < kCardinals.size())
    return std::string{kOrdinals.at(place)} + " of " + kCardinals.at(all) + " steps";
  return "step " + std::to_string(place + 1) + " of " + std::to_string(all);
}

ValenceArousal mood_of(const recommend::Snapshot& snapshot, const Stop& stop) {
  return *snapshot.mood(stop.index);
}

std::string tempo_words(Tempo last, Tempo tempo) {
  const double octaves = std::log2(tempo.bpm() / last.bpm());
  if (octaves > 0.5) return "about twice the beats of the last";
  if (octaves < -0.5) return "about half the beats of the last";
  const auto difference = std::lround(tempo.bpm() - last.bpm());
  if (difference == 0) return "at the tempo of the last";
  return std::to_string(std::abs(difference)) + " BPM " + (difference < 0 ? "slower" : "faster") +
         " than the last";
}

constexpr float kSoundsAlike = 0.6F;  ///< as in a ranking

void add_step(const recommend::Snapshot& snapshot, const Stop& last, const Stop& stop,
              std::vector<std::string>& reasons) {
  const auto before = snapshot.tempo(last.index);
  const auto now = snapshot.tempo(stop.index);
  if (before && now) reasons.push_back(tempo_words(*before, *now));
  const float cosine = snapshot.sound_cosine(last.index, stop.index);
  if (cosine >= kSoundsAlike)
    reasons.push_back("sounds like the last (likeness " + two_places(cosine) + ")");
}

void add_habits(const catalog::SongHistory& habits, std::vector<std::string>& reasons) {
  if (habits.liked) reasons.emplace_back("you like it");
  if (habits.plays == 1) reasons.emplace_back("you played it once");
  if (habits.plays > 1)
    reasons.push_back("you played it " + std::to_string(habits.plays) + " times");
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

std::string target_words(const Options& options) {
  if (!options.to_name.empty()) return options.to_name;
  return "valence " + signed_places(options.to.valence()) + ", arousal " +
         signed_places(options.to.arousal());
}

std::vector<std::string> reasons_of(const recommend::Snapshot& snapshot,
                                    std::span<const catalog::SongHistory> history,
                                    const Options& options, std::span<const Stop> stops,
                                    std::size_t number, float lately) {
  const Stop& stop = stops[number];
  std::vector<std::string> reasons{place_words(number, stops.size()) + " toward " +
                                   target_words(options)};
  const auto mood = mood_of(snapshot, stop);
  if (number == 0) {
    reasons.push_back("meets your mood (distance " + two_places(distance(mood, options.from)) +
                      ")");
  } else {
    add_step(snapshot, stops[number - 1], stop, reasons);
  }
  if (number + 1 == stops.size() && number > 0)
    reasons.push_back("arrives (distance " + two_places(distance(mood, options.to)) + ")");
  const auto habits = std::find_if(history.begin(), history.end(),
                                   [&](const auto& one) { return one.song == stop.song; });
  if (habits != history.end()) add_habits(*habits, reasons);
  if (const float off = distance(mood, stop.place); off > kShortStep)
    reasons.push_back(two_places(off) + " off the way");
  if (lately > 0) reasons.emplace_back("heard a short while ago");
  return reasons;
}

std::vector<std::string> notes_of(const recommend::Snapshot& snapshot, const Options& options,
                                  const Journey& journey) {
  if (journey.stops.empty())
    return {"no song may be offered: none was heard yet, or all are excluded or banned"};
  std::vector<std::string> notes;
  if (journey.stops.size() < journey.asked) {
    notes.push_back("only " + counted(journey.stops.size(), "song", "songs") + " of " +
                    std::to_string(journey.asked) +
                    ": the library has no more that lead on in steps of at most " +
                    two_places(journey.bound));
  }
  if (journey.bound_by == BoundBy::kLibrary) {
    notes.push_back("a step is up to " + two_places(journey.bound) +
                    " long: the library has no songs in between");
  }
  const float start = distance(mood_of(snapshot, journey.stops.front()), options.from);
  if (start > kShortStep)
    notes.push_back("it begins " + two_places(start) +
                    " from your mood: the library has little there");
  const float end = distance(mood_of(snapshot, journey.stops.back()), options.to);
  if (end > kShortStep && journey.asked > 1) {
    notes.push_back("it ends " + two_places(end) + " from " + target_words(options) +
                    ": the library has little there");
  }
  return notes;
}

}  // namespace harmonic::journey
