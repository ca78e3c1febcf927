#include "smartlist/select.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/dice.h"
#include "smartlist/order.h"
#include "smartlist/ready_condition.h"
#include "smartlist/row.h"

namespace harmonic::smartlist {

namespace {

struct Node {
  bool is_group = false;
  Gather gather = Gather::kAll;
  std::vector<Node> nodes;
  Test test;
};

Truth run(const Node& node, const Asked& asked) {
  if (!node.is_group) return run_test(node.test, asked);
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
