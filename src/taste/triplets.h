// taste/triplets.h - lines of listener, song and count.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "taste/play_log.h"

namespace harmonic::taste {

/// Adds LISTENER<TAB>SONG<TAB>COUNT, a cell a line, as the Million Song Dataset's Taste Profile has
/// it. Lines may end in \r\n; empty lines say nothing. A first line whose third field is no number
/// names the columns and is passed over. `file` is the name for errors. Errors  kInvalidInput: a
/// line of other fields, or a count that is not in (0, 1e9], with its number.
[[nodiscard]] Result<void> add_triplets(std::string_view text, const std::string& file,
                                        PlayLog& log);

/// The same of a file, read in pieces. Errors  kNotFound, kUnavailable (cannot be read), as above.
[[nodiscard]] Result<void> read_triplets(const std::filesystem::path& file, PlayLog& log);

}  // namespace harmonic::taste
