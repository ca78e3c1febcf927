#include "smartlist/nsp.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

using Json = nlohmann::ordered_json;

// Objects and arrays inside each other: every group brings two, a condition two and its list one.
constexpr int kDeepestJson = 2 * static_cast<int>(kDeepest) + 4;
constexpr double kLargestWhole = 9007199254740992.0;  // 2^53

tl::unexpected<Error> refuse(const std::string& at, const std::string& what) {
  return fail(ErrorKind::kInvalidInput, at.empty() ? what : at + ": " + what);
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() <= kLongest) return "'" + std::string{text} + "'";
  return "'" + std::string{text.substr(0, kLongest)} + "...'";
}

/// What the library's parser takes silently and we do not.
struct Watch {
  std::vector<std::set<std::string>> keys;  ///< of the objects that are open
  std::string repeated;
  bool too_deep = false;

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if (depth > kDeepestJson) too_deep = true;
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end && !keys.empty()) keys.pop_back();
    if (event == Event::key && !keys.empty() &&
        !keys.back().insert(songlist::lowered(parsed.get_ref<const std::string&>())).second) {
      repeated = parsed.get<std::string>();
    }
    return !too_deep;
  }
};

Result<Json> parse_json(std::string_view text) {
  if (text.size() > kMostRuleBytes) {
    return fail(ErrorKind::kInvalidInput, "the rules are longer than 16 MiB");
  }
  Watch watch;
  const auto look = [&watch](int depth, Json::parse_event_t event, Json& parsed) {
    return watch(depth, event, parsed);
  };
  Json json;
  try {
    json = Json::parse(text, look, true, true);  // Navidrome's files may have comments
  } catch (const Json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: ...": the rest is for
    // people.
    const std::string said{error.what()};
    const auto end = said.find("] ");
    return fail(
        ErrorKind::kInvalidInput,
        "the rules are not JSON: " + (end == std::string::npos ? said : said.substr(end + 2)));
  }
  if (watch.too_deep) {
    return fail(ErrorKind::kInvalidInput, "the rules have more than " + std::to_string(kDeepest) +
                                              " groups inside each other; flatten them");
  }
  if (!watch.repeated.empty()) {
    return fail(ErrorKind::kInvalidInput,
                "the rules name " + in_quotes(watch.repeated) +
                    " twice in one place; put each rule into braces of its own");
  }
  if (!json.is_object()) {
    return fail(ErrorKind::kInvalidInput,
                R"(the rules are no JSON object, {"all": [{"is": {"genre": "Rock"}}]})");
  }
  return json;
}

Result<Value> value_of(const Json& json, const std::string& at) {
  if (json.is_boolean()) return Value{json.get<bool>()};
  if (json.is_number()) return Value{json.get<double>()};
  if (json.is_string()) return Value{json.get<std::string>()};
  return refuse(at, "a value is a text, a number, true, false or a list of them");
}

Result<Field> field_of(const std::string& name, const std::string& at) {
  const auto field = field_named(name);
  if (field) return *field;
  if (const auto why = not_kept(name)) return refuse(at, *why);
  return refuse(at, "there is no field " + in_quotes(name) + "; the fields are " + field_names());
}

Result<Condition> condition_of(Operator op, const Json& json, const std::string& at) {
  if (!json.is_object() || json.size() != 1) {
    return refuse(at,
                  in_quotes(name_of(op)) + R"( needs one field with its value, {"genre": "Rock"})");
  }
  const auto first = json.begin();
  const auto& name = first.key();
  const auto& value = first.value();
  HARMONIC_TRY(const auto field, field_of(name, at));
  Condition condition{field, op, {}};
  if (value.is_array()) {
    condition.values.reserve(value.size());
    for (const auto& one : value) {
      HARMONIC_TRY(auto read, value_of(one, at));
      condition.values.push_back(std::move(read));
    }
  } else {
    HARMONIC_TRY(auto read, value_of(value, at));
    condition.values.push_back(std::move(read));
  }
  // Navidrome writes the ids of playlists as texts.
  if (auto* text = condition.values.size() == 1 && field == Field::kPlaylistId
                       ? std::get_if<std::string>(condition.values.data())
                       : nullptr;
      text != nullptr && !text->empty() && text->size() <= 15 &&
      text->find_first_not_of("0123456789") == std::string::npos) {
    condition.values[0] = std::stod(*text);
  }
  auto checked = check(std::move(condition));
  if (!checked) return refuse(at, checked.error().message);
  return checked;
}

