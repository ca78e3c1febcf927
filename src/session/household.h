// session/household.h - the listeners of one server: each has a history, wishes, bans and queue of
// its own, and they share the songs.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/library.h"

namespace harmonic::session {

/// One listener.
struct Member {
  ListenerId id;
  std::string name;
  Library& library;
};

/// There are no passwords: who gives a name is that listener, as who sits before the machine is.
/// Threads  every call may come from any thread. A Member lives as long as the household.
class Household {
 public:
  /// So many are kept in memory, and stored for the asking of pages. Each takes its history and, if
  /// it agreed or there is a taste model, 8 bytes for each song.
  static constexpr std::size_t kMostMembers = 32;
  /// A name has so many bytes at most.
  static constexpr std::size_t kLongestName = 64;

  /// `first` is of the listener who needs no name. All must outlive the household.
  Household(catalog::Store& store, catalog::Preferences& preferences, Member first);

  [[nodiscard]] const Member& first() const { return members_.front().member; }

  /// "" is the first. Errors  kNotFound: nobody joined under that name.  kUnavailable: too many.
  [[nodiscard]] Result<const Member*> find(std::string_view name);
  /// The listener of that name, a new one where there is none.
  /// Errors  kInvalidInput: no name, too long, or with signs that cannot be shown.  kUnavailable:
  /// there are kMostMembers already.
  [[nodiscard]] Result<const Member*> join(std::string_view name);

  /// How many listeners agreed to help each other choose.
  [[nodiscard]] Result<std::size_t> agreed() const;
  [[nodiscard]] Result<bool> has_agreed(const Member& member) const;
  /// When this returns, what everybody is offered goes by it.
  [[nodiscard]] Result<void> agree(const Member& member, bool agreed);

  /// Reads the songs again where they changed, and who agreed (another program may have asked).
  /// Returns  whether there are other songs.
  [[nodiscard]] Result<bool> refresh();

 private:
  struct Seat {
    std::unique_ptr<Library> library;  ///< null of the first, which is not ours
    Member member;
  };
  [[nodiscard]] Result<void> room_for_another() const;
  [[nodiscard]] const Member* seated(std::string_view name) const;
  [[nodiscard]] Result<const Member*> seat(std::string_view name, ListenerId id);
  [[nodiscard]] std::vector<const Member*> all() const;

  catalog::Store& store_;
  catalog::Preferences& preferences_;
  mutable std::mutex mutex_;
  std::vector<Seat> members_;  ///< only grows, and never beyond what was reserved
};

}  // namespace harmonic::session
