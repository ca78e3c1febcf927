#include "audio/cover.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <system_error>

#include "audio/byte_source.h"
#include "audio/cue_song.h"
#include "audio/media_file.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace harmonic::audio {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kNames{"cover", "folder", "front", "album", "artist"};
constexpr std::array<std::string_view, 4> kEndings{".jpg", ".jpeg", ".png", ".webp"};
constexpr std::size_t kMostEntries = 10'000;  // of a folder that are looked at

std::string_view media_type_of(std::string_view bytes) {
  struct Magic {
    std::string_view start;
    std::string_view type;
  };
  static constexpr std::array kMagic{Magic{"\xFF\xD8\xFF", "image/jpeg"},
                                     Magic{"\x89PNG\r\n\x1A\n", "image/png"},
                                     Magic{"GIF8", "image/gif"}, Magic{"BM", "image/bmp"}};
  for (const auto& [start, type] : kMagic) {
    if (bytes.starts_with(start)) return type;
  }
  if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP")
    return "image/webp";
  return {};
}

std::optional<Cover> cover_of(std::span<const std::byte> bytes) {
  if (bytes.size() > kLargestCover) return std::nullopt;
  const auto type = media_type_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (type.empty()) return std::nullopt;
  return Cover{{bytes.begin(), bytes.end()}, std::string{type}};
}

/// FFmpeg tells the kind of a picture ("Cover (front)") as its comment.
bool is_front(const AVStream& stream) {
  const auto* kind = av_dict_get(stream.metadata, "comment", nullptr, 0);
  return kind != nullptr && std::string_view{kind->value} == "Cover (front)";
}

std::optional<Cover> embedded(const MediaFile& file) {
  std::optional<Cover> first;
  const auto& format = file.format();
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    const AVStream& stream = *format.streams[i];
    const AVPacket& packet = stream.attached_pic;
    if ((stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0 || packet.size <= 0) continue;
    auto cover = cover_of(
        {reinterpret_cast<const std::byte*>(packet.data), static_cast<std::size_t>(packet.size)});
    if (!cover) continue;
    if (is_front(stream)) return cover;
    if (!first) first = std::move(cover);
  }
  return first;
}

/// The place of a picture's name among those that are looked for; nothing for another file.
std::optional<std::size_t> rank_of(const fs::path& picture) {
  std::string name = picture.filename().string();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    for (std::size_t j = 0; j < kEndings.size(); ++j) {
      if (name == std::string{kNames.at(i)}.append(kEndings.at(j))) return i * kEndings.size() + j;
    }
  }
  return std::nullopt;
}

std::optional<Cover> read_picture(const fs::path& path) {
  const auto source = ByteSource::open(path);
  if (!source || source->size() > static_cast<std::int64_t>(kLargestCover)) return std::nullopt;
  std::vector<std::byte> bytes(static_cast<std::size_t>(source->size()));
  if (source->read(0, bytes) != source->size()) return std::nullopt;
  return cover_of(bytes);
}

}  // namespace

Result<std::optional<Cover>> read_cover(const fs::path& song) {
  return MediaFile::open(song).map(embedded);
}

Result<std::optional<Cover>> read_cover(std::span<const std::byte> bytes) {
  return MediaFile::open(bytes).map(embedded);
}

std::optional<Cover> folder_cover(const fs::path& song) {
  std::vector<std::pair<std::size_t, fs::path>> found;
  std::error_code error;
  fs::directory_iterator entries{song.parent_path(), error};
  for (std::size_t seen = 0; !error && entries != fs::directory_iterator{} && seen < kMostEntries;
       entries.increment(error), ++seen) {
    if (const auto rank = rank_of(entries->path())) found.emplace_back(*rank, entries->path());
  }
  std::sort(found.begin(), found.end());
  for (const auto& [rank, path] : found) {
    if (auto cover = read_picture(path)) return cover;
  }
  return std::nullopt;
}

Result<std::optional<Cover>> find_cover(const fs::path& song) {
  if (sheet_of(song)) {
    HARMONIC_TRY(const auto track, find_cue_song(song));
    return find_cover(track.sound);
  }
  auto cover = read_cover(song);
  if (cover && *cover) return cover;
  if (auto beside = folder_cover(song)) return beside;
  return cover;
}

}  // namespace harmonic::audio