std::optional<Gather> gather_named(std::string_view name) {
  const auto lower = songlist::lowered(name);
  if (lower == "all") return Gather::kAll;
  if (lower == "any") return Gather::kAny;
  if (lower == "none") return Gather::kNone;
  return std::nullopt;
}

std::string_view name_of(Gather gather) {
  switch (gather) {
    case Gather::kAll: return "all";
    case Gather::kAny: return "any";
    case Gather::kNone: return "none";
  }
  return "all";
}

/// Reads groups and counts what it reads.
class GroupReader {
 public:
  Result<Group> read(Gather gather, const Json& json, const std::string& at, std::size_t depth) {
    if (depth > kDeepest) {
      return refuse(at, "there are more than " + std::to_string(kDeepest) +
                            " groups inside each other; flatten them");
    }
    if (!json.is_array()) return refuse(at, "a group is a list of rules, [...]");
    if (json.empty() && (depth > 1 || gather != Gather::kAll)) {
      return refuse(at, "the group has no rules; write one, or take the group out");
    }
    Group group{gather, {}};
    group.rules.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
      const auto place = at + "[" + std::to_string(i) + "]";
      if (!json[i].is_object() || json[i].empty()) {
        return refuse(place, R"(a rule is {"operator": {"field": value}} or a group)");
      }
      for (const auto& [name, value] : json[i].items()) {
        HARMONIC_TRY(auto rule, rule_of(name, value, place, depth));
        group.rules.push_back(std::move(rule));
      }
    }
    return group;
  }

 private:
  Result<Rule> rule_of(const std::string& name, const Json& json, const std::string& at,
                       std::size_t depth) {
    if (const auto gather = gather_named(name)) {
      HARMONIC_TRY(auto group,
                   read(*gather, json, at + "." + std::string{name_of(*gather)}, depth + 1));
      return Rule{std::move(group)};
    }
    const auto op = operator_named(name);
    if (!op) {
      return refuse(at, "there is no operator " + in_quotes(name) + "; there are all, any, none, " +
                            operator_names());
    }
    if (++conditions_ > kMostConditions) {
      return refuse(at, "there are more than " + std::to_string(kMostConditions) + " rules");
    }
    HARMONIC_TRY(auto condition, condition_of(*op, json, at));
    return Rule{std::move(condition)};
  }

  std::size_t conditions_ = 0;
};

Result<double> number_in(const Json& json, const std::string& name, double low, double high,
                         bool whole) {
  const double value = json.is_number() ? json.get<double>() : std::nan("");
  if (!(value >= low && value <= high) || (whole && value != std::floor(value))) {
    return refuse(name, std::string{"needs a "} + (whole ? "whole " : "") + "number from " +
                            std::to_string(static_cast<std::int64_t>(low)) + " to " +
                            std::to_string(static_cast<std::int64_t>(high)));
  }
  return value;
}

Result<std::string> text_in(const Json& json, const std::string& name) {
  if (!json.is_string()) return refuse(name, "needs a text");
  return json.get<std::string>();
}

/// The keys that are not groups.
Result<void> read_setting(const std::string& key, const Json& json, Rules& rules, bool& reversed) {
  const auto name = songlist::lowered(key);
  const auto number = [&](double low, double high, bool whole) {
    return number_in(json, name, low, high, whole);
  };
  if (name == "name") {
    HARMONIC_TRY(rules.name, text_in(json, name));
  } else if (name == "comment") {
    HARMONIC_TRY(rules.comment, text_in(json, name));
  } else if (name == "public") {
    if (!json.is_boolean()) return refuse(name, "needs true or false");
    rules.is_public = json.get<bool>();
  } else if (name == "sort") {
    HARMONIC_TRY(const auto text, text_in(json, name));
    auto keys = parse_sort(text);
    if (!keys) return refuse(name, keys.error().message);
    rules.sort = *std::move(keys);
  } else if (name == "order") {
    HARMONIC_TRY(auto text, text_in(json, name));
    text = songlist::lowered(text);
    if (text != "asc" && text != "desc") return refuse(name, "needs asc or desc");
    reversed = text == "desc";
  } else if (name == "limit") {
    HARMONIC_TRY(const auto limit, number(0, 1e9, true));
    if (limit > 0) rules.limit = static_cast<std::size_t>(limit);  // 0 is Navidrome's "no limit"
  } else if (name == "limitpercent") {
    HARMONIC_TRY(const auto limit, number(0, 100, false));
    if (limit > 0) rules.limit_percent = limit;
  } else if (name == "limitminutes") {
    HARMONIC_TRY(const auto limit, number(0, 1e9, false));
    if (limit > 0) rules.limit_minutes = limit;
  } else if (name == "offset") {
    HARMONIC_TRY(const auto offset, number(0, 1e9, true));
    rules.offset = static_cast<std::size_t>(offset);
  } else if (name == "seed") {
    HARMONIC_TRY(const auto seed, number(0, kLargestWhole, true));
    rules.seed = static_cast<std::uint64_t>(seed);
  } else {
    return refuse({}, "there is no key " + in_quotes(key) +
                          "; there are all, any, none, name, comment, public, sort, order, limit, "
                          "limitPercent, limitMinutes, offset, seed");
  }
  return {};
}

