#include "audio/tags.h"

#include <array>
#include <initializer_list>
#include <string_view>

#include "audio/media_file.h"
#include "audio/text.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace harmonic::audio {

namespace {

constexpr int kHighestNumber = 9999;
constexpr std::size_t kLargestCover = 16U << 20;

// Ogg keeps its comments with the stream, the others with the file.
std::string first_of(const MediaFile& file, std::initializer_list<const char*> names) {
  for (const AVDictionary* dictionary : {file.format().metadata, file.sound().metadata}) {
    for (const char* name : names) {
      const auto* entry = av_dict_get(dictionary, name, nullptr, 0);
      if (entry == nullptr) continue;
      if (auto text = clean_text(entry->value); !text.empty()) return text;
    }
  }
  return {};
}

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

std::optional<Cover> cover_of(const MediaFile& file) {
  const auto& format = file.format();
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    const AVPacket& packet = format.streams[i]->attached_pic;
    if ((format.streams[i]->disposition & AV_DISPOSITION_ATTACHED_PIC) == 0 || packet.size <= 0)
      continue;
    const auto size = static_cast<std::size_t>(packet.size);
    const auto type = media_type_of({reinterpret_cast<const char*>(packet.data), size});
    if (type.empty() || size > kLargestCover) continue;
    const auto* bytes = reinterpret_cast<const std::byte*>(packet.data);
    return Cover{{bytes, bytes + size}, std::string{type}};
  }
  return std::nullopt;
}

}  // namespace

Tags tags_of(const MediaFile& file) {
  Tags tags;
  tags.title = first_of(file, {"title"});
  tags.artist = first_of(file, {"artist", "author", "performer", "album_artist"});
  tags.album = first_of(file, {"album"});
  tags.album_artist = first_of(file, {"album_artist", "albumartist"});
  tags.genre = first_of(file, {"genre"});
  tags.track = leading_number(first_of(file, {"track", "tracknumber"}), 1, kHighestNumber);
  tags.year = leading_number(first_of(file, {"date", "year", "originaldate"}), 1, kHighestNumber);
  return tags;
}

Result<Tags> read_tags(const std::filesystem::path& path) {
  return MediaFile::open(path).map(tags_of);
}

Result<Tags> read_tags(std::span<const std::byte> bytes) {
  return MediaFile::open(bytes).map(tags_of);
}

Result<std::optional<Cover>> read_cover(const std::filesystem::path& path) {
  return MediaFile::open(path).map(cover_of);
}

Result<std::optional<Cover>> read_cover(std::span<const std::byte> bytes) {
  return MediaFile::open(bytes).map(cover_of);
}

}  // namespace harmonic::audio
