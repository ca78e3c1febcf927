// base/ids.h - row ids that cannot be mixed up.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace harmonic {

/// A database id of one kind of thing. 0 means "not stored yet".
template <typename Tag>
struct Id {
  std::int64_t value = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
};

using SongId = Id<struct SongTag>;
using ListenerId = Id<struct ListenerTag>;
using PlayId = Id<struct PlayTag>;
using PlaylistId = Id<struct PlaylistTag>;

}  // namespace harmonic

template <typename Tag>
struct std::hash<harmonic::Id<Tag>> {
  std::size_t operator()(harmonic::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
