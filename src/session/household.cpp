#include "session/household.h"

#include <algorithm>
#include <utility>

namespace harmonic::session {

namespace {

/// What may be a name: it comes from a page and is shown on pages.
bool may_be_called(std::string_view name) {
  return !name.empty() && name.size() <= Household::kLongestName && name.front() != ' ' &&
         name.back() != ' ' && std::none_of(name.begin(), name.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20 || byte == 0x7F;
         });
}

}  // namespace

Household::Household(catalog::Store& store, catalog::Preferences& preferences, Member first)
    : store_{store}, preferences_{preferences} {
  members_.reserve(kMostMembers);  // a Member is handed out and must stay where it is
  members_.push_back({nullptr, std::move(first)});
}

const Member* Household::seated(std::string_view name) const {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [name](const Seat& seat) { return seat.member.name == name; });
  return found == members_.end() ? nullptr : &found->member;
}

Result<const Member*> Household::find(std::string_view name) {
  if (name.empty()) return &first();
  const std::lock_guard lock{mutex_};
  if (const auto* known = seated(name)) return known;
  HARMONIC_TRY(const auto id, preferences_.listener(name));
  return seat(name, id);
}

Result<const Member*> Household::join(std::string_view name) {
  if (!may_be_called(name)) {
    return fail(ErrorKind::kInvalidInput,
                "a listener needs a name of 1 to " + std::to_string(kLongestName) +
                    " bytes without line ends, and without spaces around it");
  }
  const std::lock_guard lock{mutex_};
  if (const auto* known = seated(name)) return known;
  auto id = preferences_.listener(name);
  if (!id && id.error().kind == ErrorKind::kNotFound) {
    // Whoever reaches the server may ask for names without end: nothing is stored beyond the bound.
    HARMONIC_CHECK(room_for_another());
    id = store_.find_or_add_listener(name);
  }
  if (!id) return tl::unexpected{std::move(id).error()};
  return seat(name, *id);
}

Result<void> Household::room_for_another() const {
  HARMONIC_TRY(const auto stored, preferences_.count_listeners());
  if (stored < kMostMembers && members_.size() < kMostMembers) return {};
  return fail(ErrorKind::kUnavailable, "this server has " + std::to_string(kMostMembers) +
                                           " listeners, and a page can add no more");
}

/// With the lock held.
Result<const Member*> Household::seat(std::string_view name, ListenerId id) {
  if (members_.size() == kMostMembers) {
    return fail(ErrorKind::kUnavailable,
                "this server has " + std::to_string(kMostMembers) +
                    " listeners in memory and can take no more before its next start");
  }
  auto library = std::make_unique<Library>(first().library, id);
  HARMONIC_CHECK(library->refresh_history());
  auto& own = *library;
  members_.push_back({std::move(library), {id, std::string{name}, own}});
  return &members_.back().member;
}

std::vector<const Member*> Household::all() const {
  const std::lock_guard lock{mutex_};
  std::vector<const Member*> members;
  for (const auto& seat : members_) members.push_back(&seat.member);
  return members;
}

Result<std::size_t> Household::agreed() const {
  HARMONIC_TRY(const auto listeners, preferences_.agreed());
  return listeners.size();
}

Result<bool> Household::has_agreed(const Member& member) const {
  HARMONIC_TRY(const auto listeners, preferences_.agreed());
  return std::find(listeners.begin(), listeners.end(), member.id) != listeners.end();
}

Result<void> Household::agree(const Member& member, bool agreed) {
  HARMONIC_CHECK(preferences_.set_agreed(member.id, agreed));
  for (const auto* one : all()) HARMONIC_CHECK(one->library.refresh_company());
  return {};
}

Result<bool> Household::refresh() {
  bool changed = false;
  for (const auto* one : all()) {
    HARMONIC_TRY(const bool fresh, one->library.refresh_songs());
    HARMONIC_TRY(const bool others, one->library.refresh_preferences());
    changed = changed || fresh || others;
  }
  return changed;
}

}  // namespace harmonic::session
