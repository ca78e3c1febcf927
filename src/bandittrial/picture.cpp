#include "bandittrial/picture.h"

#include <array>
#include <utility>

#include "drawing/plot.h"
#include "image/draw.h"
#include "image/palette.h"

namespace harmonic::bandittrial {

namespace {

constexpr int kWidth = 980;
constexpr int kRow = 400;
constexpr float kLeft = 70;
constexpr float kPanelHeight = 280;

struct Line {
  Policy policy = Policy::kRandom;
  image::Colour colour;
  bool with_band = false;
  const char* words = nullptr;
};
constexpr image::Colour kGrey{120, 126, 136};
constexpr std::array<Line, 4> kLines{{{Policy::kRandom, image::kPale, false, "random"},
                                      {Policy::kOracle, kGrey, false, "oracle"},
                                      {Policy::kNearness, image::kOrange, true, "mood alone"},
                                      {Policy::kThompson, image::kBlue, true, "bandit"}}};

void draw_band(const drawing::Panel& panel, const std::vector<Band>& bands, image::Colour colour) {
  for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
    const auto from = panel.at(static_cast<double>(i + 1), bands[i].high);
    const auto to = panel.at(static_cast<double>(i + 2), bands[i].low);
    image::fill_box(panel.picture(), {from.x, from.y, to.x - from.x, to.y - from.y}, colour, 0.2F);
  }
}

void draw_line(const drawing::Panel& panel, const Line& line, const std::vector<Band>& bands) {
  if (line.with_band) draw_band(panel, bands, line.colour);
  std::vector<image::Point> points;
  points.reserve(bands.size());
  for (std::size_t i = 0; i < bands.size(); ++i)
    points.push_back(panel.at(static_cast<double>(i + 1), bands[i].mean));
  image::draw_polyline(panel.picture(), points, line.colour, 2);
}

void draw_course(image::Picture& picture, float top, const Course& course) {
  const auto& curves = course.comparison.curves;
  const auto steps = static_cast<double>(curves.front().size());
  const drawing::Panel panel{picture,
                             {kLeft, top, static_cast<float>(kWidth) - 2 * kLeft, kPanelHeight},
                             {1.0, steps},
                             {0.2, 0.9}};
  for (const auto& [value, label] :
       {std::pair{0.2, ".2"}, std::pair{0.4, ".4"}, std::pair{0.6, ".6"}, std::pair{0.8, ".8"}})
    panel.tick_up(value, label);
  for (std::size_t step = 20; step <= curves.front().size(); step += 20)
    panel.tick_across(static_cast<double>(step), std::to_string(step));
  float key = kLeft;
  for (const auto& line : kLines) {
    draw_line(panel, line, curves.at(static_cast<std::size_t>(line.policy)));
    key = drawing::draw_key(picture, key, top + kPanelHeight + 44, line.colour, line.words);
  }
  panel.frame(course.title);
}

}  // namespace

image::Picture draw_courses(const std::vector<Course>& courses) {
  auto picture = image::canvas(kWidth, kRow * static_cast<int>(courses.size()), image::kWhite);
  float top = 60;
  for (const auto& course : courses) {
    draw_course(picture, top, course);
    top += kRow;
  }
  return picture;
}

}  // namespace harmonic::bandittrial
