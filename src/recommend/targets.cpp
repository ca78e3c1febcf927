#include "recommend/targets.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace harmonic::recommend {

namespace {

std::size_t number_of(Strategy strategy) { return static_cast<std::size_t>(strategy); }

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view kSpace = " \t\r";
  line = line.substr(0, line.find('#'));
  std::vector<std::string_view> words;
  for (;;) {
    const auto begin = line.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return words;
    line.remove_prefix(begin);
    const auto word = line.substr(0, line.find_first_of(kSpace));
    words.push_back(word);
    line.remove_prefix(word.size());
  }
}

std::optional<double> within_one(std::string_view word) {
  double value = 0;
  if (word.starts_with('+')) word.remove_prefix(1);
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (fault != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value >= -1 && value <= 1 ? std::optional{value} : std::nullopt;
}

struct Line {
  std::optional<affect::Emotion> from;  ///< nothing: any
  Strategy strategy;
  ValenceArousal goal;
};

Result<Line> read_line(const std::vector<std::string_view>& words) {
  const auto refuse = [](std::string why) {
    return fail(ErrorKind::kInvalidInput, std::move(why));
  };
  if (words.size() != 4) return refuse("a line is: expression strategy valence arousal");
  const auto from = affect::emotion_named(words[0]);
  if (!from && words[0] != "any")
    return refuse("\"" + std::string{words[0]} + R"(" is no expression; "any" stands for all)");
  const auto strategy = strategy_named(words[1]);
  if (!strategy) return refuse("there is no strategy \"" + std::string{words[1]} + "\"");
  if (!from && *strategy == Strategy::kMatch)
    return refuse("match stays with the mood; only an expression can have a goal of its own");
  const auto valence = within_one(words[2]);
  const auto arousal = within_one(words[3]);
  if (!valence || !arousal) return refuse("valence and arousal are numbers from -1 to 1");
  return Line{from, *strategy, ValenceArousal::clamped(*valence, *arousal)};
}

}  // namespace

Targets::Targets() {
  general_[number_of(Strategy::kLift)] = lift_goal();
  general_[number_of(Strategy::kCalm)] = calm_goal();
  general_[number_of(Strategy::kFocus)] = focus_goal();
}

Result<Targets> Targets::read(std::string_view text, std::string_view name) {
  Targets targets;
  Goals named;  // of "any", by this text
  for (int number = 1; !text.empty(); ++number) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto words = words_of(line);
    if (words.empty()) continue;
    const auto where = std::string{name} + ":" + std::to_string(number);
    auto read = read_line(words);
    if (!read) return tl::unexpected{std::move(read).error().while_doing(where)};
    const auto strategy = number_of(read->strategy);
    auto& goal = read->from ? targets.own_.at(static_cast<std::size_t>(*read->from)).at(strategy)
                            : named.at(strategy);
    if (goal) return fail(ErrorKind::kInvalidInput, where + ": this goal was named before");
    goal = read->goal;
    if (!read->from) targets.general_.at(strategy) = goal;
  }
  return targets;
}

ValenceArousal Targets::goal(Strategy strategy) const {
  return general_.at(number_of(strategy)).value_or(ValenceArousal{});
}

std::optional<ValenceArousal> Targets::goal(affect::Emotion from, Strategy strategy) const {
  return own_.at(static_cast<std::size_t>(from)).at(number_of(strategy));
}

bool Targets::has_own(Strategy strategy) const {
  return std::any_of(own_.begin(), own_.end(),
                     [&](const Goals& goals) { return goals.at(number_of(strategy)).has_value(); });
}

}  // namespace harmonic::recommend
