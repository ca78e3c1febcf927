#include "tastetrial/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "drawing/plot.h"
#include "image/draw.h"
#include "image/palette.h"

namespace harmonic::tastetrial {

namespace {

constexpr int kWidth = 1040;
constexpr float kTop = 62;
constexpr float kRow = 330;
constexpr float kPanelWidth = 430;
constexpr float kPanelHeight = 220;
constexpr std::array<float, 2> kLefts{70, 580};
constexpr double kBarShare = 0.66;  // of what each method has across
constexpr image::Colour kFloor{176, 182, 190};

struct Shown {
  Figure figure;
  const char* name;
};
constexpr std::array<Shown, 2> kShown{
    {{Figure::kRecall20, "Recall@20"}, {Figure::kNdcg20, "NDCG@20"}}};

const Interval& interval_of(const MethodFigures& method, Figure figure) {
  return method.figures.at(static_cast<std::size_t>(figure));
}

bool is_floor(const MethodFigures& method) {
  return method.method == "popularity" || method.method == "random";
}

/// The next tenth above all intervals.
double top_of(const SetFigures& set, Figure figure) {
  double highest = 0.0;
  for (const auto& method : set.methods)
    highest = std::max(highest, interval_of(method, figure).high);
  return std::max(0.1, std::ceil(highest * 10.0 + 0.2) / 10.0);
}

std::string three_places(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

/// A bar, the whiskers of its interval, and the figure above them.
void draw_bar(const drawing::Panel& panel, double middle, const Interval& figure,
              image::Colour colour) {
  auto& picture = panel.picture();
  const auto top_left = panel.at(middle - kBarShare / 2, figure.mean);
  const auto foot = panel.at(middle + kBarShare / 2, 0.0);
  image::fill_box(picture, {top_left.x, top_left.y, foot.x - top_left.x, foot.y - top_left.y},
                  colour);
  for (const double end : {figure.low, figure.high}) {
    const std::array across{panel.at(middle - 0.12, end), panel.at(middle + 0.12, end)};
    image::draw_polyline(picture, across, image::kInk, 1);
  }
  const std::array upright{panel.at(middle, figure.low), panel.at(middle, figure.high)};
  image::draw_polyline(picture, upright, image::kInk, 1);
  const auto words = three_places(figure.mean);
  const float width = image::text_width(words, drawing::kTextHeight);
  const auto above = panel.at(middle, figure.high);
  image::draw_text(picture, {above.x - width / 2, above.y - 6}, words, image::kInk,
                   drawing::kTextHeight);
}

void draw_panel(image::Picture& picture, image::Point corner, const SetFigures& set,
                const Shown& shown) {
  const auto methods = static_cast<double>(set.methods.size());
  const double top = top_of(set, shown.figure);
  const drawing::Panel panel{
      picture, {corner.x, corner.y, kPanelWidth, kPanelHeight}, {0.0, methods}, {0.0, top}};
  for (int tenth = 0; tenth <= static_cast<int>(std::lround(top * 10.0)); ++tenth)
    panel.tick_up(0.1 * tenth, three_places(0.1 * tenth).substr(0, 3));
  for (std::size_t m = 0; m < set.methods.size(); ++m) {
    const auto& method = set.methods[m];
    const auto& figure = interval_of(method, shown.figure);
    const double middle = static_cast<double>(m) + 0.5;
    const bool ours = method.method == "ours";
    draw_bar(panel, middle, figure,
             is_floor(method) ? kFloor
             : ours           ? image::kOrange
                              : image::kBlue);
    const auto foot = panel.at(middle, 0.0);
    const float width = image::text_width(method.method, drawing::kTextHeight);
    image::draw_text(picture, {foot.x - width / 2, foot.y + 18}, method.method, image::kInk,
                     drawing::kTextHeight);
    if (method.method == "popularity") {
      const std::array floor{panel.at(0.0, figure.mean), panel.at(methods, figure.mean)};
      image::draw_polyline(picture, floor, kFloor, 1);
    }
  }
  panel.frame(set.set + ": " + shown.name);
}

}  // namespace

image::Picture draw_figures(const std::vector<SetFigures>& sets) {
  const auto rows = static_cast<float>(sets.size());
  auto picture = image::canvas(kWidth, static_cast<int>(kTop + rows * kRow), image::kWhite);
  image::draw_text(picture, {kLefts[0], 26},
                   "Songs that were held back, among the first 20 named: mean over listeners and "
                   "its 95 % interval",
                   image::kInk, drawing::kTextHeight + 1);
  float top = kTop;
  for (const auto& set : sets) {
    for (std::size_t i = 0; i < kShown.size(); ++i)
      draw_panel(picture, {kLefts.at(i), top}, set, kShown.at(i));
    const std::string counted = std::to_string(set.counted) + " listeners counted, " +
                                std::to_string(set.splits) +
                                (set.splits == 1 ? " split" : " splits");
    image::draw_text(picture, {kLefts[0], top + kPanelHeight + 42}, counted, image::kInk,
                     drawing::kTextHeight);
    top += kRow;
  }
  return picture;
}

}  // namespace harmonic::tastetrial
