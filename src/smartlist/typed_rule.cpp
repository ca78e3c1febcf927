#include "smartlist/typed_rule.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

using songlist::trimmed;

struct Spelling {
  std::string_view words;
  Operator op;
};

// The longer one before the shorter one that it begins with.
constexpr std::array kSpellings{
    Spelling{"is not", Operator::kIsNot},
    Spelling{"is in harmony with", Operator::kInHarmonyWith},
    Spelling{"in harmony with", Operator::kInHarmonyWith},
    Spelling{"is", Operator::kIs},
    Spelling{"does not contain", Operator::kNotContains},
    Spelling{"not contains", Operator::kNotContains},
    Spelling{"contains", Operator::kContains},
    Spelling{"starts with", Operator::kStartsWith},
    Spelling{"ends with", Operator::kEndsWith},
    Spelling{"not in the last", Operator::kNotInTheLast},
    Spelling{"in the last", Operator::kInTheLast},
    Spelling{"before", Operator::kBefore},
    Spelling{"after", Operator::kAfter},
    Spelling{"!=", Operator::kIsNot},
    Spelling{"=", Operator::kIs},
    Spelling{">", Operator::kGreater},
    Spelling{"<", Operator::kLess},
    Spelling{"~", Operator::kContains},
};

tl::unexpected<Error> refuse(std::string_view text, const std::string& what) {
  return fail(ErrorKind::kInvalidInput, "the rule '" + std::string{text} + "': " + what);
}

bool is_word_end(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == ' ' || text[at] == '\t';
}

/// Takes `words` off the front; letters need a space or the end behind them.
bool take(std::string_view& text, std::string_view words) {
  if (!songlist::lowered(text.substr(0, words.size())).starts_with(words)) return false;
  const bool letters = words.back() >= 'a' && words.back() <= 'z';
  if (letters && !is_word_end(text, words.size())) return false;
  text = trimmed(text.substr(words.size()));
  return true;
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Value value_of(Field field, Operator op, std::string_view text) {
  const auto lower = songlist::lowered(text);
  const auto type = type_of(field);
  if (type == FieldType::kFlag || op == Operator::kIsMissing || op == Operator::kIsPresent) {
    if (lower == "true" || lower == "yes") return true;
    if (lower == "false" || lower == "no") return false;
  }
  const bool counted = type == FieldType::kNumber || field == Field::kPlaylistId ||
                       op == Operator::kInTheLast || op == Operator::kNotInTheLast;
  if (counted) {
    auto digits = std::string_view{lower};
    for (const std::string_view unit : {" days", " day"}) {
      if (digits.ends_with(unit)) digits.remove_suffix(unit.size());
    }
    if (const auto number = number_of(digits)) return *number;
  }
  return std::string{text};
}

std::vector<Value> values_of(Field field, Operator op, std::string_view text) {
  std::vector<Value> values;
  for (;;) {
    const auto end = std::min(text.find('|'), text.size());
    values.push_back(value_of(field, op, trimmed(text.substr(0, end))));
    if (end == text.size()) return values;
    text.remove_prefix(end + 1);
  }
}

Result<Condition> checked(std::string_view rule, Condition condition) {
  auto good = check(std::move(condition));
  if (!good) return refuse(rule, good.error().message);
  return good;
}

/// What follows the field.
Result<Condition> read_rest(std::string_view rule, Field field, std::string_view rest) {
  if (rest.empty() && type_of(field) == FieldType::kFlag)
    return checked(rule, {field, Operator::kIs, {true}});
  const auto lower = songlist::lowered(rest);
  if (lower == "missing") return checked(rule, {field, Operator::kIsMissing, {true}});
  if (lower == "present") return checked(rule, {field, Operator::kIsPresent, {true}});
  for (const auto& [words, op] : kSpellings) {
    if (take(rest, words)) return checked(rule, {field, op, values_of(field, op, rest)});
  }
  if (const auto dots = rest.find(".."); dots != std::string_view::npos && dots > 0) {
    const auto op = Operator::kInTheRange;
    return checked(rule, {field,
                          op,
                          {value_of(field, op, trimmed(rest.substr(0, dots))),
                           value_of(field, op, trimmed(rest.substr(dots + 2)))}});
  }
  std::string words;
  for (const auto& one : kSpellings) words.append(words.empty() ? "" : ", ").append(one.words);
  return refuse(rule, "after the field stands one of " + words +
                          ", missing, present, or a range like 100..120");
}

}  // namespace

Result<Condition> read_typed_rule(std::string_view text) {
  const auto rule = trimmed(text);
  auto rest = rule;
  for (const auto& [words, op] : {std::pair{std::string_view{"in playlist"}, Operator::kInPlaylist},
                                  {"not in playlist", Operator::kNotInPlaylist}}) {
    if (take(rest, words)) return checked(rule, {Field::kPlaylistName, op, {std::string{rest}}});
  }
  const bool denied = take(rest, "not");
  const auto end = std::min(rest.find_first_of(" \t=!<>~"), rest.size());
  const auto name = rest.substr(0, end);
  const auto field = field_named(name);
  if (!field) {
    if (const auto why = not_kept(name)) return refuse(rule, *why);
    return refuse(rule,
                  "there is no field '" + std::string{name} + "'; the fields are " + field_names());
  }
  rest = trimmed(rest.substr(end));
  if (!denied) return read_rest(rule, *field, rest);
  if (type_of(*field) == FieldType::kFlag && rest.empty())
    return checked(rule, {*field, Operator::kIs, {false}});
  return refuse(rule, "'not' stands before a yes-or-no field only; write 'is not'");
}

}  // namespace harmonic::smartlist
