#include "audio/media_file.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "audio/byte_source.h"
#include "audio/cut_off.h"
#include "audio/probe.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace harmonic::audio {

namespace {

constexpr int kBufferBytes = 64 * 1024;

// Only decoders of sound: a picture inside a tag is handed out as bytes and never unpacked here.
constexpr const char* kDecoders =
    "mp3float,mp3,flac,vorbis,opus,libopus,aac,alac,pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,"
    "pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav";

struct Cursor {
  ByteSource source;
  std::int64_t at = 0;
  bool failed = false;
};

int read_some(void* opaque, std::uint8_t* into, int length) {
  auto& cursor = *static_cast<Cursor*>(opaque);
  const auto got = cursor.source.read(
      cursor.at, {reinterpret_cast<std::byte*>(into), static_cast<std::size_t>(length)});
  if (got < 0) {
    cursor.failed = true;
    return AVERROR(EIO);
  }
  if (got == 0) return AVERROR_EOF;
  cursor.at += got;
  return static_cast<int>(got);
}

std::int64_t seek_to(void* opaque, std::int64_t offset, int whence) {
  auto& cursor = *static_cast<Cursor*>(opaque);
  if ((whence & AVSEEK_SIZE) != 0) return cursor.source.size();
  const int from = whence & ~AVSEEK_FORCE;
  const std::int64_t base = from == SEEK_CUR   ? cursor.at
                            : from == SEEK_END ? cursor.source.size()
                                               : 0;
  if (offset > 0 && base > INT64_MAX - offset) return AVERROR(EINVAL);
  if (base + offset < 0) return AVERROR(EINVAL);
  cursor.at = base + offset;
  return cursor.at;
}

// A file must never make us open another one (playlists, references inside MP4).
int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

void silence_the_library() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_level(AV_LOG_QUIET); });
}

}  // namespace

struct MediaFile::Inside {
  explicit Inside(ByteSource source) : cursor{std::move(source)} {}
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() {
    avformat_close_input(&format);
    if (io != nullptr) av_freep(&io->buffer);
    avio_context_free(&io);
  }

  Result<void> open(const Probed& probed);
  Result<void> choose_stream();

  Cursor cursor;
  AVIOContext* io = nullptr;
  AVFormatContext* format = nullptr;
  AVStream* sound = nullptr;
  std::string container;
};

Result<void> MediaFile::Inside::open(const Probed& probed) {
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
  io = avio_alloc_context(buffer, kBufferBytes, 0, &cursor, read_some, nullptr, seek_to);
  format = avformat_alloc_context();
  format->pb = io;
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  format->io_open = refuse_to_open;
  format->codec_whitelist = av_strdup(kDecoders);
  const int status = avformat_open_input(&format, "", probed.format, nullptr);
  if (cursor.failed) return fail(ErrorKind::kUnavailable, "the disk failed while it was read");
  if (status < 0) {
    return fail(ErrorKind::kInvalidInput,
                "begins like " + probed.container + " but is damaged or cut off within its header");
  }
  container = probed.container;
  return {};
}

Result<void> MediaFile::Inside::choose_stream() {
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    AVStream* stream = format->streams[i];
    const auto type = stream->codecpar->codec_type;
    if (type == AVMEDIA_TYPE_VIDEO && (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) == 0) {
      return fail(ErrorKind::kInvalidInput, "is a video, not a song");
    }
    if (type == AVMEDIA_TYPE_AUDIO && sound == nullptr) {
      sound = stream;
    } else {
      stream->discard = AVDISCARD_ALL;
    }
  }
  if (sound == nullptr) return fail(ErrorKind::kInvalidInput, "holds no sound");
  if (container == "ogg" && sound->codecpar->codec_id == AV_CODEC_ID_OPUS) container = "opus";
  return {};
}

Result<MediaFile> MediaFile::open_source(ByteSource source) {
  silence_the_library();
  HARMONIC_TRY(const auto probed, probe(source));
  auto inside = std::make_unique<Inside>(std::move(source));
  HARMONIC_CHECK(inside->open(probed));
  HARMONIC_CHECK(inside->choose_stream());
  return MediaFile{std::move(inside)};
}

Result<MediaFile> MediaFile::open(const std::filesystem::path& path) {
  HARMONIC_TRY(auto source, ByteSource::open(path));
  return open_source(std::move(source));
}

Result<MediaFile> MediaFile::open(std::span<const std::byte> bytes) {
  HARMONIC_TRY(auto source, ByteSource::over(bytes));
  return open_source(std::move(source));
}

MediaFile::MediaFile(std::unique_ptr<Inside> inside) : inside_{std::move(inside)} {}
MediaFile::MediaFile(MediaFile&&) noexcept = default;
MediaFile& MediaFile::operator=(MediaFile&&) noexcept = default;
MediaFile::~MediaFile() = default;

AVFormatContext& MediaFile::format() const { return *inside_->format; }
AVStream& MediaFile::sound() const { return *inside_->sound; }
const ByteSource& MediaFile::source() const { return inside_->cursor.source; }
const std::string& MediaFile::container() const { return inside_->container; }
bool MediaFile::disk_failed() const { return inside_->cursor.failed; }

bool MediaFile::is_cut_off() const {
  const auto& source = inside_->cursor.source;
  if (inside_->container == "wav") return ends_inside_wav_data(source);
  const bool is_ogg = inside_->container == "ogg" || inside_->container == "opus";
  return is_ogg && ends_inside_an_ogg_page(source);
}

}  // namespace harmonic::audio
