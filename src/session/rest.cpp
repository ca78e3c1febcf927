#include "session/rest.h"

#include <algorithm>

namespace harmonic::session {

namespace {

constexpr std::string_view kRestNow = "Look at the camera with your face at rest.";
constexpr std::string_view kSet = "Your face at rest is taken out of every reading now.";

}  // namespace

void Rest::start(Time now) {
  readings_.clear();
  began_ = now;
  news_ = {RestState::kCapturing, std::string{kRestNow}, 0};
}

void Rest::cancel() {
  if (!capturing()) return;
  readings_.clear();
  news_ = baseline_ ? RestNews{RestState::kSet, std::string{kSet}, 0} : RestNews{};
}

void Rest::forget(std::string_view why) {
  if (!baseline_ && !capturing()) return;
  const auto state = capturing() ? RestState::kRefused : RestState::kNone;
  *this = {};
  news_ = {state, std::string{why}, 0};
}

void Rest::refuse(std::string_view why) { news_ = {RestState::kRefused, std::string{why}, 0}; }

void Rest::restore(const affect::Baseline& baseline, std::string_view why) {
  readings_.clear();
  baseline_ = baseline;
  news_ = {RestState::kSet, std::string{why}, 0};
}

void Rest::add(const affect::EmotionScores& scores) {
  if (capturing()) readings_.push_back(scores);
}

bool Rest::look_at_clock(Time now) {
  if (!capturing()) return false;
  const float time = std::chrono::duration<float>(now - began_) / kCapture;
  const float enough =
      static_cast<float>(readings_.size()) / static_cast<float>(affect::Baseline::kFewest);
  news_.progress = std::clamp(std::min(time, enough), 0.0F, 1.0F);
  if (news_.progress < 1 && now - began_ < kLongest) return false;
  const auto learned = affect::Baseline::learn(readings_);
  readings_.clear();
  if (learned) {
    baseline_ = *learned;
    news_ = {RestState::kSet, std::string{kSet}, 0};
  } else {
    refuse(learned.error().message);
  }
  return learned.has_value();
}

void Rests::put(const std::string& name, const affect::Baseline& baseline) {
  const std::lock_guard lock{mutex_};
  by_name_[name] = baseline;
}

void Rests::forget(const std::string& name) {
  const std::lock_guard lock{mutex_};
  by_name_.erase(name);
}

std::optional<affect::Baseline> Rests::find(const std::string& name) const {
  const std::lock_guard lock{mutex_};
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace harmonic::session
