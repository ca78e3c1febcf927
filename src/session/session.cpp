#include "session/session.h"

#include <utility>

namespace harmonic::session {

namespace {

void put_first(std::vector<SongId>& recent, SongId song) {
  std::erase(recent, song);
  recent.insert(recent.begin(), song);
  if (recent.size() > recommend::kRecentSongs) recent.pop_back();
}

}  // namespace

Session::Session(const Library& library, Eyes* eyes, Clocks clocks)
    : library_{library},
      eyes_{eyes},
      clocks_{std::move(clocks)},
      queue_{std::make_shared<const Queue>(
          Queue{std::nullopt, recommend::Strategy::kMatch, {}, library.songs()})} {}

Observation Session::observe(std::span<const std::byte> encoded, double captured_at_ms) {
  Observation observation{captured_at_ms, {}};
  if (eyes_ == nullptr) {
    observation.look.reason = "no_eyes";
    return observation;
  }
  observation.look = eyes_->look(encoded);
  const std::lock_guard lock{mutex_};
  if (camera_on_) {
    const affect::Smoother::Seconds at{captured_at_ms / 1000.0};
    const auto* expression = observation.look.readable();
    if (expression != nullptr) {
      seen_.observe(at, expression->scores, expression->quality);
    } else {
      seen_.observe(at, std::nullopt);
    }
  }
  return observation;
}

void Session::set_mood(ValenceArousal mood) {
  const std::lock_guard lock{mutex_};
  hand_ = mood;
}

void Session::release() {
  const std::lock_guard lock{mutex_};
  hand_.reset();
}

void Session::camera(bool on) {
  const std::lock_guard lock{mutex_};
  camera_on_ = on;
  if (!on) seen_ = affect::Smoother{};
}

void Session::set_strategy(recommend::Strategy strategy) {
  const std::lock_guard lock{mutex_};
  asked_anew_ = asked_anew_ || strategy != strategy_;
  strategy_ = strategy;
}

void Session::playing(std::optional<SongId> song) {
  const std::lock_guard lock{mutex_};
  if (song == playing_) return;
  if (playing_) put_first(recent_, *playing_);
  playing_ = song;
  asked_anew_ = true;
}

Mood Session::mood() const {
  const std::lock_guard lock{mutex_};
  return mood_locked();
}

Mood Session::mood_locked() const {
  if (hand_) return {MoodSource::kHand, hand_, std::nullopt, std::nullopt};
  const auto& seen = seen_.mood();
  if (!seen) return {};
  return {MoodSource::kCamera, seen->point, seen->scores, seen->emotion};
}

std::shared_ptr<const Queue> Session::queue() {
  const std::lock_guard lock{mutex_};
  const auto now = clocks_.steady();
  if (is_stale(mood_locked(), now)) {
    asked_anew_ = false;
    ranked_at_ = now;
    ranked_history_ = library_.history();
    queue_ = rank_locked();
  }
  return queue_;
}

bool Session::is_stale(const Mood& mood, Time now) {
  if (mood.point) {
    const auto& rule = mood.source == MoodSource::kHand ? kHandRule : kCameraRule;
    if (gate_.passes(*mood.point, rule, now)) return true;
  } else {
    gate_.lost();
  }
  if (!gate_.held()) return false;  // nothing to rank by yet
  if (asked_anew_ || library_.history() != ranked_history_) return true;
  return library_.songs() != queue_->songs &&
         (queue_->picks.empty() || now - ranked_at_ >= kNewSongsRest);
}

std::shared_ptr<const Queue> Session::rank_locked() const {
  auto queue = std::make_shared<Queue>();
  queue->strategy = strategy_;
  queue->songs = library_.songs();
  recommend::Options options;
  options.count = kQueueLength;
  options.strategy = strategy_;
  options.recent = recent_;
  options.now = clocks_.wall();
  options.after = playing_;
  if (playing_) options.exclude.push_back(*playing_);
  auto ranking = recommend::rank(*queue->songs, *gate_.held(), ranked_history_->songs(), options);
  queue->target = ranking.target;
  queue->picks = std::move(ranking.picks);
  return queue;
}

}  // namespace harmonic::session
