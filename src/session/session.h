// Module session: one listener's live loop, the only place where seeing meets hearing.
//
//   picture -> Gaze -> CameraMood -> mood -> rank -> queue        the hand overrules the camera
//
// Uses     base, image, face, motion, identity, affect, catalog, bandit, recommend.  Used by
// server. Read     eyes.h (one picture), camera_mood.h (many), library.h (the songs), then this.
// Privacy  a picture lives only inside observe(); nothing here stores or logs pixels or moods. A
//          face at rest is a few numbers that live as long as the session, or the server (rest.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "affect/emotion.h"
#include "base/ids.h"
#include "base/valence_arousal.h"
#include "recommend/rank.h"
#include "session/camera_mood.h"
#include "session/eyes.h"
#include "session/gate.h"
#include "session/library.h"

namespace harmonic::session {

/// One picture that was looked at.
struct Observation {
  double captured_at_ms = 0;  ///< the sender's clock
  Look look;
};

enum class MoodSource : std::uint8_t { kNone, kCamera, kHand };

/// How the listener feels, as far as we were told or could see.
struct Mood {
  MoodSource source = MoodSource::kNone;
  std::optional<ValenceArousal> point;          ///< empty when the source is kNone
  std::optional<affect::EmotionScores> scores;  ///< only from the camera
  std::optional<affect::Emotion> emotion;       ///< only from the camera, and while one stands out
  std::optional<float> uncertainty;             ///< only from the camera: affect::Mood::uncertainty
};

/// What to play next. Immutable.
struct Queue {
  std::optional<ValenceArousal> target;  ///< empty until there was a mood; then there are no picks
  recommend::Strategy strategy = recommend::Strategy::kMatch;
  std::vector<recommend::Pick> picks;
  std::shared_ptr<const recommend::Snapshot> songs;  ///< what Pick::index speaks of; never null
};

/// The camera's mood makes a new queue when it stays this far from the one the queue was made for;
/// a quarter of the way from neutral to happy is no reason, half of it is. Smoothing shows a clear
/// change within half a second (affect/smoother.h), and then at once in full, so the queue follows
/// after about 1.5 s.
inline constexpr Gate::Rule kCameraRule{0.2F, std::chrono::milliseconds{1000}};
/// The hand means what it does; the wait only thins out the messages of one drag.
inline constexpr Gate::Rule kHandRule{0.02F, std::chrono::milliseconds{100}};
/// While a scan adds songs, the queue is made anew at most this often.
inline constexpr std::chrono::seconds kNewSongsRest{5};
inline constexpr std::size_t kQueueLength = 12;

/// Where a session reads the time; tests bring their own.
struct Clocks {
  std::function<Gate::Time()> steady = std::chrono::steady_clock::now;
  std::function<std::chrono::system_clock::time_point()> wall = std::chrono::system_clock::now;
};

/// Threads  every call may come from any thread; observe() looks without holding the others up, and
///          wants one caller at a time.
class Session {
 public:
  using Time = Gate::Time;
  /// `library`, `eyes` and `rests` must outlive the session; without `eyes` every picture is
  /// "no_eyes", without `rests` a face at rest is not kept under the listener's name.
  Session(Library& library, Eyes* eyes, Clocks clocks = {}, Rests* rests = nullptr,
          std::shared_ptr<const recommend::Targets> targets = nullptr);

  [[nodiscard]] bool can_see() const { return gaze_ != nullptr; }

  /// Looks at one encoded picture and lets the mood follow. A picture that was captured no later
  /// than one before it, or that comes while the camera is off, is looked at and changes no mood;
  /// so does a reading with a reason against it, except that memory fades.
  /// `captured_at_ms` in [0, 8e12].
  Observation observe(std::span<const std::byte> encoded, double captured_at_ms);

  /// The hand overrules the camera until release().
  void set_mood(ValenceArousal mood);
  void release();
  /// Off clears what the camera said. On at first.
  void camera(bool on);
  /// Whether to look for brief movements of the listener's face; off at first.
  void watch_movements(bool on);
  /// Captures the face at rest, ends the capture, forgets what was learned; rest() tells.
  void start_rest();
  void cancel_rest();
  void forget_rest();
  /// Whether the listener is who listener() offers. A yes holds for this session.
  void answer_listener(const std::string& name, bool yes);
  void set_strategy(recommend::Strategy strategy);
  /// As recommend::Options::familiar; absent at first.
  void set_familiar(std::optional<double> share);
  /// What is playing, or nothing: not offered again, and its artist not next.
  void playing(std::optional<SongId> song);

  [[nodiscard]] Mood mood() const;
  /// To be asked a few times a second, for a capture ends by the clock.
  [[nodiscard]] RestNews rest();
  [[nodiscard]] Listener listener() const;
  /// The queue that fits now; the same pointer as before unless there is a reason for a new one:
  /// the mood passed its gate, or the strategy, the song that plays, the history or the songs
  /// changed. When the camera sees nobody any more, the queue stays as it is.
  [[nodiscard]] std::shared_ptr<const Queue> queue();

 private:
  [[nodiscard]] Mood mood_locked() const;
  [[nodiscard]] bool is_stale(const Mood& mood, Time now);
  [[nodiscard]] std::shared_ptr<const Queue> rank_locked() const;

  Library& library_;
  const std::unique_ptr<Gaze> gaze_;
  const bool knows_listeners_;
  const Clocks clocks_;
  Rests* const rests_;
  const std::shared_ptr<const recommend::Targets> targets_;

  mutable std::mutex mutex_;
  CameraMood camera_;
  bool camera_on_ = true;
  std::optional<ValenceArousal> hand_;
  recommend::Strategy strategy_ = recommend::Strategy::kMatch;
  std::optional<double> familiar_;
  std::optional<SongId> playing_;
  std::vector<SongId> recent_;  ///< newest first
  Gate gate_;
  bool asked_anew_ = false;  ///< something other than mood and songs changed
  Time ranked_at_{};
  std::shared_ptr<const History> ranked_history_;
  std::shared_ptr<const Queue> queue_;
};

}  // namespace harmonic::session
