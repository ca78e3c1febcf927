#include "daily/moods.h"

#include <cmath>
#include <optional>

namespace harmonic::daily {

namespace {

using catalog::Play;

/// The mood that a play tells of.
std::optional<ValenceArousal> mood_of(const Play& play, const recommend::Snapshot& songs) {
  if (play.mood) return play.mood;
  if (play.outcome != catalog::PlayOutcome::kFinished) return std::nullopt;
  const auto index = songs.index_of(play.song);
  return index ? songs.mood(*index) : std::nullopt;
}

struct Mean {
  double valence = 0, arousal = 0, weight = 0;

  void add(ValenceArousal mood, double by) {
    valence += by * static_cast<double>(mood.valence());
    arousal += by * static_cast<double>(mood.arousal());
    weight += by;
  }
};

}  // namespace

ValenceArousal usual_mood(DayPart part) {
  switch (part) {
    case DayPart::kMorning: return ValenceArousal::clamped(0.4, 0.1);
    case DayPart::kAfternoon: return ValenceArousal::clamped(0.4, 0.4);
    case DayPart::kEvening: return ValenceArousal::clamped(0.4, 0.0);
    case DayPart::kNight: return ValenceArousal::clamped(0.3, -0.5);
  }
  return {};
}

std::array<ValenceArousal, catalog::kDayParts> moods_of(const Day& day, std::span<const Play> plays,
                                                        const recommend::Snapshot& songs) {
  std::array<Mean, catalog::kDayParts> means;
  for (std::size_t i = 0; i < means.size(); ++i)
    means.at(i).add(usual_mood(static_cast<DayPart>(i)), kUsualWeight);
  for (const auto& play : plays) {
    const auto mood = mood_of(play, songs);
    if (!mood || play.started_at >= day.begin()) continue;
    const std::chrono::duration<double, std::chrono::days::period> age{day.begin() -
                                                                       play.started_at};
    const auto part = static_cast<std::size_t>(part_of(play.started_at, day.utc_offset));
    means.at(part).add(*mood, std::exp2(-age / kHalfLife));
  }
  std::array<ValenceArousal, catalog::kDayParts> moods;
  for (std::size_t i = 0; i < moods.size(); ++i) {
    const auto& [valence, arousal, weight] = means.at(i);
    moods.at(i) = ValenceArousal::clamped(valence / weight, arousal / weight);
  }
  return moods;
}

std::string words_for(ValenceArousal mood) {
  constexpr float kClear = 0.15F;  // nearer to the middle no side is named
  const std::string energy = mood.arousal() > kClear    ? "lively"
                             : mood.arousal() < -kClear ? "calm"
                                                        : "";
  const std::string colour = mood.valence() > kClear    ? "bright"
                             : mood.valence() < -kClear ? "dark"
                                                        : "";
  if (energy.empty() && colour.empty()) return "in between";
  if (energy.empty() || colour.empty()) return energy + colour;
  return energy + " and " + colour;
}

}  // namespace harmonic::daily
