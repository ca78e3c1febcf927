#include "scan/file_kind.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <string>

namespace harmonic::scan {

namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view start;
  std::string_view kind;
};

constexpr std::array kMagic{
    Magic{"\xFF\xD8\xFF"sv, "a JPEG picture"},
    Magic{"\x89PNG\r\n\x1A\n"sv, "a PNG picture"},
    Magic{"GIF8"sv, "a GIF picture"},
    Magic{"II*\0"sv, "a TIFF picture"},
    Magic{"MM\0*"sv, "a TIFF picture"},
    Magic{"8BPS"sv, "a Photoshop picture"},
    Magic{"%PDF"sv, "a PDF document"},
    Magic{"PK\x03\x04"sv, "a ZIP archive or office document"},
    Magic{"Rar!"sv, "a RAR archive"},
    Magic{"7z\xBC\xAF"sv, "a 7z archive"},
    Magic{"\x1F\x8B"sv, "a gzip archive"},
    Magic{"\xFD"
          "7zXZ"sv,
          "an xz archive"},
    Magic{"\x28\xB5\x2F\xFD"sv, "a zstd archive"},
    Magic{"SQLite format 3"sv, "a database"},
    Magic{"\x7F"
          "ELF"sv,
          "a program"},
    Magic{"\xD0\xCF\x11\xE0"sv, "an old office document or thumbnail store"},
    Magic{"MThd"sv, "MIDI notes without sound"},
};

// Text has no zero bytes and hardly a control character; every sound format has both early on.
bool is_text(std::span<const std::byte> start) {
  int odd = 0;
  for (const std::byte b : start) {
    const auto c = std::to_integer<std::uint8_t>(b);
    if (c == 0) return false;
    odd += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' ? 1 : 0;
  }
  return odd == 0;
}

}  // namespace

std::optional<std::string_view> other_kind(std::span<const std::byte> start) {
  const std::string_view text{reinterpret_cast<const char*>(start.data()), start.size()};
  for (const auto& [magic, kind] : kMagic) {
    if (text.starts_with(magic)) return kind;
  }
  if (text.starts_with("RIFF") && text.size() >= 12 && text.substr(8, 4) == "WEBP")
    return "a WebP picture";
  if (text.starts_with("BM") && text.size() >= 10 && text.substr(6, 4) == "\0\0\0\0"sv)
    return "a BMP picture";
  if (!start.empty() && is_text(start)) return "text";
  return std::nullopt;
}

bool has_sound_name(const std::filesystem::path& path) {
  static constexpr std::array kEndings{
      ".mp3"sv,  ".flac"sv, ".ogg"sv, ".oga"sv, ".opus"sv, ".m4a"sv, ".m4b"sv, ".mp4"sv,
      ".aac"sv,  ".wav"sv,  ".wma"sv, ".aif"sv, ".aiff"sv, ".ape"sv, ".wv"sv,  ".mpc"sv,
      ".alac"sv, ".mka"sv,  ".dsf"sv, ".tta"sv, ".spx"sv,  ".mp2"sv, ".ac3"sv, ".au"sv};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

}  // namespace harmonic::scan
