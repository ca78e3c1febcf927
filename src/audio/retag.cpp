#include "audio/retag.h"

#include <taglib/flacfile.h>
#include <taglib/id3v2tag.h>
#include <taglib/mp4file.h>
#include <taglib/mpegfile.h>
#include <taglib/oggflacfile.h>
#include <taglib/opusfile.h>
#include <taglib/tbytevectorstream.h>
#include <taglib/tpropertymap.h>
#include <taglib/vorbisfile.h>
#include <taglib/wavfile.h>

#include <cstring>
#include <limits>
#include <memory>
#include <utility>

#include "audio/media_file.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace harmonic::audio {

namespace {

using Changes = std::span<const TagChange>;

TagLib::String text_of(const std::string& text) { return {text, TagLib::String::UTF8}; }

bool write(TagLib::Ogg::XiphComment& comment, Changes changes) {
  for (const auto& [name, value] : changes) comment.addField(text_of(name), text_of(value), true);
  return true;
}

bool write(TagLib::ID3v2::Tag& tag, Changes changes) {
  auto fields = tag.properties();
  for (const auto& [name, value] : changes)
    fields.replace(text_of(name), TagLib::StringList{text_of(value)});
  return tag.setProperties(fields).isEmpty();
}

bool write(TagLib::MP4::Tag& tag, Changes changes) {
  for (const auto& [name, value] : changes) {
    if (name == "BPM") {
      tag.setItem("tmpo", TagLib::MP4::Item{text_of(value).toInt()});
    } else {
      const std::string key =
          "----:com.apple.iTunes:" + (name == "INITIALKEY" ? "initialkey" : name);
      tag.setItem(text_of(key), TagLib::MP4::Item{TagLib::StringList{text_of(value)}});
    }
  }
  return true;
}

template <typename XiphFile>
bool write_xiph(TagLib::IOStream& stream, Changes changes) {
  XiphFile file{&stream, false};
  return file.isValid() && file.tag() != nullptr && write(*file.tag(), changes) && file.save();
}

TagLib::ID3v2::Version version_of(const TagLib::ID3v2::Tag& tag) {
  return tag.header()->majorVersion() == 3 ? TagLib::ID3v2::v3 : TagLib::ID3v2::v4;
}

bool write_mpeg(TagLib::IOStream& stream, Changes changes) {
  using File = TagLib::MPEG::File;
  File file{&stream, TagLib::ID3v2::FrameFactory::instance(), false};
  if (!file.isValid()) return false;
  const auto version = file.hasID3v2Tag() ? version_of(*file.ID3v2Tag()) : TagLib::ID3v2::v4;
  return write(*file.ID3v2Tag(true), changes) &&
         file.save(File::ID3v2, File::StripNone, version, File::DoNotDuplicate);
}

bool write_wav(TagLib::IOStream& stream, Changes changes) {
  using File = TagLib::RIFF::WAV::File;
  File file{&stream, false};
  if (!file.isValid()) return false;
  const auto version = file.hasID3v2Tag() ? version_of(*file.ID3v2Tag()) : TagLib::ID3v2::v4;
  return write(*file.ID3v2Tag(), changes) && file.save(File::ID3v2, File::StripNone, version);
}

bool write_flac(TagLib::IOStream& stream, Changes changes) {
  TagLib::FLAC::File file{&stream, TagLib::ID3v2::FrameFactory::instance(), false};
  return file.isValid() && write(*file.xiphComment(true), changes) && file.save();
}

bool write_mp4(TagLib::IOStream& stream, Changes changes) {
  TagLib::MP4::File file{&stream, false};
  return file.isValid() && write(*file.tag(), changes) && file.save();
}

bool write(const MediaFile& file, TagLib::IOStream& stream, Changes changes) {
  const auto& container = file.container();
  if (container == "mp3") return write_mpeg(stream, changes);
  if (container == "wav") return write_wav(stream, changes);
  if (container == "flac") return write_flac(stream, changes);
  if (container == "m4a") return write_mp4(stream, changes);
  if (container == "opus") return write_xiph<TagLib::Ogg::Opus::File>(stream, changes);
  const auto codec = file.sound().codecpar->codec_id;
  if (codec == AV_CODEC_ID_VORBIS) return write_xiph<TagLib::Ogg::Vorbis::File>(stream, changes);
  if (codec == AV_CODEC_ID_FLAC) return write_xiph<TagLib::Ogg::FLAC::File>(stream, changes);
  return false;
}

struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
using Packet = std::unique_ptr<AVPacket, FreePacket>;

bool next(const MediaFile& file, AVPacket& packet) {
  av_packet_unref(&packet);
  while (av_read_frame(&file.format(), &packet) >= 0) {
    if (packet.stream_index == file.sound().index) return true;
    av_packet_unref(&packet);
  }
  return false;
}

/// Every packet of sound, with its time.
bool sounds_the_same(const MediaFile& a, const MediaFile& b) {
  const Packet from_a{av_packet_alloc()};
  const Packet from_b{av_packet_alloc()};
  while (true) {
    const bool more = next(a, *from_a);
    if (next(b, *from_b) != more) return false;
    if (!more) return true;
    if (from_a->size != from_b->size || from_a->pts != from_b->pts) return false;
    if (std::memcmp(from_a->data, from_b->data, static_cast<std::size_t>(from_a->size)) != 0)
      return false;
  }
}

}  // namespace

Result<Words> read_words(std::span<const std::byte> file) {
  return MediaFile::open(file).map(words_of);
}

Result<std::string> retagged(std::string_view file, Changes changes) {
  if (file.size() > std::numeric_limits<int>::max())
    return fail(ErrorKind::kInvalidInput, "is larger than 2 GiB, which is not written");
  HARMONIC_TRY(const auto before, MediaFile::open(std::as_bytes(std::span{file})));
  TagLib::ByteVectorStream stream{{file.data(), static_cast<unsigned>(file.size())}};
  if (!write(before, stream, changes))
    return fail(ErrorKind::kInvalidInput, "its tags cannot be written");
  const std::string written{stream.data()->data(), stream.data()->size()};
  HARMONIC_TRY(const auto after, MediaFile::open(std::as_bytes(std::span{written})));
  if (!sounds_the_same(before, after)) {
    return fail(ErrorKind::kInvalidInput,
                "is left alone: with other tags its sound would not be the same any more");
  }
  return written;
}

}  // namespace harmonic::audio
