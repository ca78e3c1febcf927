#include "audio/text_file.h"

#include <cstdint>
#include <span>

#include "audio/byte_source.h"
#include "audio/text.h"

namespace harmonic::audio {

namespace {

void append(std::string& text, std::uint32_t character) {
  const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(value); };
  if (character < 0x80) return byte(character);
  if (character < 0x800) {
    byte(0xC0 | character >> 6);
  } else {
    if (character < 0x10000) {
      byte(0xE0 | character >> 12);
    } else {
      byte(0xF0 | character >> 18);
      byte(0x80 | (character >> 12 & 0x3F));
    }
    byte(0x80 | (character >> 6 & 0x3F));
  }
  byte(0x80 | (character & 0x3F));
}

std::string from_utf16(std::string_view bytes, bool big) {
  const auto unit = [bytes, big](std::size_t i) {
    const auto a = static_cast<std::uint8_t>(bytes[i]);
    const auto b = static_cast<std::uint8_t>(bytes[i + 1]);
    return static_cast<std::uint32_t>(big ? a << 8 | b : b << 8 | a);
  };
  constexpr std::uint32_t kReplacement = 0xFFFD;
  std::string text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = unit(i);
    if ((first & 0xF800) != 0xD800) {
      append(text, first);
      continue;
    }
    const auto second = first < 0xDC00 && i + 3 < bytes.size() ? unit(i + 2) : 0;
    const bool pair = (second & 0xFC00) == 0xDC00;
    append(text, pair ? 0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF)) : kReplacement);
    if (pair) i += 2;
  }
  return text;
}

}  // namespace

Result<std::string> read_text_file(const std::filesystem::path& path) {
  HARMONIC_TRY(const auto source, ByteSource::open(path));
  if (source.size() > kLargestText) {
    return fail(ErrorKind::kInvalidInput, "is larger than 1 MiB, which no such text is");
  }
  std::string text(static_cast<std::size_t>(source.size()), '\0');
  if (source.read(0, std::as_writable_bytes(std::span{text})) != source.size())
    return fail(ErrorKind::kUnavailable, "the disk failed while it was read");
  return text;
}

std::string utf8_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), true);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_utf8(bytes)) return std::string{bytes};
  std::string text;
  for (const char c : bytes) append(text, static_cast<std::uint8_t>(c));
  return text;
}

}  // namespace harmonic::audio
