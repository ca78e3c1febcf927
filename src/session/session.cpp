#include "session/session.h"

#include <utility>

#include "recommend/wish.h"

namespace harmonic::session {

namespace {

void put_first(std::vector<SongId>& recent, SongId song) {
  std::erase(recent, song);
  recent.insert(recent.begin(), song);
  if (recent.size() > recommend::kRecentSongs) recent.pop_back();
}

}  // namespace

Session::Session(Library& library, Eyes* eyes, Clocks clocks, Rests* rests,
                 std::shared_ptr<const recommend::Targets> targets)
    : library_{library},
      gaze_{eyes == nullptr ? nullptr : eyes->open()},
      knows_listeners_{eyes != nullptr && eyes->knows_listeners()},
      clocks_{std::move(clocks)},
      rests_{rests},
      targets_{std::move(targets)},
      queue_{std::make_shared<const Queue>(
          Queue{std::nullopt, recommend::Strategy::kMatch, {}, library.songs()})} {}

Observation Session::observe(std::span<const std::byte> encoded, double captured_at_ms) {
  Observation observation{captured_at_ms, {}};
  if (gaze_ == nullptr) {
    observation.look.reason = "no_eyes";
    return observation;
  }
  Question question;
  {
    const std::lock_guard lock{mutex_};
    if (camera_on_) question = camera_.question(knows_listeners_);
  }
  const motion::Seconds at{captured_at_ms / 1000.0};
  observation.look = gaze_->look(encoded, at, question);
  const std::lock_guard lock{mutex_};
  if (camera_on_) camera_.take(observation.look, at, question, rests_);
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
  if (!on) camera_.off();
}

void Session::watch_movements(bool on) {
  const std::lock_guard lock{mutex_};
  camera_.watch_movements(on);
}

void Session::start_rest() {
  const std::lock_guard lock{mutex_};
  camera_.start_rest(clocks_.steady());
}

void Session::cancel_rest() {
  const std::lock_guard lock{mutex_};
  camera_.cancel_rest();
}

void Session::forget_rest() {
  const std::lock_guard lock{mutex_};
  camera_.forget_rest(rests_);
}

RestNews Session::rest() {
  const std::lock_guard lock{mutex_};
  camera_.look_at_clock(clocks_.steady(), rests_);
  return camera_.rest();
}

void Session::answer_listener(const std::string& name, bool yes) {
  const std::lock_guard lock{mutex_};
  camera_.answer(name, yes, rests_);
}

Listener Session::listener() const {
  const std::lock_guard lock{mutex_};
  return camera_.listener();
}

void Session::set_strategy(recommend::Strategy strategy) {
  const std::lock_guard lock{mutex_};
  asked_anew_ = asked_anew_ || strategy != strategy_;
  strategy_ = strategy;
}

void Session::set_familiar(std::optional<double> share) {
  const std::lock_guard lock{mutex_};
  asked_anew_ = asked_anew_ || share != familiar_;
  familiar_ = share;
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
  if (hand_) return {MoodSource::kHand, hand_, {}, {}, {}};
  const auto& seen = camera_.mood();
  if (!seen) return {};
  return {MoodSource::kCamera, seen->point, seen->scores, seen->emotion, seen->uncertainty};
}

std::shared_ptr<const Queue> Session::queue() {
  const std::lock_guard lock{mutex_};
  const auto now = clocks_.steady();
  if (is_stale(mood_locked(), now)) {
    asked_anew_ = false;
    ranked_at_ = now;
    // What another program has just banned is not offered. Where that cannot be read what was known
    // stays, and the refresher tells why.
    static_cast<void>(library_.refresh_preferences());
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
  options.familiar = familiar_;
  options.targets = targets_;
  options.recent = recent_;
  options.now = clocks_.wall();
  options.after = playing_;
  if (playing_) options.exclude.push_back(*playing_);
  const auto leanings = library_.leanings();
  options.banned_artists = leanings->bans.artists;
  options.exclude.insert(options.exclude.end(), leanings->bans.songs.begin(),
                         leanings->bans.songs.end());
  // One draw for each play that was learned from, so that the queue stays while nothing happens.
  const auto& wishes = leanings->wishes;
  const auto wish = recommend::wish_of(*queue->songs, wishes, *gate_.held(), wishes.all_plays());
  recommend::Signals signals{.wish = wish};
  if (leanings->songs == queue->songs) {
    signals.taste = leanings->taste;
    signals.company = leanings->company;
  }
  auto ranking =
      recommend::rank(*queue->songs, *gate_.held(), ranked_history_->songs(), options, signals);
  queue->target = ranking.target;
  queue->picks = std::move(ranking.picks);
  return queue;
}

}  // namespace harmonic::session
