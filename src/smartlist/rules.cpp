#include "smartlist/rules.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/music_units.h"
#include "smartlist/days.h"
#include "smartlist/keys.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

constexpr double kMostDays = 100'000;  // 270 years

bool takes_several(Operator op) {
  return op == Operator::kIs || op == Operator::kIsNot || op == Operator::kContains ||
         op == Operator::kNotContains || op == Operator::kStartsWith || op == Operator::kEndsWith ||
         op == Operator::kInHarmonyWith;
}

/// What the operator takes of this field, for a message.
std::string wanted(const Condition& condition) {
  switch (condition.op) {
    case Operator::kIsMissing:
    case Operator::kIsPresent: return "true or false";
    case Operator::kInTheLast:
    case Operator::kNotInTheLast: return "a number of days from 0 to 100000";
    default: break;
  }
  std::string one;
  switch (type_of(condition.field)) {
    case FieldType::kNumber: one = "a number"; break;
    case FieldType::kFlag: one = "true or false"; break;
    case FieldType::kDate: one = "a date like 2004, 2004-05 or 2004-05-31"; break;
    case FieldType::kMoment: one = "a day like 2004-05-31"; break;
    case FieldType::kKey: one = "a key like A minor, Bb or 8A"; break;
    case FieldType::kPlaylist:
      one = condition.field == Field::kPlaylistId ? "the number of a playlist"
                                                  : "the name of a playlist";
      break;
    case FieldType::kWord:
      for (const auto word : words_of(condition.field))
        one.append(one.empty() ? "one of " : ", ").append(word);
      break;
    default: one = "a text"; break;
  }
  if (condition.op == Operator::kInTheRange) return "two of it, lowest first: " + one;
  return one;
}

tl::unexpected<Error> wrong_value(const Condition& condition) {
  return fail(ErrorKind::kInvalidInput, "'" + std::string{name_of(condition.op)} + "' of '" +
                                            std::string{name_of(condition.field)} + "' needs " +
                                            wanted(condition));
}

bool is_number(const Value& value, double low, double high) {
  const auto* number = std::get_if<double>(&value);
  return number != nullptr && *number >= low && *number <= high;
}

/// The text in the form that is kept; nothing where the field has no such value.
std::optional<std::string> kept_text(Field field, const std::string& text) {
  switch (type_of(field)) {
    case FieldType::kText:
      if (!songlist::is_utf8(text)) return std::nullopt;
      return text;
    case FieldType::kDate: return days_of(text) ? std::optional{text} : std::nullopt;
    case FieldType::kMoment: {
      const auto days = days_of(text);
      return days && days->first == days->last ? std::optional{text} : std::nullopt;
    }
    case FieldType::kKey: {
      const auto key = key_named(text);
      return key ? std::optional{name_of(*key)} : std::nullopt;
    }
    case FieldType::kWord: {
      auto word = songlist::lowered(text);
      const auto words = words_of(field);
      if (std::find(words.begin(), words.end(), word) == words.end()) return std::nullopt;
      return word;
    }
    case FieldType::kPlaylist:
      if (field == Field::kPlaylistName && !text.empty() && songlist::is_utf8(text)) return text;
      return std::nullopt;
    default: return std::nullopt;
  }
}

/// A value of the field's own type, brought into the form that is kept.
bool keep_value(Field field, Value& value) {
  const auto type = type_of(field);
  if (type == FieldType::kFlag) return std::holds_alternative<bool>(value);
  if (type == FieldType::kNumber) {
    const auto* number = std::get_if<double>(&value);
    return number != nullptr && std::isfinite(*number);
  }
  if (field == Field::kPlaylistId) {
    return is_number(value, 1, 9e15) &&
           std::get<double>(value) == std::floor(std::get<double>(value));
  }
  auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return false;
  auto kept = kept_text(field, *text);
  if (!kept) return false;
  *text = *std::move(kept);
  return true;
}

bool in_order(Field field, const Value& low, const Value& high) {
  if (type_of(field) == FieldType::kNumber) return std::get<double>(low) <= std::get<double>(high);
  return days_of(std::get<std::string>(low))->first <= days_of(std::get<std::string>(high))->last;
}

}  // namespace

bool operator==(const Group& a, const Group& b) {
  return a.gather == b.gather && a.rules == b.rules;
}

Result<Condition> check(Condition condition) {
  const auto type = type_of(condition.field);
  if (!allows(type, condition.op)) {
    const auto allowed = operator_names(type);
    return fail(ErrorKind::kInvalidInput,
                "'" + std::string{name_of(condition.field)} + "' cannot be asked with '" +
                    std::string{name_of(condition.op)} + "'; it takes " +
                    (allowed.empty() ? "no operator, only sort does" : allowed));
  }
  auto& values = condition.values;
  const std::size_t most = condition.op == Operator::kInTheRange ? 2
                           : takes_several(condition.op) && type != FieldType::kFlag
                               ? kMostConditions
                               : 1;
  if (values.empty() || values.size() > most) return wrong_value(condition);
  switch (condition.op) {
    case Operator::kIsMissing:
    case Operator::kIsPresent:
      if (!std::holds_alternative<bool>(values[0])) return wrong_value(condition);
      return condition;
    case Operator::kInTheLast:
    case Operator::kNotInTheLast:
      if (!is_number(values[0], 0, kMostDays)) return wrong_value(condition);
      return condition;
    default: break;
  }
  for (auto& value : values) {
    if (!keep_value(condition.field, value)) return wrong_value(condition);
  }
  if (condition.op == Operator::kInTheRange &&
      (values.size() != 2 || !in_order(condition.field, values[0], values[1]))) {
    return wrong_value(condition);
  }
  return condition;
}

}  // namespace harmonic::smartlist
