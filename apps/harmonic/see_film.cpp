#include "see_film.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "image/draw.h"
#include "image/transform.h"

namespace harmonic::app {

namespace {

constexpr double kCourse = 10.0;  // seconds
constexpr image::Colour kValence{94, 234, 160};
constexpr image::Colour kArousal{255, 140, 90};

face::Tracker tracker_for(const Looker& looker) {
  return face::Tracker{[finder = looker.finder()](const image::Picture& picture) {
    return finder->detect(picture);
  }};
}

}  // namespace

FilmLooker::FilmLooker(const Looker& looker) : looker_{looker}, tracker_{tracker_for(looker)} {}

Result<Look> FilmLooker::look(const image::Picture& picture, double seconds) {
  HARMONIC_TRY(auto look, see(picture, seconds));
  look.of_film = true;
  keep_moods(look, seconds);
  choose_main(look);
  course_.push_back({seconds, std::nullopt});
  if (look.mood) course_.back().point = look.mood->point;
  while (course_.front().seconds < seconds - kCourse) course_.pop_front();
  return look;
}

Result<Look> FilmLooker::see(const image::Picture& picture, double seconds) {
  if (looker_.finder() == nullptr) {
    HARMONIC_TRY(auto look, looker_.look(picture));
    for (auto& face : look.faces) face.id = 1;  // each frame is a face, and always the same
    return look;
  }
  const image::Picture colour = image::colour(picture);
  HARMONIC_TRY(const auto tracked, tracker_.follow(colour, seconds));
  std::vector<face::Detection> detections;
  detections.reserve(tracked.size());
  for (const auto& one : tracked) detections.push_back(one.face);
  HARMONIC_TRY(const auto faces, looker_.finder()->judge(colour, detections));
  HARMONIC_TRY(auto look, looker_.read(faces));
  for (std::size_t i = 0; i < tracked.size(); ++i) {
    look.faces[i].id = tracked[i].id;
    watch(colour, seconds, tracked[i], look);
  }
  return look;
}

void FilmLooker::watch(const image::Picture& colour, double seconds,
                       const face::TrackedFace& tracked, Look& look) {
  auto& watch = watches_[tracked.id];
  const motion::Seconds at{seconds};
  const auto cut = watch.crop.cut(at, colour, tracked.face);
  const auto tell = [&](const std::vector<motion::Movement>& movements) {
    for (const auto& movement : movements) look.events.push_back({tracked.id, movement});
  };
  if (cut.fresh) tell(watch.spotter.finish());
  tell(watch.spotter.observe(at, cut.face));
}

void FilmLooker::keep_moods(Look& look, double seconds) {
  const affect::Smoother::Seconds at{seconds};
  for (auto& face : look.faces) {
    auto& smoother = moods_[*face.id];
    smoother.observe(at, face.reading ? std::optional{face.reading->scores} : std::nullopt,
                     face.quality);
    face.mood = smoother.mood();
  }
  // Who was seen above has been observed at this time already; the others fade.
  for (auto& [id, smoother] : moods_) smoother.observe(at, std::nullopt);
  if (looker_.finder() == nullptr) return;
  const auto alive = tracker_.alive();
  const auto gone = [&alive](const auto& entry) {
    return std::find(alive.begin(), alive.end(), entry.first) == alive.end();
  };
  std::erase_if(moods_, gone);
  std::erase_if(watches_, gone);
}

void FilmLooker::choose_main(Look& look) {
  if (main_ && !moods_.contains(*main_)) main_.reset();
  if (!main_ && !look.faces.empty()) main_ = look.faces.front().id;
  if (main_) look.mood = moods_.at(*main_).mood();
}

image::Picture FilmLooker::drawn(const image::Picture& picture, const Look& look) const {
  auto result = app::drawn(picture, look);
  const auto width = static_cast<float>(result.width), height = static_cast<float>(result.height);
  const image::Box foot{0, height * 0.85F, width, height * 0.15F};
  image::fill_box(result, foot, image::kBlack, 0.6F);
  draw_course(result, foot, false);
  draw_course(result, foot, true);
  const float letters = std::max(8.0F, height / 50.0F);
  std::array<char, 64> numbers{};
  if (look.mood) {
    std::snprintf(numbers.data(), numbers.size(), " %+.2f %+.2f",
                  double(look.mood->point.valence()), double(look.mood->point.arousal()));
  }
  const float base = foot.y + letters * 1.5F;
  image::draw_text(result, {letters, base}, "valence", kValence, letters);
  const float next = letters * 2 + image::text_width("valence", letters);
  image::draw_text(result, {next, base}, "arousal", kArousal, letters);
  const float last = next + letters + image::text_width("arousal", letters);
  image::draw_text(result, {last, base}, numbers.data(), image::kWhite, letters);
  return result;
}

// The newest at the right; where there was no mood there is no line.
void FilmLooker::draw_course(image::Picture& picture, const image::Box& area, bool arousal) const {
  std::vector<image::Point> line;
  const auto colour = arousal ? kArousal : kValence;
  const auto flush = [&] {
    image::draw_polyline(picture, line, colour, std::max(1, picture.height / 240));
    line.clear();
  };
  for (const Step& step : course_) {
    if (!step.point) {
      flush();
      continue;
    }
    const float value = arousal ? step.point->arousal() : step.point->valence();
    const auto ago = static_cast<float>((course_.back().seconds - step.seconds) / kCourse);
    line.push_back({area.x + area.width * (1 - ago), area.y + area.height * (1 - value) / 2});
  }
  flush();
}

}  // namespace harmonic::app
