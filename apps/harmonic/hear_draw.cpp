#include "hear_draw.h"

#include <array>
#include <cstdio>

#include "drawing/song_picture.h"
#include "image/codec.h"

namespace harmonic::app {

namespace {

std::string facts_of(const audio::Analysis& song, const mood::Mood& mood) {
  const auto seconds = song.duration.count() / 1000;
  std::array<char, 64> length{};
  std::snprintf(length.data(), length.size(), "%lld:%02lld, %s, %.1f LUFS",
                static_cast<long long>(seconds / 60), static_cast<long long>(seconds % 60),
                song.container.c_str(), static_cast<double>(song.loudness_lufs));
  std::string facts{length.data()};
  std::array<char, 96> rest{};
  if (song.tempo) {
    std::snprintf(rest.data(), rest.size(), ", %.1f bpm", song.tempo->bpm());
    facts += rest.data();
  }
  if (song.key) facts += ", " + name_of(*song.key);
  std::snprintf(rest.data(), rest.size(), ", as a whole valence %+.2f, arousal %+.2f",
                static_cast<double>(mood.point.valence()),
                static_cast<double>(mood.point.arousal()));
  return facts + rest.data();
}

}  // namespace

Result<void> draw_heard(const std::string& file, const audio::Analysis& song,
                        const mood::Mood& mood, const mood::Model& model,
                        const std::filesystem::path& out) {
  HARMONIC_TRY(const auto course, drawing::follow_song(file, model));
  auto title =
      song.tags.title.empty() ? std::filesystem::path{file}.stem().string() : song.tags.title;
  if (!song.tags.artist.empty()) title += " - " + song.tags.artist;
  return image::write_png(drawing::draw_song(course, title, facts_of(song, mood)), out);
}

}  // namespace harmonic::app
