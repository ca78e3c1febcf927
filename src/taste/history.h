// taste/history.h - listening histories as other programs give them out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "taste/play_log.h"

namespace harmonic::taste {

/// Each listen counts one play of the song "ARTIST<TAB>TITLE". `file` is the name for errors, which
/// give the line too. `listener` is whose history it is.

/// ListenBrainz: listens as a JSON array or one after the other (.jsonl); `user_name`, where a
/// listen has it, is the listener. Errors  kInvalidInput: no JSON, or a listen without
/// `track_metadata.artist_name` and `.track_name`.
[[nodiscard]] Result<void> add_listenbrainz(std::string_view text, const std::string& file,
                                            const std::string& listener, PlayLog& log);

/// Last.fm as CSV: a first line that names columns `artist` and `track` (or `title`), or none, and
/// then artist, album, title, time. RFC 4180 quotes.
/// Errors  kInvalidInput: a row without artist or title, a quote that never ends.
[[nodiscard]] Result<void> add_lastfm(std::string_view text, const std::string& file,
                                      const std::string& listener, PlayLog& log);

/// Either of them or triplets (taste/triplets.h), told apart by how they begin; the listener is the
/// file's name without its ending.
/// Errors  as above and as read_triplets.
[[nodiscard]] Result<void> read_history(const std::filesystem::path& file, PlayLog& log);

}  // namespace harmonic::taste
