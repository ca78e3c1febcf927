#include "scan/content.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>

#include "audio/byte_source.h"
#include "audio/cue_song.h"
#include "base/digest.h"
#include "scan/file_kind.h"

namespace harmonic::scan {

namespace {

catalog::ContentKey key_of(std::string_view read) {
  const auto hex = sha256_hex(read);
  catalog::ContentKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    unsigned byte = 0;
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, byte, 16);
    key[i] = static_cast<std::byte>(byte);
  }
  return key;
}

/// Appends what stands at `at`. A file that shrinks meanwhile gives less, and another key.
Result<void> append(const audio::ByteSource& source, std::int64_t at, std::int64_t length,
                    std::string& read) {
  const auto before = read.size();
  read.resize(before + static_cast<std::size_t>(length));
  const auto got = source.read(at, std::as_writable_bytes(std::span{read}.subspan(before)));
  if (got < 0) return fail(ErrorKind::kUnavailable, "the disk failed while it was read");
  read.resize(before + static_cast<std::size_t>(got));
  return {};
}

}  // namespace

Result<Glimpse> glimpse(const std::filesystem::path& path) {
  if (audio::sheet_of(path)) {
    HARMONIC_TRY(const auto song, audio::find_cue_song(path));
    HARMONIC_TRY(auto whole, glimpse(song.sound));
    std::string told{reinterpret_cast<const char*>(whole.content.data()), whole.content.size()};
    whole.content = key_of(told + "@" + std::to_string(song.part.start.count()));
    return whole;
  }
  HARMONIC_TRY(const auto source, audio::ByteSource::open(path));
  const auto size = source.size();
  std::string read = std::to_string(size) + ":";
  const auto start = read.size();
  if (size <= 3 * kPieceBytes) {
    HARMONIC_CHECK(append(source, 0, size, read));
  } else {
    for (const auto at : {std::int64_t{0}, size / 2, size - kPieceBytes})
      HARMONIC_CHECK(append(source, at, kPieceBytes, read));
  }
  const auto first = std::as_bytes(std::span{read}.subspan(start));
  return Glimpse{other_kind(first.first(std::min(first.size(), kFirstBytes))), key_of(read)};
}

}  // namespace harmonic::scan
