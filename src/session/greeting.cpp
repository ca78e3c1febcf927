#include "session/greeting.h"

namespace harmonic::session {

bool Greeting::wants_look() const { return steady_ && !listener_.name && looks_ < kMostLooks; }

void Greeting::see(motion::Seconds at, bool readable) {
  if (!readable) steady_since_.reset();
  if (readable && !steady_since_) steady_since_ = at;
  steady_ = steady_since_ && at - *steady_since_ >= kSteady;
}

bool Greeting::found(const std::optional<std::string>& name, motion::Seconds at) {
  ++looks_;
  steady_ = false;
  steady_since_ = at;
  if (!name || no_.contains(*name)) return false;
  listener_ = {name, yes_.contains(*name)};
  return listener_.agreed;
}

bool Greeting::answer(const std::string& name, bool yes) {
  if (listener_.name != name || listener_.agreed) return false;
  (yes ? yes_ : no_).insert(name);
  listener_ = yes ? Listener{name, true} : Listener{};
  return yes;
}

void Greeting::leave() {
  listener_ = {};
  steady_since_.reset();
  steady_ = false;
  looks_ = 0;
}

}  // namespace harmonic::session
