// session/greeting.h - which enrolled listener sits here: looked up, offered, and believed only
// after a yes.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "session/eyes.h"

namespace harmonic::session {

/// The name that is offered, or that the listener agreed to.
struct Listener {
  std::optional<std::string> name;
  bool agreed = false;
};

/// A face that was read without a break for kSteady is looked up, at most kMostLooks times a
/// second apart. A yes or a no to a name holds for the session: it is not asked again.
/// Threads  one at a time.
class Greeting {
 public:
  static constexpr motion::Seconds kSteady{1.0};
  static constexpr int kMostLooks = 3;

  /// Whether the next picture's face is to be looked up.
  [[nodiscard]] bool wants_look() const;
  /// The next picture, and whether the listener's face could be read in it.
  void see(motion::Seconds at, bool readable);
  /// What a look-up of this picture's face found.  Returns  whether the listener said yes to that
  /// name before, which then holds again.
  bool found(const std::optional<std::string>& name, motion::Seconds at);
  /// The page's answer; one to a name that is not offered does nothing.
  /// Returns  whether the name holds from now on.
  bool answer(const std::string& name, bool yes);
  /// Another face is followed.
  void leave();

  [[nodiscard]] const Listener& listener() const { return listener_; }

 private:
  Listener listener_;
  std::set<std::string> yes_, no_;
  std::optional<motion::Seconds> steady_since_;
  bool steady_ = false;
  int looks_ = 0;
};

}  // namespace harmonic::session
