#include "face/tracker.h"

#include <algorithm>
#include <cmath>

#include "face/associate.h"

namespace harmonic::face {

namespace {

using image::Point;

Point middle(const image::Box& box) { return {box.x + box.width / 2, box.y + box.height / 2}; }

template <typename Change>
void change_points(Detection& face, const Change& change) {
  if (!face.points) return;
  for (Point* p : {&face.points->right_eye, &face.points->left_eye, &face.points->nose,
                   &face.points->mouth, &face.points->right_ear, &face.points->left_ear}) {
    change(*p);
  }
}

void shift(Detection& face, Point by) {
  face.box.x += by.x;
  face.box.y += by.y;
  change_points(face, [by](Point& p) { p = {p.x + by.x, p.y + by.y}; });
}

float towards(float from, float to, float share) { return from + share * (to - from); }

// `face` goes a part of the way to `found`.
void approach(Detection& face, const Detection& found, float share) {
  auto& [x, y, width, height] = face.box;
  x = towards(x, found.box.x, share);
  y = towards(y, found.box.y, share);
  width = towards(width, found.box.width, share);
  height = towards(height, found.box.height, share);
  face.confidence = found.confidence;
  if (!face.points || !found.points) {
    face.points = found.points;
    return;
  }
  Detection target = found;
  std::vector<Point> goals;
  change_points(target, [&goals](const Point& p) { goals.push_back(p); });
  std::size_t next = 0;
  change_points(face, [&](Point& p) {
    const Point goal = goals.at(next++);
    p = {towards(p.x, goal.x, share), towards(p.y, goal.y, share)};
  });
}

}  // namespace

Result<std::vector<TrackedFace>> Tracker::follow(const image::Picture& picture, double seconds) {
  if (last_) seconds = std::max(seconds, *last_);
  const double passed = last_ ? seconds - *last_ : 0.0;
  last_ = seconds;
  follow_patches(picture, seconds, passed);
  if (look_is_due(seconds)) {
    HARMONIC_TRY(const auto found, look_(picture));
    looked_ = seconds;
    take(found, seconds);
  }
  remember(picture, passed);
  std::vector<TrackedFace> seen;
  for (const Track& track : tracks_) {
    if (track.visible) seen.push_back({track.id, track.face});
  }
  std::stable_sort(seen.begin(), seen.end(), [](const TrackedFace& a, const TrackedFace& b) {
    return a.face.box.width * a.face.box.height > b.face.box.width * b.face.box.height;
  });
  return seen;
}

std::vector<int> Tracker::alive() const {
  std::vector<int> ids;
  for (const Track& track : tracks_) ids.push_back(track.id);
  return ids;
}

void Tracker::follow_patches(const image::Picture& picture, double seconds, double passed) {
  const auto time = static_cast<float>(passed);
  for (Track& track : tracks_) {
    const auto found = track.visible ? track.patch.find(picture) : std::nullopt;
    track.in_doubt = !found || found->correlation < settings_.least_correlation;
    shift(track.face,
          track.in_doubt ? Point{track.speed.x * time, track.speed.y * time} : found->shift);
    if (!track.in_doubt) track.seen = seconds;
  }
}

bool Tracker::look_is_due(double seconds) const {
  // A hundredth of a second: the clock of a film is rounded.
  if (!looked_ || seconds - *looked_ >= settings_.look_every - 0.01) return true;
  return std::any_of(tracks_.begin(), tracks_.end(), [](const Track& t) { return t.in_doubt; });
}

void Tracker::take(std::span<const Detection> found, double seconds) {
  std::vector<Expected> known;
  known.reserve(tracks_.size());
  for (Track& track : tracks_) {
    known.push_back({track.face.box, track.visible});
    track.visible = false;
  }
  const auto match = associate(known, found);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!match[i]) {
      tracks_.push_back({next_++, found[i], Patch{{}, {}}, seconds});
      continue;
    }
    Track& track = tracks_[*match[i]];
    const Point from = middle(track.face.box), to = middle(found[i].box);
    const float side = std::max(1.0F, found[i].box.width);
    const bool near = std::hypot(to.x - from.x, to.y - from.y) < settings_.near * side;
    approach(track.face, found[i], near && !track.in_doubt ? settings_.pull : 1.0F);
    track.visible = true;
    track.seen = seconds;
  }
  std::erase_if(tracks_, [&](const Track& track) {
    return !track.visible && seconds - track.seen >= settings_.lost_after;
  });
}

// The speed is a mean that forgets within a fifth of a second.
void Tracker::remember(const image::Picture& picture, double passed) {
  const auto time = static_cast<float>(passed);
  const float share = 1.0F - std::exp(-time / 0.2F);
  for (Track& track : tracks_) {
    const Point now = middle(track.face.box);
    if (track.visible) {
      if (time > 0 && track.before) {
        track.speed.x = towards(track.speed.x, (now.x - track.before->x) / time, share);
        track.speed.y = towards(track.speed.y, (now.y - track.before->y) / time, share);
      }
      track.patch = Patch{picture, track.face.box};
    }
    track.before = now;
  }
}

}  // namespace harmonic::face
