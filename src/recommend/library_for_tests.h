// recommend/library_for_tests.h - small libraries made by hand.
#pragma once

#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "catalog/song.h"

namespace harmonic::recommend {

/// A song that was analysed; its title is its number.
inline catalog::Song song(std::int64_t id, const std::string& artist, double valence,
                          double arousal, std::vector<float> features = {}) {
  catalog::Song made;
  made.id = SongId{id};
  made.path = "/music/" + std::to_string(id) + ".ogg";
  made.tags.title = std::to_string(id);
  made.tags.artist = artist;
  made.sound.version = 1;
  made.sound.mood = ValenceArousal::clamped(valence, arousal);
  made.sound.mood_version = 1;
  made.sound.vector = std::move(features);
  return made;
}

/// `count` songs spread over the plane by `artists` artists, with features that follow the mood.
inline std::vector<catalog::Song> spread_library(int count, int artists, std::uint32_t seed = 7) {
  std::mt19937 random{seed};
  std::uniform_real_distribution<double> plane{-0.9, 0.9};
  std::normal_distribution<double> noise{0.0, 0.5};
  std::vector<catalog::Song> songs;
  for (int i = 1; i <= count; ++i) {
    const double valence = plane(random);
    const double arousal = plane(random);
    std::vector<float> features;
    features.reserve(12);
    for (int f = 0; f < 12; ++f) {
      features.push_back(static_cast<float>((f % 2 == 0 ? valence : arousal) + noise(random)));
    }
    songs.push_back(song(i, "artist " + std::to_string(i % artists), valence, arousal, features));
  }
  return songs;
}

}  // namespace harmonic::recommend
