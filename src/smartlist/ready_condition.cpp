#include "smartlist/ready_condition.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "smartlist/keys.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

using std::chrono::sys_days;

Truth truth(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

unsigned key_bit(Key key) { return key.tonic + (key.mode == Mode::kMajor ? 12U : 0U); }

/// The operator that is denied, and whether it is.
std::pair<Operator, bool> without_denial(Operator op) {
  switch (op) {
    case Operator::kIsNot: return {Operator::kIs, true};
    case Operator::kNotContains: return {Operator::kContains, true};
    case Operator::kNotInTheLast: return {Operator::kInTheLast, true};
    case Operator::kIsMissing: return {Operator::kIsPresent, true};
    case Operator::kNotInPlaylist: return {Operator::kInPlaylist, true};
    // Days: before and after are their words for less and greater.
    case Operator::kBefore: return {Operator::kLess, false};
    case Operator::kAfter: return {Operator::kGreater, false};
    default: return {op, false};
  }
}

void compile_key(const Condition& condition, Test& test) {
  for (const auto& value : condition.values) {
    const auto key = key_named(std::get<std::string>(value));
    if (!key) continue;  // check() has refused those
    if (condition.op != Operator::kInHarmonyWith) {
      test.keys |= 1U << key_bit(*key);
      continue;
    }
    for (const auto neighbour : harmonic_neighbours(*key)) test.keys |= 1U << key_bit(neighbour);
  }
  if (test.op == Operator::kInHarmonyWith) test.op = Operator::kIs;
}

void compile_numbers(const Condition& condition, Test& test) {
  for (const auto& value : condition.values) {
    const auto* flag = std::get_if<bool>(&value);
    test.numbers.push_back(flag != nullptr ? (*flag ? 1.0 : 0.0) : std::get<double>(value));
  }
  test.low = test.numbers.front();
  test.high = test.numbers.back();
  std::sort(test.numbers.begin(), test.numbers.end());
}

void compile_words(const Condition& condition, Test& test) {
  const auto words = words_of(condition.field);
  for (const auto& value : condition.values) {
    const auto at = std::find(words.begin(), words.end(), std::get<std::string>(value));
    if (at != words.end()) test.words |= 1U << static_cast<unsigned>(at - words.begin());
  }
}

void compile_texts(const Condition& condition, Test& test) {
  for (const auto& value : condition.values)
    test.texts.push_back(songlist::lowered(std::get<std::string>(value)));
  std::sort(test.texts.begin(), test.texts.end());
}

void compile_days(const Condition& condition, Test& test) {
  for (const auto& value : condition.values) {
    if (const auto days = days_of(std::get<std::string>(value))) test.days.push_back(*days);
  }
}

bool text_fits(const Test& test, const std::string& text) {
  if (test.op == Operator::kIs)
    return std::binary_search(test.texts.begin(), test.texts.end(), text);
  return std::any_of(test.texts.begin(), test.texts.end(), [&](const std::string& wanted) {
    if (test.op == Operator::kStartsWith) return text.starts_with(wanted);
    if (test.op == Operator::kEndsWith) return text.ends_with(wanted);
    return text.find(wanted) != std::string::npos;
  });
}

bool number_fits(const Test& test, double value) {
  switch (test.op) {
    case Operator::kGreater: return value > test.low;
    case Operator::kLess: return value < test.low;
    case Operator::kInTheRange: return value >= test.low && value <= test.high;
    default: return std::binary_search(test.numbers.begin(), test.numbers.end(), value);
  }
}

Truth test_number(const Test& test, const std::optional<double>& value) {
  if (!value) return Truth::kUnknown;
  if (number_fits(test, *value)) return Truth::kTrue;
  // A tempo is often heard at twice or half its speed, by people as by programs.
  return truth(test.field == Field::kBpmOctave &&
               (number_fits(test, *value * 2) || number_fits(test, *value / 2)));
}

/// Whether a day of `value` is surely, surely not, or possibly within [first, last].
Truth within(const Days& value, sys_days first, sys_days last) {
  if (value.first >= first && value.last <= last) return Truth::kTrue;
  return value.last < first || value.first > last ? Truth::kFalse : Truth::kUnknown;
}

constexpr sys_days kFarAway = sys_days{std::chrono::days{4'000'000}};  // the year 12921

Truth test_date(const Test& test, const std::optional<Days>& value, const Moment& moment) {
  if (!value) return Truth::kUnknown;
  switch (test.op) {
    case Operator::kLess:
      return within(*value, -kFarAway.time_since_epoch() + sys_days{},
                    test.days[0].first - std::chrono::days{1});
    case Operator::kGreater:
      return within(*value, test.days[0].last + std::chrono::days{1}, kFarAway);
    case Operator::kInTheRange: return within(*value, test.days[0].first, test.days[1].last);
    case Operator::kInTheLast: {
      const auto today = std::chrono::floor<std::chrono::days>(moment.now + moment.utc_offset);
      return within(*value, today - std::chrono::days{static_cast<int>(test.low)}, today);
    }
    default: break;
  }
  auto best = Truth::kFalse;
  for (const auto& days : test.days) best = std::max(best, within(*value, days.first, days.last));
  return best;
}

/// "Never" is known: it is neither before nor after a day, nor in the last days.
Truth test_moment(const Test& test, const std::optional<double>& at, const Moment& moment) {
  if (!at) return Truth::kFalse;
  const auto seconds = [](auto when) {
    return std::chrono::duration<double>(when.time_since_epoch()).count();
  };
  const auto start_of = [&](sys_days day) { return seconds(day - moment.utc_offset); };
  const auto day_after = [&](sys_days day) { return start_of(day + std::chrono::days{1}); };
  switch (test.op) {
    case Operator::kLess: return truth(*at < start_of(test.days[0].first));
    case Operator::kGreater: return truth(*at >= day_after(test.days[0].last));
    case Operator::kInTheRange:
      return truth(*at >= start_of(test.days[0].first) && *at < day_after(test.days[1].last));
    default: return truth(*at > seconds(moment.now) - test.low * 86'400);
  }
}

Truth test_bits(std::uint32_t wanted, bool known, std::size_t bit) {
  if (!known) return Truth::kUnknown;
  return truth((wanted >> bit & 1U) != 0);
}

Truth test_word(const Test& test, const Row& row) {
  if (test.field == Field::kMood) return test_bits(test.words, row.mood != Row::kNoWord, row.mood);
  return test_bits(test.words, row.key.has_value(),
                   row.key ? static_cast<std::size_t>(row.key->mode) : 0);
}

bool present(const Test& test, const Row& row) {
  const auto at = static_cast<std::size_t>(test.field);
  switch (test.type) {
    case FieldType::kText: return !row.texts.at(at).empty();
    case FieldType::kDate: return row.date.has_value();
    case FieldType::kKey: return row.key.has_value();
    case FieldType::kWord:
      return test.field == Field::kMood ? row.mood != Row::kNoWord : row.key.has_value();
    default: return row.numbers.at(at).has_value();
  }
}

Truth test_affirmed(const Test& test, const Asked& asked) {
  const auto& row = asked.row;
  const auto at = static_cast<std::size_t>(test.field);
  if (test.op == Operator::kIsPresent) return truth(present(test, row));
  switch (test.type) {
    case FieldType::kText: {
      const auto& texts = row.texts.at(at);
      return truth(std::any_of(texts.begin(), texts.end(),
                               [&](const auto& text) { return text_fits(test, text); }));
    }
    case FieldType::kNumber:
    case FieldType::kFlag: return test_number(test, row.numbers.at(at));
    case FieldType::kDate: return test_date(test, row.date, asked.moment);
    case FieldType::kMoment: return test_moment(test, row.numbers.at(at), asked.moment);
    case FieldType::kKey:
      return test_bits(test.keys, row.key.has_value(), row.key ? key_bit(*row.key) : 0);
    case FieldType::kWord: return test_word(test, row);
    case FieldType::kPlaylist: return truth((*asked.members[test.playlist])[asked.index]);
    case FieldType::kOrder: break;
  }
  return Truth::kUnknown;
}

}  // namespace

Truth opposite(Truth value) {
  if (value == Truth::kUnknown) return value;
  return truth(value == Truth::kFalse);
}

Test compile_test(const Condition& condition, std::vector<Named>& playlists) {
  Test test;
  test.field = condition.field;
  test.type = type_of(condition.field);
  std::tie(test.op, test.denied) = without_denial(condition.op);
  if (test.op == Operator::kIsPresent) {
    test.denied = test.denied == std::get<bool>(condition.values[0]);
    return test;
  }
  if (test.op == Operator::kInTheLast) {
    test.low = std::get<double>(condition.values[0]);
    return test;
  }
  switch (test.type) {
    case FieldType::kText: compile_texts(condition, test); break;
    case FieldType::kNumber:
    case FieldType::kFlag: compile_numbers(condition, test); break;
    case FieldType::kDate:
    case FieldType::kMoment: compile_days(condition, test); break;
    case FieldType::kKey: compile_key(condition, test); break;
    case FieldType::kWord: compile_words(condition, test); break;
    case FieldType::kPlaylist: {
      test.playlist = playlists.size();
      const auto* name = std::get_if<std::string>(condition.values.data());
      playlists.push_back(
          name != nullptr
              ? Named{{}, *name}
              : Named{PlaylistId{static_cast<std::int64_t>(std::get<double>(condition.values[0]))},
                      {}});
      break;
    }
    case FieldType::kOrder: break;
  }
  return test;
}

Truth run_test(const Test& test, const Asked& asked) {
  const auto value = test_affirmed(test, asked);
  return test.denied ? opposite(value) : value;
}

}  // namespace harmonic::smartlist
