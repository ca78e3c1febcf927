#include "drawing/song_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "drawing/plot.h"
#include "image/draw.h"

namespace harmonic::drawing {

using image::Box;
using image::Colour;
using image::Picture;
using image::Point;

namespace {

constexpr float kLeft = kWaveformArea.x;
constexpr float kWidth = kWaveformArea.width;
constexpr Box kChromaArea{kLeft, 330, kWidth, 204};
constexpr Box kTempoArea{kLeft, 584, kWidth, 130};
constexpr Box kMoodArea{kLeft, 764, kWidth, 190};
constexpr Scale kSlowToFast{40.0, 220.0, true};  // bpm, as far as audio/rhythm.h looks

/// The part of `count` things that column `x` of `width` shows; never empty, `count` above 0.
std::pair<std::size_t, std::size_t> part_of(std::size_t count, int x, int width) {
  const auto at = [&](int column) {
    return count * static_cast<std::size_t>(column) / static_cast<std::size_t>(width);
  };
  const auto first = std::min(at(x), count - 1);
  return {first, std::max(first + 1, std::min(at(x + 1), count))};
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<long>(seconds);
  const auto rest = std::to_string(whole % 60);
  return std::to_string(whole / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

double seconds_of(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

/// Steps that people count in, so that there are about ten.
double time_step(double seconds) {
  constexpr std::array kSteps{1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0};
  const auto* const step = std::find_if(kSteps.begin(), kSteps.end(),
                                        [&](double each) { return seconds / each <= 13.0; });
  return step == kSteps.end() ? 3600.0 : *step;
}

/// The same times in every panel; their labels under the lowest alone.
void tick_times(const Panel& panel, double duration, bool labelled) {
  const double step = time_step(duration);
  for (int i = 0; step * i <= duration; ++i)
    panel.tick_across(step * i, labelled ? clock_text(step * i) : "");
}

/// A legend that ends at the panel's right end, on the line of its title.
void draw_keys(const Panel& panel, std::span<const std::pair<Colour, std::string_view>> keys) {
  float width = 0;
  for (const auto& [colour, words] : keys) width += image::text_width(words, kTextHeight) + 38;
  float left = panel.area().x + panel.area().width - width + 20;
  for (const auto& [colour, words] : keys)
    left = draw_key(panel.picture(), left, panel.area().y - 9, colour, words);
}

void draw_waveform(Picture& picture, const SongCourse& course, const Scale& time) {
  const Panel panel{picture, kWaveformArea, time, {-1.0, 1.0}};
  tick_times(panel, time.high, false);
  for (const double level : {-1.0, -0.5, 0.0, 0.5, 1.0})
    panel.tick_up(level, level == 0.0 ? "0" : level < 0.0 ? "" : level < 1.0 ? "0.5" : "1");
  const auto mirrored = [&](int x, float level, Colour colour) {
    const float top = panel.at(0.0, std::min(level, 1.0F)).y;
    const float foot = panel.at(0.0, -std::min(level, 1.0F)).y;
    image::fill_box(picture, {kLeft + static_cast<float>(x), top, 1, std::max(1.0F, foot - top)},
                    colour);
  };
  const int width = static_cast<int>(kWidth);
  for (int x = 0; x < width && !course.levels.empty(); ++x) {
    const auto [first, last] = part_of(course.levels.size(), x, width);
    float peak = 0.0F;
    double squares = 0.0;
    for (auto i = first; i < last; ++i) {
      peak = std::max(peak, course.levels[i].peak);
      squares += std::pow(static_cast<double>(course.levels[i].rms), 2);
    }
    mirrored(x, peak, image::kSky);
    mirrored(x, static_cast<float>(std::sqrt(squares / static_cast<double>(last - first))),
             image::kBlue);
  }
  panel.frame("Waveform, 1 is full scale");
  draw_keys(panel, std::array{std::pair{image::kSky, std::string_view{"peak"}},
                              std::pair{image::kBlue, std::string_view{"RMS"}}});
}

void draw_chroma(Picture& picture, const SongCourse& course, const Scale& time) {
  constexpr std::array<std::string_view, 12> kNotes{"C",  "C#", "D",  "D#", "E",  "F",
                                                    "F#", "G",  "G#", "A",  "A#", "B"};
  const Panel panel{picture, kChromaArea, time, {0.0, 12.0}};
  const int width = static_cast<int>(kWidth);
  const float row = kChromaArea.height / 12;
  for (int x = 0; x < width && !course.chroma.empty(); ++x) {
    const auto [first, last] = part_of(course.chroma.size(), x, width);
    for (std::size_t note = 0; note < kNotes.size(); ++note) {
      float sum = 0.0F;
      for (auto i = first; i < last; ++i) sum += course.chroma[i].at(note);
      const float top = kChromaArea.y + row * static_cast<float>(11 - note);
      image::fill_box(picture, {kLeft + static_cast<float>(x), top, 1, row},
                      image::shade(std::pow(sum / static_cast<float>(last - first), 2)));
    }
  }
  for (std::size_t note = 0; note < kNotes.size(); ++note) {
    const float middle = kChromaArea.y + row * (11.5F - static_cast<float>(note));
    image::draw_text(picture, {kLeft - 30, middle + kTextHeight / 2}, kNotes.at(note), image::kInk,
                     kTextHeight);
  }
  panel.frame("Chromagram: energy by note, the strongest of each moment dark");
}

/// Joins the points of neighbouring windows, and marks each: one alone would draw no line.
void draw_course(const Panel& panel, std::span<const Point> points, Colour colour) {
  image::draw_polyline(panel.picture(), points, colour, 2);
  for (const auto& point : points) image::fill_circle(panel.picture(), point, 3, colour);
}

std::string in_windows(std::string_view what) {
  return std::string{what} + " in windows of " + std::to_string(kWindow.count()) + " s, every " +
         std::to_string(kWindowStep.count()) + " s, at their middle";
}

void draw_tempo(Picture& picture, const SongCourse& course, const Scale& time) {
  const Panel panel{picture, kTempoArea, time, kSlowToFast};
  tick_times(panel, time.high, false);
  for (const int bpm : {60, 80, 100, 120, 150, 200}) panel.tick_up(bpm, std::to_string(bpm));
  std::vector<Point> line;
  for (const auto& window : course.windows) {
    if (window.bpm) {
      line.push_back(panel.at(seconds_of(window.middle), *window.bpm));
      continue;
    }
    draw_course(panel, line, image::kBlue);
    line.clear();
  }
  draw_course(panel, line, image::kBlue);
  panel.frame(in_windows("Tempo, beats a minute,"));
}

/// One axis of the mood: the line, and around it one standard deviation of doubt.
template <typename Value, typename Doubt>
void draw_mood_axis(const Panel& panel, std::span<const Window> windows, Colour colour, Value value,
                    Doubt doubt) {
  std::vector<Point> line;
  line.reserve(windows.size());
  for (const auto& window : windows)
    line.push_back(panel.at(seconds_of(window.middle), static_cast<double>(value(window))));
  for (std::size_t i = 0; i + 1 < windows.size(); ++i) {
    const auto& here = windows[i];
    const auto& next = windows[i + 1];
    // Whole columns, each drawn once: the band is seen through.
    const auto end = static_cast<int>(std::ceil(line[i + 1].x));
    for (auto column = static_cast<int>(std::ceil(line[i].x)); column < end; ++column) {
      const auto x = static_cast<float>(column);
      const float share = (x - line[i].x) / (line[i + 1].x - line[i].x);
      const float middle = value(here) + share * (value(next) - value(here));
      const float wide = doubt(here) + share * (doubt(next) - doubt(here));
      const float top = panel.at(0.0, static_cast<double>(std::min(1.0F, middle + wide))).y;
      const float foot = panel.at(0.0, static_cast<double>(std::max(-1.0F, middle - wide))).y;
      image::fill_box(panel.picture(), {x, top, 1, foot - top}, colour, 0.14F);
    }
  }
  draw_course(panel, line, colour);
}

void draw_mood(Picture& picture, const SongCourse& course, const Scale& time) {
  const Panel panel{picture, kMoodArea, time, {-1.0, 1.0}};
  tick_times(panel, time.high, true);
  for (const double at : {-1.0, -0.5, 0.0, 0.5, 1.0})
    panel.tick_up(at, at == 0.0  ? "0"
                      : at < 0.0 ? (at < -0.9 ? "-1" : "-0.5")
                      : at > 0.9 ? "+1"
                                 : "+0.5");
  draw_mood_axis(
      panel, course.windows, image::kBlue, [](auto& w) { return w.mood.valence(); },
      [](auto& w) { return w.valence_doubt; });
  draw_mood_axis(
      panel, course.windows, image::kOrange, [](auto& w) { return w.mood.arousal(); },
      [](auto& w) { return w.arousal_doubt; });
  panel.frame(in_windows("Mood"));
  draw_keys(panel,
            std::array{std::pair{image::kBlue, std::string_view{"valence"}},
                       std::pair{image::kOrange, std::string_view{"arousal"}},
                       std::pair{image::kPale, std::string_view{"band: one standard deviation"}}});
  image::draw_text(picture, {kLeft, kMoodArea.y + kMoodArea.height + 42}, "minutes:seconds",
                   image::kInk, kTextHeight);
}

}  // namespace

Picture draw_song(const SongCourse& course, std::string_view title, std::string_view facts) {
  auto picture = image::canvas(kSongWidth, kSongHeight, image::kWhite);
  draw_held(picture, {kLeft, 42}, title, kWidth, image::kInk, kTitleHeight + 2);
  draw_held(picture, {kLeft, 70}, facts, kWidth, image::kInk, kTextHeight + 1);
  const Scale time{0.0, std::max(0.001, seconds_of(course.duration))};
  draw_waveform(picture, course, time);
  draw_chroma(picture, course, time);
  draw_tempo(picture, course, time);
  draw_mood(picture, course, time);
  return picture;
}

}  // namespace harmonic::drawing
