#include "smartlist/playlist_file.h"

#include <array>
#include <fstream>
#include <system_error>

#include "songlist/text.h"

namespace harmonic::smartlist {

namespace fs = std::filesystem;

namespace {

Result<void> check_ending(const fs::path& file) {
  const auto ending = songlist::lowered(file.extension().string());
  if (ending == ".m3u" || ending == ".m3u8" || ending == ".xspf") return {};
  return fail(ErrorKind::kInvalidInput, file.string() +
                                            " has an ending that is not known; playlists end with "
                                            ".m3u8, .m3u, .xspf or .nsp");
}

}  // namespace

Result<std::string> read_whole(const fs::path& file, std::size_t most) {
  std::error_code problem;
  const auto status = fs::status(file, problem);
  if (status.type() == fs::file_type::not_found)
    return fail(ErrorKind::kNotFound, file.string() + " does not exist");
  if (status.type() != fs::file_type::regular)
    return fail(ErrorKind::kInvalidInput, file.string() + " is no file");
  std::ifstream stream{file, std::ios::binary};
  std::string text;
  std::array<char, 65536> block{};
  while (stream && text.size() <= most) {
    stream.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (!stream.eof() && text.size() <= most)
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read; look at its rights");
  if (text.size() > most) {
    return fail(ErrorKind::kInvalidInput, file.string() + " has more than " +
                                              std::to_string(most >> 20U) +
                                              " MiB, which no playlist has");
  }
  return text;
}

Result<PlaylistFile> parse_playlist_file(const fs::path& file, std::string_view text) {
  HARMONIC_CHECK(check_ending(file));
  if (songlist::lowered(file.extension().string()) != ".xspf") return parse_m3u(text);
  auto read = parse_xspf(text);
  if (!read) return fail(read.error().kind, file.string() + " " + read.error().message);
  return read;
}

Result<PlaylistFile> read_playlist_file(const fs::path& file) {
  HARMONIC_CHECK(check_ending(file));
  HARMONIC_TRY(const auto text, read_whole(file, kMostFileBytes));
  return parse_playlist_file(file, text);
}

}  // namespace harmonic::smartlist
