#include "server/live.h"

#include <utility>

namespace harmonic::server {

namespace {

template <typename... Acts>
struct Each : Acts... {
  using Acts::operator()...;
};
template <typename... Acts>
Each(Acts...) -> Each<Acts...>;

}  // namespace

Result<void> Live::hear(std::string_view text) {
  HARMONIC_TRY(const auto message, read_message(text));
  std::visit(Each{[this](const SetMood& m) { session_->set_mood(m.mood); },
                  [this](ReleaseMood) { session_->release(); },
                  [this](SetCamera m) { session_->camera(m.on); },
                  [this](SetStrategy m) { session_->set_strategy(m.strategy); },
                  [this](const SetPlaying& m) { session_->playing(m.song); }},
             message);
  return {};
}

std::vector<std::string> Live::news() {
  std::vector<std::string> fresh;
  if (auto mood = write_mood(session_->mood()); mood != told_mood_) {
    fresh.push_back(mood);
    told_mood_ = std::move(mood);
  }
  auto queue = session_->queue();
  auto history = library_.history();
  if (queue == told_ && history == told_history_) return fresh;
  auto text = write_queue(*queue, *history);
  told_ = std::move(queue);
  told_history_ = std::move(history);
  if (text != told_queue_) {
    fresh.push_back(text);
    told_queue_ = std::move(text);
  }
  return fresh;
}

}  // namespace harmonic::server
