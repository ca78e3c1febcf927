#include "tagged_files.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace harmonic::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTitle = "title 000000";
constexpr std::size_t kFilesInAFolder = 100;

struct Kind {
  const char* suffix;
  const char* codec;
};
constexpr std::array kKinds{Kind{"mp3", "libmp3lame"}, Kind{"flac", "flac"},
                            Kind{"ogg", "libvorbis"},  Kind{"opus", "libopus"},
                            Kind{"m4a", "aac"},        Kind{"wav", "pcm_s16le"}};

Result<std::string> made_by_ffmpeg(const fs::path& folder, const Kind& kind) {
  const auto file = folder / (std::string{"original."} + kind.suffix);
  const auto command =
      std::string{
          "ffmpeg -v error -y -f lavfi -i sine=frequency=440:duration=1.2:sample_rate=16000"
          " -metadata title='"} +
      std::string{kTitle} + "' -metadata artist=Somebody -metadata album=Something -c:a " +
      kind.codec + " '" + file.string() + "'";
  if (std::system(command.c_str()) != 0)
    return fail(ErrorKind::kUnavailable, "ffmpeg could not write " + file.string());
  std::ifstream in{file, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  fs::remove(file);
  return bytes;
}

/// Source  RFC 3533, section 6: polynomial 0x04c11db7, no reflection, over the page with its
///         checksum at 0.
std::uint32_t ogg_checksum(std::string_view page) {
  std::uint32_t sum = 0;
  for (const char byte : page) {
    sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << 24U;
    for (int bit = 0; bit < 8; ++bit) {
      const bool high = (sum & 0x80000000U) != 0;
      sum = (sum << 1U) ^ (high ? 0x04c11db7U : 0U);
    }
  }
  return sum;
}

/// Gives the Ogg page that holds `at` its checksum; other files are left alone.
void mend_ogg_page(std::string& bytes, std::size_t at) {
  if (!bytes.starts_with("OggS")) return;
  const auto page = bytes.rfind("OggS", at);
  const auto segments = static_cast<unsigned char>(bytes[page + 26]);
  std::size_t length = 27U + segments;
  for (std::size_t i = 0; i < segments; ++i)
    length += static_cast<unsigned char>(bytes[page + 27 + i]);
  bytes.replace(page + 22, 4, 4, '\0');
  const auto sum = ogg_checksum(std::string_view{bytes}.substr(page, length));
  for (std::size_t i = 0; i < 4; ++i)
    bytes[page + 22 + i] = static_cast<char>(sum >> (8 * i) & 0xFFU);
}

}  // namespace

Result<void> write_tagged_files(const fs::path& folder, std::size_t count) {
  fs::create_directories(folder);
  std::vector<std::string> originals;
  for (const auto& kind : kKinds) {
    HARMONIC_TRY(auto bytes, made_by_ffmpeg(folder, kind));
    if (bytes.find(kTitle) == std::string::npos)
      return fail(ErrorKind::kUnavailable, std::string{"no title in the "} + kind.suffix);
    originals.push_back(std::move(bytes));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = std::to_string(1'000'000 + i).substr(1);
    const auto parent = folder / ("album " + std::to_string(i / kFilesInAFolder));
    if (i % kFilesInAFolder == 0) fs::create_directory(parent);
    auto bytes = originals[i % kKinds.size()];
    const auto title = bytes.find(kTitle);
    bytes.replace(title + kTitle.size() - number.size(), number.size(), number);
    mend_ogg_page(bytes, title);
    std::ofstream out{parent / (number + "." + kKinds[i % kKinds.size()].suffix), std::ios::binary};
    if (!out.write(bytes.data(), std::ssize(bytes)).flush())
      return fail(ErrorKind::kUnavailable, folder.string() + ": the disk is full");
  }
  return {};
}

}  // namespace harmonic::bench
