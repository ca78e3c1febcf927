#include "songlist/mood_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "affect/circumplex.h"
#include "songlist/text.h"

namespace harmonic::songlist {

namespace {

/// degrees: on the circle, 0 is pleasant, 90 is excited. Names of expressions are not here: they
/// stand where the camera's do (affect/circumplex.h).
struct Word {
  std::string_view name;
  double degrees;
};

// Source  Russell, "A circumplex model of affect", J. Pers. Soc. Psychol. 39 (1980), 1161-1178,
//         28 words on a circle; ours are those of his words that song lists use, and synonyms of
//         them (the second row of each pair).
// The last row is our own judgement, since nobody scaled those words: love and devotion between
// "content" and "glad", what drives people between "delighted" and "excited".
constexpr std::array kWords{
    Word{"delighted", 25},    Word{"excited", 49},      Word{"tense", 93},
    Word{"frustrated", 141},  Word{"joyful", 25},       Word{"energetic", 49},
    Word{"anxious", 93},      Word{"party", 49},        Word{"miserable", 189},
    Word{"gloomy", 209},      Word{"depressed", 210},   Word{"bored", 242},
    Word{"heartbroken", 189}, Word{"melancholic", 209}, Word{"dark", 209},
    Word{"sleepy", 272},      Word{"calm", 316},        Word{"relaxed", 318},
    Word{"content", 323},     Word{"serene", 329},      Word{"peaceful", 316},
    Word{"chill", 318},       Word{"soothing", 323},    Word{"dreamy", 329},
    Word{"romantic", 340},    Word{"devotional", 330},  Word{"motivational", 40},
    Word{"patriotic", 45},
};
// Mean distance of the six basic expressions from the middle (affect/circumplex.cpp).
constexpr double kRadius = 0.8;

}  // namespace

std::optional<ValenceArousal> point_of_word(std::string_view word) {
  const auto name = lowered(trimmed(word));
  if (const auto emotion = affect::emotion_named(name)) return affect::point_of(*emotion);
  const auto* const found = std::ranges::find(kWords, name, &Word::name);
  if (found == kWords.end()) return std::nullopt;
  const double angle = found->degrees * std::numbers::pi / 180;
  return ValenceArousal::clamped(kRadius * std::cos(angle), kRadius * std::sin(angle));
}

std::vector<std::string_view> mood_words() {
  std::vector<std::string_view> all(affect::kEmotionNames.begin(), affect::kEmotionNames.end());
  for (const auto& word : kWords) all.push_back(word.name);
  return all;
}

}  // namespace harmonic::songlist
