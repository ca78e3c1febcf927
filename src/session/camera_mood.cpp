#include "session/camera_mood.h"

#include <algorithm>

#include "affect/circumplex.h"
#include "affect/classifier.h"

namespace harmonic::session {

namespace {

constexpr std::string_view kNobody = "no_face";
constexpr std::string_view kAnotherFace =
    "Another face is followed now, so the face at rest was forgotten.";
constexpr std::string_view kCameraOff = "The camera went off, so the face at rest was forgotten.";
constexpr std::string_view kForgotten = "Your face at rest is forgotten.";
constexpr std::string_view kNoFaceYet =
    "There is no face to learn from yet: sit where the camera can see you and try again.";

SeenFace* face_of(Look& look, const std::optional<int>& id) {
  const auto found = std::find_if(look.faces.begin(), look.faces.end(),
                                  [&id](const SeenFace& face) { return face.id == id; });
  return found == look.faces.end() ? nullptr : &*found;
}

}  // namespace

Question CameraMood::question(bool names) const {
  return {followed_.id(), movements_, names && greeting_.wants_look()};
}

void CameraMood::take(Look& look, motion::Seconds at, const Question& asked, Rests* rests) {
  if (last_ && at <= *last_) {
    look.followed = followed_.id();
    return;
  }
  last_ = at;
  if (followed_.take(look, at)) begin_anew(kAnotherFace);
  look.followed = followed_.id();
  auto* face = face_of(look, look.followed);
  if (face != nullptr && face->expression) {
    rest_.add(face->expression->scores);
    correct(*face);
  }
  if (face != nullptr) look.reason = face->reason;
  if (face == nullptr && look.reason.empty()) look.reason = kNobody;
  const bool readable = face != nullptr && face->expression && look.reason.empty();
  if (readable) {
    smoother_.observe(at, face->expression->scores, face->expression->quality);
  } else {
    smoother_.observe(at, std::nullopt);
  }
  greeting_.see(at, face != nullptr && face->expression);
  const bool looked_up = asked.name && face != nullptr && asked.face == look.followed;
  if (looked_up && greeting_.found(look.name, at)) greet_again(rests);
}

void CameraMood::correct(SeenFace& face) const {
  if (!rest_.baseline()) return;
  auto& [scores, point, quality] = *face.expression;
  scores = rest_.baseline()->apply(scores);
  point = affect::point_of(scores);
  affect::Reading reading;
  reading.scores = scores;
  face.reason = reading.unsure() ? affect::kUnsure : std::string_view{};
}

void CameraMood::begin_anew(std::string_view why) {
  smoother_.restart();
  greeting_.leave();
  rest_.forget(why);
}

void CameraMood::off() {
  followed_.nobody();
  begin_anew(kCameraOff);
}

void CameraMood::start_rest(Time now) {
  if (followed_.id()) {
    rest_.start(now);
  } else {
    rest_.refuse(kNoFaceYet);
  }
}

void CameraMood::forget_rest(Rests* rests) {
  if (rests != nullptr && listener().agreed) rests->forget(*listener().name);
  rest_.cancel();
  rest_.forget(kForgotten);
}

void CameraMood::look_at_clock(Time now, Rests* rests) {
  if (!rest_.look_at_clock(now)) return;
  if (rests != nullptr && listener().agreed) rests->put(*listener().name, *rest_.baseline());
}

void CameraMood::answer(const std::string& name, bool yes, Rests* rests) {
  if (greeting_.answer(name, yes)) greet_again(rests);
}

// Who captured a face at rest before saying the name gets it kept under the name.
void CameraMood::greet_again(Rests* rests) {
  if (rests == nullptr) return;
  const auto& name = *listener().name;
  if (rest_.baseline()) return rests->put(name, *rest_.baseline());
  const auto known = rests->find(name);
  if (!known || rest_.news().state == RestState::kCapturing) return;
  rest_.restore(*known, "Your face at rest from before is used again, " + name + ".");
}

}  // namespace harmonic::session
