#include "audio/words.h"

#include <taglib/flacfile.h>
#include <taglib/id3v2framefactory.h>
#include <taglib/mp4file.h>
#include <taglib/mpegfile.h>
#include <taglib/oggflacfile.h>
#include <taglib/opusfile.h>
#include <taglib/tpropertymap.h>
#include <taglib/vorbisfile.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <memory>
#include <optional>

#include "audio/byte_source.h"
#include "audio/cut_off.h"
#include "audio/media_file.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace harmonic::audio {

namespace {

constexpr std::int64_t kMostRead = std::int64_t{64} << 20;
constexpr unsigned kMostCompressed = 64U << 10;  // zlib gives a thousand times as much back
constexpr std::size_t kMostValues = 64;
// TagLib calls itself for each box inside a box of an MP4, and a box costs one read: without an end
// to them, 800 kB of boxes take all of the stack.
constexpr int kMostBoxes = 8192;
constexpr int kMostReads = 1 << 20;

std::string in_capitals(std::string_view text) {
  std::string name{text};
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

/// A part of a file as TagLib reads it. Nothing is read after kMostRead bytes or `reads` reads.
class TagStream final : public TagLib::IOStream {
 public:
  TagStream(const ByteSource& source, Stretch part, int reads)
      : source_{source}, part_{part}, reads_left_{reads} {}

  TagLib::FileName name() const override { return ""; }
  TagLib::ByteVector readBlock(unsigned long wanted) override {
    if (reads_left_ <= 0) return {};
    --reads_left_;
    const auto here = std::clamp<std::int64_t>(part_.length - at_, 0, left_);
    const auto size = std::min<std::uint64_t>(wanted, static_cast<std::uint64_t>(here));
    TagLib::ByteVector bytes{static_cast<unsigned>(size), '\0'};
    const auto got = source_.read(part_.start + at_, {reinterpret_cast<std::byte*>(bytes.data()),
                                                      static_cast<std::size_t>(size)});
    bytes.resize(static_cast<unsigned>(std::max<std::int64_t>(0, got)));
    at_ += bytes.size();
    left_ -= bytes.size();
    return bytes;
  }
  void writeBlock(const TagLib::ByteVector&) override {}
  void insert(const TagLib::ByteVector&, unsigned long, unsigned long) override {}
  void removeBlock(unsigned long, unsigned long) override {}
  bool readOnly() const override { return true; }
  bool isOpen() const override { return true; }
  void seek(long offset, Position from) override {
    at_ = std::max<std::int64_t>(0, offset + (from == Current ? at_
                                              : from == End   ? part_.length
                                                              : 0));
  }
  long tell() const override { return at_; }
  long length() override { return part_.length; }
  void truncate(long) override {}

 private:
  const ByteSource& source_;
  Stretch part_;
  int reads_left_;
  std::int64_t at_ = 0;
  std::int64_t left_ = kMostRead;
};

/// TagLib lets only its own classes name this type.
class Frame : public TagLib::ID3v2::Frame {
 public:
  using Head = TagLib::ID3v2::Frame::Header;
};

/// Does not inflate what may be a bomb: a large compressed frame is taken as it stands.
class WaryFactory final : public TagLib::ID3v2::FrameFactory {
 public:
  WaryFactory() = default;

 protected:
  bool updateFrame(Frame::Head* header) const override {
    if (header->compression() && header->frameSize() > kMostCompressed) {
      const auto size = header->frameSize();
      TagLib::ByteVector plain = header->frameID();
      for (int shift = 21; shift >= 0; shift -= 7)
        plain.append(static_cast<char>(size >> shift & 127));
      plain.append(TagLib::ByteVector{2, '\0'});
      header->setData(plain, 4U);
      return false;
    }
    return FrameFactory::updateFrame(header);
  }
};

using TagFile = std::unique_ptr<TagLib::File>;

/// TagLib's reader for what FFmpeg found; null for a WAV without an ID3 chunk.
TagFile open_tags(const MediaFile& file, TagStream& stream, WaryFactory& factory) {
  const auto codec = file.sound().codecpar->codec_id;
  const auto& container = file.container();
  // Of a WAV the stream holds the ID3 chunk alone; FFmpeg reads its INFO.
  if (container == "mp3" || container == "wav")
    return std::make_unique<TagLib::MPEG::File>(&stream, &factory, false);
  if (container == "flac") return std::make_unique<TagLib::FLAC::File>(&stream, &factory, false);
  if (container == "m4a") return std::make_unique<TagLib::MP4::File>(&stream, false);
  if (container == "opus") return std::make_unique<TagLib::Ogg::Opus::File>(&stream, false);
  if (codec == AV_CODEC_ID_FLAC) return std::make_unique<TagLib::Ogg::FLAC::File>(&stream, false);
  if (codec == AV_CODEC_ID_VORBIS)
    return std::make_unique<TagLib::Ogg::Vorbis::File>(&stream, false);
  return nullptr;
}

/// TagLib has no common name for an MP4 field that it does not know.
void add_free_fields(const TagLib::File& tags, Words& words) {
  constexpr std::string_view kPrefix = "----:com.apple.iTunes:";
  const auto* mp4 = dynamic_cast<const TagLib::MP4::File*>(&tags);
  if (mp4 == nullptr || mp4->tag() == nullptr) return;
  for (const auto& [key, item] : mp4->tag()->itemMap()) {
    auto name = key.to8Bit(true);
    if (!name.starts_with(kPrefix)) continue;
    name = in_capitals(name.substr(kPrefix.size()));
    const auto values = item.toStringList();
    if (!words.contains(name) && !values.isEmpty()) words[name] = {values.front().to8Bit(true)};
  }
}

Words words_of_tags(const MediaFile& file, Stretch part) {
  TagStream stream{file.source(), part, file.container() == "m4a" ? kMostBoxes : kMostReads};
  WaryFactory factory;
  const auto tags = open_tags(file, stream, factory);
  Words words;
  if (tags == nullptr || !tags->isValid()) return words;
  for (const auto& [name, values] : tags->properties()) {
    auto& into = words[name.to8Bit(true)];
    for (const auto& value : values) {
      if (into.size() < kMostValues) into.push_back(value.to8Bit(true));
    }
  }
  add_free_fields(*tags, words);
  return words;
}

/// FFmpeg's names for what it gives one name in all containers.
std::string name_of(std::string_view key) {
  auto name = in_capitals(key);
  if (name == "TRACK") return "TRACKNUMBER";
  if (name == "DISC") return "DISCNUMBER";
  if (name == "ALBUM_ARTIST") return "ALBUMARTIST";
  return name;
}

// Ogg keeps its comments with the stream, the others with the file.
void add_dictionary(const MediaFile& file, Words& words) {
  for (const AVDictionary* dictionary : {file.format().metadata, file.sound().metadata}) {
    const AVDictionaryEntry* entry = nullptr;
    while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
      auto& into = words[name_of(entry->key)];
      if (into.empty()) into.emplace_back(entry->value);
    }
  }
}

}  // namespace

Words words_of(const MediaFile& file) {
  Stretch part{0, file.source().size()};
  if (file.container() == "wav") part = wav_chunk(file.source(), "id3 ");
  part.length = std::min(part.length, file.source().size() - part.start);
  Words words = part.length > 0 ? words_of_tags(file, part) : Words{};
  if (words.empty() || file.container() == "wav") add_dictionary(file, words);
  return words;
}

std::string_view first_of(const Words& words, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    const auto found = words.find(name);
    if (found != words.end() && !found->second.empty()) return found->second.front();
  }
  return {};
}

}  // namespace harmonic::audio
