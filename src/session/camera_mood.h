// session/camera_mood.h - what a camera has shown of one listener: followed, smoothed, corrected.
#pragma once

#include <optional>
#include <string>

#include "affect/smoother.h"
#include "session/eyes.h"
#include "session/followed.h"
#include "session/greeting.h"
#include "session/rest.h"

namespace harmonic::session {

/// Threads  one at a time; the session guards it.
class CameraMood {
 public:
  using Time = Gate::Time;

  /// What to ask of the next picture. `names`: the eyes know enrolled listeners.
  [[nodiscard]] Question question(bool names) const;

  /// Takes a picture that was looked at with `asked`: sets Look::followed and Look::reason,
  /// corrects the listener's expression, and lets mood, capture and greeting follow. One that was
  /// captured no later than one before it changes nothing.
  /// `rests` may be null.
  void take(Look& look, motion::Seconds at, const Question& asked, Rests* rests);

  /// The camera is off: all that was seen is forgotten.
  void off();
  void watch_movements(bool on) { movements_ = on; }

  void start_rest(Time now);
  void cancel_rest() { rest_.cancel(); }
  void forget_rest(Rests* rests);
  /// To be called a few times a second, for a capture's end.
  void look_at_clock(Time now, Rests* rests);
  void answer(const std::string& name, bool yes, Rests* rests);

  [[nodiscard]] const std::optional<affect::Mood>& mood() const { return smoother_.mood(); }
  [[nodiscard]] const RestNews& rest() const { return rest_.news(); }
  [[nodiscard]] const Listener& listener() const { return greeting_.listener(); }

 private:
  void begin_anew(std::string_view why);
  void correct(SeenFace& face) const;
  void greet_again(Rests* rests);

  Followed followed_;
  affect::Smoother smoother_;
  Rest rest_;
  Greeting greeting_;
  bool movements_ = false;
  std::optional<motion::Seconds> last_;
};

}  // namespace harmonic::session
