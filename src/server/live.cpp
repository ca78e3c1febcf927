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
                  [this](SetFamiliar m) { session_->set_familiar(m.share); },
                  [this](const SetPlaying& m) { session_->playing(m.song); },
                  [this](AskRest m) { ask_rest(m.action); },
                  [this](WatchMovements m) { session_->watch_movements(m.on); },
                  [this](const AnswerListener& m) { session_->answer_listener(m.name, m.yes); }},
             message);
  return {};
}

void Live::ask_rest(RestAction action) {
  switch (action) {
    case RestAction::kStart: return session_->start_rest();
    case RestAction::kCancel: return session_->cancel_rest();
    case RestAction::kForget: return session_->forget_rest();
  }
}

std::vector<std::string> Live::news() {
  std::vector<std::string> fresh;
  const auto tell = [&fresh](std::string text, std::string& told) {
    if (text == told) return;
    fresh.push_back(text);
    told = std::move(text);
  };
  tell(write_mood(session_->mood()), told_mood_);
  tell(write_rest(session_->rest()), told_rest_);
  tell(write_listener(session_->listener()), told_listener_);
  auto queue = session_->queue();
  auto history = library_.history();
  if (queue == told_ && history == told_history_) return fresh;
  auto text = write_queue(*queue, *history);
  told_ = std::move(queue);
  told_history_ = std::move(history);
  tell(std::move(text), told_queue_);
  return fresh;
}

}  // namespace harmonic::server
