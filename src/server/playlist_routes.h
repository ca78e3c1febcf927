// server/playlist_routes.h - the calls under /api/playlists (docs/protocol.md): the playlists that
// `harmonic playlist` knows, made and changed by the same rules.
#pragma once

#include <cstdint>
#include <string_view>

#include "catalog/playlists.h"
#include "catalog/store.h"
#include "server/http.h"
#include "session/library.h"

namespace harmonic::server {

/// Bytes of a body under /api/playlists: the ids of two million songs, or a file of as many lines
/// as people have. Elsewhere a body has at most kBodyLimit.
inline constexpr std::uint64_t kPlaylistBodyLimit = std::uint64_t{16} << 20U;

/// Whether a request to this target may have such a body.
[[nodiscard]] bool takes_long_body(std::string_view method, std::string_view target);

/// Refers to all; made for each request.
/// Threads  any.
class PlaylistRoutes {
 public:
  PlaylistRoutes(catalog::Playlists& kept, const catalog::Store& store,
                 const session::Library& library)
      : kept_{kept}, store_{store}, library_{library} {}

  /// `rest` is what stands behind "/api/playlists", decoded.
  [[nodiscard]] Response answer(const Request& request, std::string_view rest) const;

 private:
  [[nodiscard]] Response one(const Request& request, PlaylistId id, std::string_view part) const;
  [[nodiscard]] Response list() const;
  [[nodiscard]] Response make(const Request& request) const;
  [[nodiscard]] Response count(const Request& request) const;
  [[nodiscard]] Response undo(const Request& request) const;
  [[nodiscard]] Response import(const Request& request) const;
  [[nodiscard]] Response show(PlaylistId id) const;
  [[nodiscard]] Response change(const Request& request, PlaylistId id) const;
  [[nodiscard]] Response remove(PlaylistId id) const;
  [[nodiscard]] Response write_file(const Request& request, PlaylistId id) const;

  catalog::Playlists& kept_;
  const catalog::Store& store_;
  const session::Library& library_;
};

}  // namespace harmonic::server
