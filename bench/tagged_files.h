// tagged_files.h - many short sound files, each with a title of its own, for library_bench.
#pragma once

#include <cstddef>
#include <filesystem>

#include "base/result.h"

namespace harmonic::bench {

/// Writes `count` files of about a second below `folder`, 100 to a folder of its own: MP3, FLAC,
/// Ogg Vorbis, Opus, M4A and WAV in turn. The program `ffmpeg` makes one of each kind; the others
/// differ from it in their title, and no two share bytes on the disk. Errors  kUnavailable: there
/// is no `ffmpeg`, or the disk is full.
[[nodiscard]] Result<void> write_tagged_files(const std::filesystem::path& folder,
                                              std::size_t count);

}  // namespace harmonic::bench
