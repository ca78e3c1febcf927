// scan/file_kind.h - which files in a music folder are plainly something else.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace harmonic::scan {

/// How many first bytes other_kind() wants to see.
inline constexpr std::size_t kFirstBytes = 1024;

/// "a JPEG picture", "text", ... when the first bytes of a file say so beyond doubt; empty when it
/// may be sound. `start` holds up to kFirstBytes.
[[nodiscard]] std::optional<std::string_view> other_kind(std::span<const std::byte> start);

/// True when the name promises sound (song.mp3, .flac, .wma, ...), whatever is inside.
[[nodiscard]] bool has_sound_name(const std::filesystem::path& path);

}  // namespace harmonic::scan
