// audio/text_file.h - the small text files that lie beside songs. Internal to the module.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic::audio {

/// Text files beside songs are never larger than this.
inline constexpr std::int64_t kLargestText = std::int64_t{1} << 20;

/// Errors  kNotFound, kUnavailable as ByteSource.  kInvalidInput: empty, no regular file, larger
/// than kLargestText.
[[nodiscard]] Result<std::string> read_text_file(const std::filesystem::path& path);

/// UTF-16 where a byte order mark says so, else UTF-8 (its mark is dropped), else Latin-1.
[[nodiscard]] std::string utf8_of(std::string_view bytes);

/// Lines end in LF, CR LF or CR.
template <typename OnLine>
void for_each_line(std::string_view text, OnLine on_line) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    on_line(text.substr(0, end));
    const bool pair = text.substr(end).starts_with("\r\n");
    text.remove_prefix(std::min(end + (pair ? 2 : 1), text.size()));
  }
}

}  // namespace harmonic::audio
