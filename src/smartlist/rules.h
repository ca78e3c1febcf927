// smartlist/rules.h - what a playlist of rules says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "smartlist/field.h"

namespace harmonic::smartlist {

/// A flag, a number, or a text: also a date ("2004-05"), a key ("A minor"), a word, a name.
using Value = std::variant<bool, double, std::string>;

/// One rule. check() says which values an operator takes.
struct Condition {
  Field field = Field::kTitle;
  Operator op = Operator::kIs;
  std::vector<Value> values;  ///< never empty; several only where any of them will do, or a range
  friend bool operator==(const Condition&, const Condition&) = default;
};

enum class Gather : std::uint8_t { kAll, kAny, kNone };

struct Rule;
struct Group {
  Gather gather = Gather::kAll;
  std::vector<Rule> rules;
  friend bool operator==(const Group& a, const Group& b);
};
struct Rule {
  std::variant<Condition, Group> what;
  friend bool operator==(const Rule&, const Rule&) = default;
};

struct SortKey {
  Field field = Field::kTitle;
  bool descending = false;
  friend bool operator==(const SortKey&, const SortKey&) = default;
};

struct Rules {
  std::string name;  ///< empty where the file does not say
  std::string comment;
  std::optional<bool> is_public;        ///< kept for other programs; means nothing here
  Group root;                           ///< kAll without rules: every song
  std::vector<SortKey> sort;            ///< none: by title
  std::size_t offset = 0;               ///< songs passed over after sorting
  std::optional<std::size_t> limit;     ///< songs, at least 1
  std::optional<double> limit_percent;  ///< of the songs that the rules choose, in (0, 100]
  std::optional<double> limit_minutes;  ///< above 0; songs are taken while they fit
  std::optional<std::uint64_t> seed;    ///< of the random order; none: another one every day
  friend bool operator==(const Rules&, const Rules&) = default;
};

/// Groups inside groups at most, the outermost counted.
inline constexpr std::size_t kDeepest = 32;
/// Conditions of one playlist at most.
inline constexpr std::size_t kMostConditions = 100'000;

/// Brings the values into the form in which they are kept ("Am" becomes "A minor").
/// Errors  kInvalidInput: the field has no such operator, or the operator takes no such values;
///         the message names the field and what is allowed.
[[nodiscard]] Result<Condition> check(Condition condition);

}  // namespace harmonic::smartlist
