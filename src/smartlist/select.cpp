#include "smartlist/select.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/dice.h"
#include "smartlist/days.h"
#include "smartlist/keys.h"
#include "smartlist/row.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

using std::chrono::sys_days;

enum class Truth : std::int8_t { kFalse, kUnknown, kTrue };

Truth truth(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

Truth opposite(Truth value) {
  if (value == Truth::kUnknown) return value;
  return truth(value == Truth::kFalse);
}

/// A condition made ready. Which members mean something follows from the field's type.
struct Test {
  Field field = Field::kTitle;
  FieldType type = FieldType::kText;
  Operator op = Operator::kIs;  ///< never one that denies: `denied` does
  bool denied = false;
  double low = 0, high = 0;        ///< one number, a range, or days back
  std::vector<double> numbers;     ///< sorted
  std::vector<std::string> texts;  ///< sorted, lower case
  std::vector<Days> days;
  std::uint32_t keys = 0;    ///< bits: tonic, and 12 more for major
  std::uint32_t words = 0;   ///< bits by index in words_of()
  std::size_t playlist = 0;  ///< index in Program::playlists
};

struct Node {
  bool is_group = false;
  Gather gather = Gather::kAll;
  std::vector<Node> nodes;
  Test test;
};

struct Named {
  PlaylistId id;
  std::string name;
};

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

/// What tests are asked beside the row.
struct Asked {
  const Row& row;
  const Moment& moment;
  std::size_t index = 0;
  const std::vector<const Members*>& members;
};

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

Truth run(const Node& node, const Asked& asked) {
  if (!node.is_group) {
    const auto value = test_affirmed(node.test, asked);
    return node.test.denied ? opposite(value) : value;
  }
  if (node.gather == Gather::kAll) {
    auto least = Truth::kTrue;
    for (const auto& inner : node.nodes) {
      least = std::min(least, run(inner, asked));
      if (least == Truth::kFalse) break;
    }
    return least;
  }
  auto most = Truth::kFalse;
  for (const auto& inner : node.nodes) {
    most = std::max(most, run(inner, asked));
    if (most == Truth::kTrue) break;
  }
  return node.gather == Gather::kAny ? most : opposite(most);
}

/// What a song is sorted by under one key: a number or a text, nothing last in both directions.
struct SortValue {
  std::optional<double> number;
  std::string text;
  [[nodiscard]] bool absent() const { return !number && text.empty(); }
};

SortValue sort_value(Field field, const Row& row, std::uint64_t lot) {
  const auto at = static_cast<std::size_t>(field);
  switch (type_of(field)) {
    case FieldType::kText: {
      std::string joined;
      for (const auto& text : row.texts.at(at))
        joined.append(joined.empty() ? "" : ", ").append(text);
      return {std::nullopt, std::move(joined)};
    }
    case FieldType::kDate:
      if (!row.date) return {};
      return {static_cast<double>(row.date->first.time_since_epoch().count()), {}};
    case FieldType::kKey: return {std::nullopt, row.key ? name_of(*row.key) : std::string{}};
    case FieldType::kWord:
      if (field == Field::kMode)
        return {
            std::nullopt,
            row.key ? std::string{words_of(field)[static_cast<std::size_t>(row.key->mode)]} : ""};
      return {std::nullopt, row.mood == Row::kNoWord ? "" : std::string{words_of(field)[row.mood]}};
    case FieldType::kOrder: return {static_cast<double>(lot >> 11U), {}};
    default: return {row.numbers.at(at), {}};
  }
}

/// -1, 0 or 1.
int compare(const SortValue& a, const SortValue& b, bool descending) {
  if (a.absent() != b.absent()) return a.absent() ? 1 : -1;
  int order = 0;
  if (a.number && b.number) {
    order = *a.number < *b.number ? -1 : *a.number > *b.number ? 1 : 0;
  } else {
    order = a.text.compare(b.text);
  }
  if (order == 0) return 0;
  return (order < 0) != descending ? -1 : 1;
}

struct Chosen {
  std::size_t index = 0;
  std::vector<SortValue> keys;
};

bool is_before(const Chosen& a, const Chosen& b, const std::vector<SortKey>& sort,
               std::span<const catalog::Song> songs) {
  for (std::size_t k = 0; k < sort.size(); ++k) {
    const int order = compare(a.keys[k], b.keys[k], sort[k].descending);
    if (order != 0) return order < 0;
  }
  return songs[a.index].id.value < songs[b.index].id.value;
}

/// As many of the first as fit into the minutes.
std::size_t count_within(std::span<const Chosen> chosen, std::span<const catalog::Song> songs,
                         double minutes) {
  std::chrono::milliseconds sum{0};
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    sum += songs[chosen[i].index].duration;
    if (std::chrono::duration<double, std::ratio<60>>(sum).count() > minutes) return i;
  }
  return chosen.size();
}

}  // namespace

