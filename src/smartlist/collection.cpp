#include "smartlist/collection.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <utility>

#include "smartlist/nsp.h"
#include "smartlist/uri.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

using catalog::Playlist;

/// Calls `visit` with every condition that names a playlist. Groups are at most kDeepest deep.
template <typename AnyGroup, typename Visit>
void each_mention(AnyGroup& group, const Visit& visit) {
  for (auto& rule : group.rules) {
    if (auto* inner = std::get_if<Group>(&rule.what)) {
      each_mention(*inner, visit);
    } else if (auto& condition = std::get<Condition>(rule.what);
               type_of(condition.field) == FieldType::kPlaylist) {
      visit(condition);
    }
  }
}

struct Mention {
  PlaylistId id;
  std::string name;
};

Mention mention_of(const Condition& condition) {
  if (const auto* name = std::get_if<std::string>(&condition.values.front())) return {{}, *name};
  return {PlaylistId{static_cast<std::int64_t>(std::get<double>(condition.values.front()))}, {}};
}

}  // namespace

/// Works out playlists in the order in which they need each other, without calling itself: a chain
/// of references may be as long as there are playlists.
class Solver {
 public:
  Solver(const Collection& all, const Library& library, const Moment& moment)
      : all_{all}, library_{library}, moment_{moment} {}

  Result<std::vector<SongId>> songs_of(const Playlist& wanted) {
    if (!wanted.rules) return wanted.songs;
    HARMONIC_CHECK(open(wanted));
    std::vector<SongId> songs;
    while (!open_.empty()) {
      auto& step = open_.back();
      if (step.next < step.needs.size()) {
        HARMONIC_CHECK(go_into(*step.needs[step.next++]));
        continue;
      }
      HARMONIC_TRY(songs, choose(step));
      keep(*step.playlist, songs);
      open_.pop_back();
    }
    return songs;
  }

 private:
  /// A playlist of rules that is being worked out.
  struct Step {
    const Playlist* playlist = nullptr;
    Rules rules;
    std::vector<const Playlist*> needs;
    std::size_t next = 0;
  };

  Result<void> open(const Playlist& playlist) {
    auto rules = parse_nsp(*playlist.rules);
    if (!rules) {
      return tl::unexpected{
          std::move(rules).error().while_doing("the playlist '" + playlist.name + "'")};
    }
    Step step{&playlist, *std::move(rules), {}, 0};
    std::string absent;
    each_mention(step.rules.root, [&](const Condition& condition) {
      const auto [id, name] = mention_of(condition);
      if (const auto* found = all_.get(id, name)) {
        step.needs.push_back(found);
      } else if (absent.empty()) {
        absent = name.empty() ? "number " + std::to_string(id.value) : "'" + name + "'";
      }
    });
    if (!absent.empty()) {
      return fail(ErrorKind::kNotFound, "the playlist '" + playlist.name +
                                            "' refers to the playlist " + absent +
                                            ", and there is none");
    }
    open_.push_back(std::move(step));
    return {};
  }

  Result<void> go_into(const Playlist& needed) {
    if (members_.contains(&needed)) return {};
    if (!needed.rules) {
      keep(needed, needed.songs);
      return {};
    }
    const auto again = std::find_if(open_.begin(), open_.end(),
                                    [&](const Step& step) { return step.playlist == &needed; });
    if (again != open_.end()) return circle_from(again);
    return open(needed);
  }

  [[nodiscard]] tl::unexpected<Error> circle_from(
      const std::deque<Step>::const_iterator& first) const {
    std::string circle;
    for (auto step = first; step != open_.end(); ++step)
      circle.append("'" + step->playlist->name + "' -> ");
    return fail(ErrorKind::kInvalidInput, "playlists refer to each other in a circle: " + circle +
                                              "'" + first->playlist->name +
                                              "'; take one of these rules out");
  }

  Result<std::vector<SongId>> choose(const Step& step) const {
    const auto members = [this](PlaylistId id, const std::string& name) -> Result<const Members*> {
      return &members_.at(all_.get(id, name));
    };
    HARMONIC_TRY(const auto chosen,
                 Selection::compile(step.rules).choose(library_, moment_, members));
    std::vector<SongId> songs;
    songs.reserve(chosen.size());
    for (const auto index : chosen) songs.push_back(library_.songs()[index].id);
    return songs;
  }

  void keep(const Playlist& playlist, const std::vector<SongId>& songs) {
    Members members(library_.songs().size());
    for (const auto song : songs) {
      const auto place = library_.places().find(song);
      if (place != library_.places().end()) members[place->second] = true;
    }
    members_.insert_or_assign(&playlist, std::move(members));
  }

  const Collection& all_;
  const Library& library_;
  const Moment& moment_;
  std::deque<Step> open_;
  std::unordered_map<const Playlist*, Members> members_;
};

Collection::Collection(std::span<const Playlist> playlists) : playlists_{playlists} {
  for (std::size_t i = 0; i < playlists.size(); ++i) {
    by_name_.try_emplace(songlist::lowered(playlists[i].name), i);
    if (playlists[i].id.value != 0) by_id_.try_emplace(playlists[i].id, i);
  }
}

const Playlist* Collection::get(PlaylistId id, std::string_view name) const {
  if (id.value != 0) {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &playlists_[found->second];
  }
  const auto found = by_name_.find(songlist::lowered(name));
  return found == by_name_.end() ? nullptr : &playlists_[found->second];
}

Result<const Playlist*> Collection::find(std::string_view name) const {
  if (const auto* found = get({}, name)) return found;
  std::int64_t id = 0;
  const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (problem == std::errc{} && end == name.data() + name.size() && id > 0) {
    if (const auto* found = get(PlaylistId{id}, {})) return found;
  }
  return fail(ErrorKind::kNotFound, "there is no playlist '" + std::string{name} +
                                        "'; `harmonic playlist list` names them");
}

Result<std::vector<SongId>> Collection::songs_of(const Playlist& playlist, const Library& library,
                                                 const Moment& moment) const {
  return Solver{*this, library, moment}.songs_of(playlist);
}

Result<std::string> playlist_name(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  const auto name = songlist::trimmed(text);
  if (name.empty()) return fail(ErrorKind::kInvalidInput, "a playlist needs a name");
  if (name.size() > kLongest) {
    return fail(ErrorKind::kInvalidInput, "the name of a playlist has at most 200 letters");
  }
  if (!songlist::is_utf8(name) || one_line(name) != name) {
    return fail(ErrorKind::kInvalidInput, "the name of a playlist is one line of text in UTF-8");
  }
  return std::string{name};
}

std::optional<Rules> renamed(const Rules& rules, std::string_view from, std::string_view to) {
  auto changed = rules;
  bool found = false;
  each_mention(changed.root, [&](Condition& condition) {
    auto* name = std::get_if<std::string>(&condition.values.front());
    if (name == nullptr || songlist::lowered(*name) != songlist::lowered(from)) return;
    *name = std::string{to};
    found = true;
  });
  if (!found) return std::nullopt;
  return changed;
}

}  // namespace harmonic::smartlist