Json json_of(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    if (*number == std::floor(*number) && std::abs(*number) < kLargestWhole)
      return static_cast<std::int64_t>(*number);
    return *number;
  }
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  return std::get<std::string>(value);
}

Json json_of(const Group& group);

Json json_of(const Rule& rule) {
  if (const auto* group = std::get_if<Group>(&rule.what))
    return {{std::string{name_of(group->gather)}, json_of(*group)}};
  const auto& condition = std::get<Condition>(rule.what);
  Json value;
  if (condition.values.size() == 1) {
    value = json_of(condition.values[0]);
  } else {
    value = Json::array();
    for (const auto& one : condition.values) value.push_back(json_of(one));
  }
  Json field = Json::object();
  field[std::string{name_of(condition.field)}] = std::move(value);
  Json json = Json::object();
  json[std::string{name_of(condition.op)}] = std::move(field);
  return json;
}

Json json_of(const Group& group) {
  Json rules = Json::array();
  for (const auto& rule : group.rules) rules.push_back(json_of(rule));
  return rules;
}

/// One key the old way, which every Navidrome reads.
void write_sort(Json& json, const std::vector<SortKey>& sort) {
  if (sort.empty()) return;
  if (sort.size() == 1) {
    json["sort"] = name_of(sort[0].field);
    if (sort[0].descending) json["order"] = "desc";
    return;
  }
  std::string text;
  for (const auto& [field, descending] : sort)
    text.append(text.empty() ? "" : ",").append(descending ? "-" : "").append(name_of(field));
  json["sort"] = text;
}

}  // namespace

Result<std::vector<SortKey>> parse_sort(std::string_view text) {
  std::vector<SortKey> keys;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    auto name = songlist::trimmed(text.substr(0, end));
    const bool descending = name.starts_with('-');
    if (descending || name.starts_with('+')) name = songlist::trimmed(name.substr(1));
    HARMONIC_TRY(const auto field, field_of(std::string{name}, {}));
    if (type_of(field) == FieldType::kPlaylist) {
      return fail(ErrorKind::kInvalidInput, in_quotes(name) + " is no field to sort by");
    }
    keys.push_back({field, descending});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return keys;
}

Result<Rules> parse_nsp(std::string_view text) {
  HARMONIC_TRY(const auto json, parse_json(text));
  Rules rules;
  bool reversed = false;
  std::optional<Gather> gathered;
  GroupReader reader;
  for (const auto& [key, value] : json.items()) {
    const auto gather = gather_named(key);
    if (!gather) {
      HARMONIC_CHECK(read_setting(key, value, rules, reversed));
      continue;
    }
    if (gathered) {
      return refuse({}, "there are both '" + std::string{name_of(*gathered)} + "' and '" +
                            std::string{name_of(*gather)} + "'; put one of them inside the other");
    }
    gathered = gather;
    HARMONIC_TRY(rules.root, reader.read(*gather, value, std::string{name_of(*gather)}, 1));
  }
  if (!gathered) return refuse({}, "there are no rules; write them under 'all' or 'any'");
  if (reversed && rules.sort.empty()) rules.sort.push_back({Field::kTitle, false});
  for (auto& key : rules.sort) key.descending = key.descending != reversed;
  return rules;
}

std::string write_nsp(const Rules& rules) {
  Json json = Json::object();
  if (!rules.name.empty()) json["name"] = rules.name;
  if (!rules.comment.empty()) json["comment"] = rules.comment;
  if (rules.is_public) json["public"] = *rules.is_public;
  json[std::string{name_of(rules.root.gather)}] = json_of(rules.root);
  write_sort(json, rules.sort);
  if (rules.limit) json["limit"] = *rules.limit;
  if (rules.limit_percent) json["limitPercent"] = json_of(Value{*rules.limit_percent});
  if (rules.limit_minutes) json["limitMinutes"] = json_of(Value{*rules.limit_minutes});
  if (rules.offset > 0) json["offset"] = rules.offset;
  if (rules.seed) json["seed"] = *rules.seed;
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace harmonic::smartlist