struct Selection::Program {
  Node root;
  std::vector<Named> playlists;
  std::vector<Field> used;   ///< by the rules
  std::vector<Field> shown;  ///< by the order
  std::vector<SortKey> sort;
  std::size_t offset = 0;
  std::optional<std::size_t> limit;
  std::optional<double> limit_percent;
  std::optional<double> limit_minutes;
  std::optional<std::uint64_t> seed;

  Node node_of(const Rule& rule);
  Node node_of(const Group& group);
  [[nodiscard]] std::uint64_t seed_on(const Moment& moment) const;
  void cut(std::vector<Chosen>& chosen, std::span<const catalog::Song> songs) const;
};

Node Selection::Program::node_of(const Rule& rule) {
  if (const auto* group = std::get_if<Group>(&rule.what)) return node_of(*group);
  Node node;
  node.test = compile_test(std::get<Condition>(rule.what), playlists);
  used.push_back(node.test.field);
  return node;
}

Node Selection::Program::node_of(const Group& group) {
  Node node;
  node.is_group = true;
  node.gather = group.gather;
  node.nodes.reserve(group.rules.size());
  for (const auto& rule : group.rules) node.nodes.push_back(node_of(rule));
  return node;
}

/// Without a seed of its own a random order lasts for the listener's day.
std::uint64_t Selection::Program::seed_on(const Moment& moment) const {
  if (seed) return *seed;
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::days>(moment.now + moment.utc_offset)
          .time_since_epoch()
          .count());
}

void Selection::Program::cut(std::vector<Chosen>& chosen,
                             std::span<const catalog::Song> songs) const {
  auto most = chosen.size();
  if (limit_percent) {
    most = static_cast<std::size_t>(
        std::ceil(static_cast<double>(chosen.size()) * *limit_percent / 100));
  }
  const auto passed = std::min(offset, chosen.size());
  chosen.erase(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(passed));
  most = std::min({most, limit.value_or(most), chosen.size()});
  if (limit_minutes) most = count_within(std::span{chosen}.first(most), songs, *limit_minutes);
  chosen.resize(most);
}

Selection::Selection(std::unique_ptr<Program> program) : program_{std::move(program)} {}
Selection::Selection(Selection&&) noexcept = default;
Selection& Selection::operator=(Selection&&) noexcept = default;
Selection::~Selection() = default;

Library::Library(std::span<const catalog::Song> songs,
                 std::span<const catalog::SongHistory> history)
    : songs_{songs}, history_(songs.size()) {
  places_.reserve(songs.size());
  for (std::size_t i = 0; i < songs.size(); ++i) places_.try_emplace(songs[i].id, i);
  for (const auto& one : history) {
    if (const auto place = places_.find(one.song); place != places_.end())
      history_[place->second] = &one;
  }
}

Selection Selection::compile(const Rules& rules) {
  auto program = std::make_unique<Program>();
  program->root = program->node_of(rules.root);
  auto& used = program->used;
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  program->sort = rules.sort;
  if (program->sort.empty()) program->sort.push_back({Field::kTitle, false});
  for (const auto& key : program->sort) program->shown.push_back(key.field);
  program->offset = rules.offset;
  program->limit = rules.limit;
  program->limit_percent = rules.limit_percent;
  program->limit_minutes = rules.limit_minutes;
  program->seed = rules.seed;
  return Selection{std::move(program)};
}

Result<std::vector<std::size_t>> Selection::choose(const Library& library, const Moment& moment,
                                                   const MembersOf& members) const {
  std::vector<const Members*> named;
  named.reserve(program_->playlists.size());
  for (const auto& [id, name] : program_->playlists) {
    HARMONIC_TRY(const auto* const found, members(id, name));
    named.push_back(found);
  }
  const auto songs = library.songs();
  const auto seed = program_->seed_on(moment);
  std::vector<Chosen> chosen;
  Row row;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    read_row(songs[i], library.history(i), program_->used, row);
    if (run(program_->root, {row, moment, i, named}) != Truth::kTrue) continue;
    read_row(songs[i], library.history(i), program_->shown, row);
    Chosen one{i, {}};
    one.keys.reserve(program_->sort.size());
    const auto lot = Dice{seed, 0, static_cast<std::uint64_t>(songs[i].id.value)}.next();
    for (const auto& key : program_->sort) one.keys.push_back(sort_value(key.field, row, lot));
    chosen.push_back(std::move(one));
  }
  std::sort(chosen.begin(), chosen.end(), [&](const Chosen& a, const Chosen& b) {
    return is_before(a, b, program_->sort, songs);
  });
  program_->cut(chosen, songs);
  std::vector<std::size_t> indices;
  indices.reserve(chosen.size());
  for (const auto& one : chosen) indices.push_back(one.index);
  return indices;
}

Result<std::vector<std::size_t>> choose(const Rules& rules, const Library& library,
                                        const Moment& moment) {
  return Selection::compile(rules).choose(
      library, moment, [](PlaylistId, const std::string& name) -> Result<const Members*> {
        return fail(ErrorKind::kInvalidInput,
                    "these rules may name no other playlist, and they name '" + name + "'");
      });
}

}  // namespace harmonic::smartlist
