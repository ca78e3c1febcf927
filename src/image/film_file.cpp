#include "image/film_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "image/codec.h"
#include "image/view.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>
}

namespace harmonic::image {

namespace {

// What people's films are. FFmpeg reads hundreds more, among them playlists that name other files,
// and text, which it plays as pictures of its words.
constexpr const char* kContainers =
    "mov,matroska,avi,mpeg,mpegts,mpegvideo,mjpeg,ogg,flv,asf,gif,apng,h264,hevc,m4v,ivf,dv,nut,"
    "yuv4mpegpipe";
constexpr const char* kDecoders =
    "h264,hevc,vp8,vp9,libdav1d,libaom-av1,av1,mpeg4,mpeg2video,mpeg1video,mjpeg,theora,gif,apng,"
    "png,flv,h263,msmpeg4v2,msmpeg4,wmv1,wmv2,wmv3,vc1,dvvideo,ffv1,huffyuv,prores,rawvideo,"
    "wrapped_avframe";

constexpr double kLongestSeconds = 1e7;  // no film is four months long: such a clock is broken

struct FreeIo {
  void operator()(AVIOContext* io) const { avio_closep(&io); }
};
struct FreeContainer {
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};
struct FreeCodec {
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreeScaler {
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
using Io = std::unique_ptr<AVIOContext, FreeIo>;
using Container = std::unique_ptr<AVFormatContext, FreeContainer>;
using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;
using Scaler = std::unique_ptr<SwsContext, FreeScaler>;

// A film must never make us open another file.
int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

bool is_text(const std::filesystem::path& file) {
  std::array<char, 512> head{};
  std::ifstream stream{file, std::ios::binary};
  stream.read(head.data(), head.size());
  const auto* const end = head.data() + stream.gcount();
  return std::all_of(static_cast<const char*>(head.data()), end, [](char c) {
    return (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\r';
  });
}

Io open_io(const std::filesystem::path& file) {
  AVIOContext* io = nullptr;
  avio_open(&io, ("file:" + file.string()).c_str(), AVIO_FLAG_READ);
  return Io{io};
}

Container open_container(AVIOContext* io) {
  AVFormatContext* format = avformat_alloc_context();
  format->pb = io;
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  format->io_open = refuse_to_open;
  format->format_whitelist = av_strdup(kContainers);
  format->codec_whitelist = av_strdup(kDecoders);
  if (avformat_open_input(&format, "", nullptr, nullptr) < 0) return nullptr;  // which frees it
  return Container{format};
}

/// Decodes a little of each stream, as far as that is needed to know it.
bool look_ahead(AVFormatContext& format) {
  std::vector<AVDictionary*> options(format.nb_streams);  // which may become more
  for (auto*& one : options) av_dict_set_int(&one, "max_pixels", kMostPixels, 0);
  const int status = avformat_find_stream_info(&format, options.data());
  for (auto*& one : options) av_dict_free(&one);
  return status >= 0;
}

/// The stream with the pictures; a song's cover is none.
AVStream* pictures_in(AVFormatContext& format) {
  if (!look_ahead(format)) return nullptr;
  const int index = av_find_best_stream(&format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (index < 0) return nullptr;
  AVStream* stream = format.streams[index];
  return (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) == 0 ? stream : nullptr;
}

Codec open_codec(const AVStream& stream) {
  const AVCodec* decoder = avcodec_find_decoder(stream.codecpar->codec_id);
  if (decoder == nullptr) return nullptr;
  Codec codec{avcodec_alloc_context3(decoder)};
  if (avcodec_parameters_to_context(codec.get(), stream.codecpar) < 0) return nullptr;
  codec->pkt_timebase = stream.time_base;
  codec->max_pixels = kMostPixels;
  codec->thread_count = 0;  // as many as there are cores
  codec->codec_whitelist = av_strdup(kDecoders);
  return avcodec_open2(codec.get(), decoder, nullptr) < 0 ? nullptr : std::move(codec);
}

/// How the frames must be turned to stand upright, as cv::rotate names it.
std::optional<cv::RotateFlags> turn_of(const AVStream& stream) {
  std::size_t size = 0;
  const auto* bytes = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  if (bytes == nullptr || size < 9 * sizeof(std::int32_t)) return std::nullopt;
  const double turned = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(bytes));
  if (!std::isfinite(turned)) return std::nullopt;
  switch ((std::lround(turned / 90.0) % 4 + 4) % 4) {  // quarters against the clock
    case 1: return cv::ROTATE_90_COUNTERCLOCKWISE;
    case 2: return cv::ROTATE_180;
    case 3: return cv::ROTATE_90_CLOCKWISE;
    default: return std::nullopt;
  }
}

}  // namespace

struct FilmFile::Inside {
  [[nodiscard]] bool decode();
  void feed();
  double tell_time();
  Result<Picture> picture();

  Io io;  // outlives the format that reads from it
  Container container;
  AVStream* stream = nullptr;
  Codec codec;
  std::optional<cv::RotateFlags> turn;
  Scaler scaler;
  std::unique_ptr<AVPacket, FreePacket> packet{av_packet_alloc()};
  std::unique_ptr<AVFrame, FreeFrame> frame{av_frame_alloc()};
  std::unique_ptr<AVFrame, FreeFrame> colours{av_frame_alloc()};  ///< of it, R, G, B
  bool drained = false;                                           ///< the file has no packet left
  std::optional<std::int64_t> first_stamp;
  double frame_seconds = 0.04;  ///< for films whose clock stands still
  std::optional<double> seconds;
};

void FilmFile::Inside::feed() {
  while (av_read_frame(container.get(), packet.get()) >= 0) {
    const bool ours = packet->stream_index == stream->index;
    if (ours) avcodec_send_packet(codec.get(), packet.get());  // a damaged one is left out
    av_packet_unref(packet.get());
    if (ours) return;
  }
  drained = true;
  avcodec_send_packet(codec.get(), nullptr);
}

/// False at the end of the film.
bool FilmFile::Inside::decode() {
  while (avcodec_receive_frame(codec.get(), frame.get()) < 0) {
    if (drained) return false;
    feed();
  }
  return true;
}

/// Of the frame that was just decoded; it never runs backwards.
double FilmFile::Inside::tell_time() {
  const auto stamp = frame->best_effort_timestamp;
  if (!first_stamp && stamp != AV_NOPTS_VALUE) first_stamp = stamp;
  if (!seconds) return seconds.emplace(0.0);
  const double stated = stamp == AV_NOPTS_VALUE
                            ? 0.0
                            : (static_cast<double>(stamp) - static_cast<double>(*first_stamp)) *
                                  av_q2d(stream->time_base);
  const bool told = stated > *seconds && stated < kLongestSeconds;
  return seconds.emplace(told ? stated : *seconds + frame_seconds);
}

Result<Picture> FilmFile::Inside::picture() {
  const int width = frame->width;
  const int height = frame->height;
  const auto kind = static_cast<AVPixelFormat>(frame->format);
  // Sizes may change from frame to frame.
  scaler.reset(sws_getCachedContext(scaler.release(), width, height, kind, width, height,
                                    AV_PIX_FMT_RGB24, SWS_BICUBIC, nullptr, nullptr, nullptr));
  if (colours->width != width || colours->height != height) {
    av_frame_unref(colours.get());
    colours->width = width;
    colours->height = height;
    colours->format = AV_PIX_FMT_RGB24;
    if (av_frame_get_buffer(colours.get(), 0) < 0) colours->data[0] = nullptr;
  }
  if (!scaler || colours->data[0] == nullptr ||
      sws_scale(scaler.get(), frame->data, frame->linesize, 0, height, colours->data,
                colours->linesize) != height) {
    return fail(ErrorKind::kUnavailable, "the film cannot be read on: a frame of " +
                                             std::to_string(width) + " x " +
                                             std::to_string(height) + " cannot be unpacked");
  }
  const cv::Mat seen(height, width, CV_8UC3, colours->data[0],
                     static_cast<std::size_t>(colours->linesize[0]));
  const bool lies = turn && *turn != cv::ROTATE_180;
  Picture made{lies ? height : width, lies ? width : height, 3, {}};
  made.pixels.resize(seen.total() * 3);
  auto target = view<cv::Mat>(made);
  if (turn)
    cv::rotate(seen, target, *turn);
  else
    seen.copyTo(target);
  return made;
}

Result<FilmFile> FilmFile::open(const std::filesystem::path& file) {
  av_log_set_level(AV_LOG_QUIET);  // the errors below say it
  std::error_code trouble;
  if (!std::filesystem::exists(file, trouble)) {
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  }
  if (is_text(file)) {
    return fail(ErrorKind::kInvalidInput, file.string() + " is text, neither a picture nor a film");
  }
  auto inside = std::make_unique<Inside>();
  inside->io = open_io(file);
  if (!inside->io) {
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
  }
  inside->container = open_container(inside->io.get());
  if (inside->container) inside->stream = pictures_in(*inside->container);
  if (inside->stream != nullptr) inside->codec = open_codec(*inside->stream);
  if (!inside->codec) {
    return fail(ErrorKind::kInvalidInput, file.string() + " is neither a picture nor a film");
  }
  const auto& stated = *inside->stream->codecpar;
  if (std::int64_t{stated.width} * stated.height > kMostPixels) {
    return fail(ErrorKind::kInvalidInput, file.string() + " has frames of over 50 million pixels");
  }
  const double rate = av_q2d(av_guess_frame_rate(inside->container.get(), inside->stream, nullptr));
  if (rate > 1.0 && rate < 1000.0) inside->frame_seconds = 1.0 / rate;
  inside->turn = turn_of(*inside->stream);
  return FilmFile{std::move(inside)};
}

Result<std::optional<Frame>> FilmFile::next() {
  if (!inside_->decode()) return std::optional<Frame>{};
  HARMONIC_TRY(auto picture, inside_->picture());
  return std::optional<Frame>{{std::move(picture), inside_->tell_time()}};
}

FilmFile::FilmFile(std::unique_ptr<Inside> inside) : inside_{std::move(inside)} {}
FilmFile::FilmFile(FilmFile&&) noexcept = default;
FilmFile& FilmFile::operator=(FilmFile&&) noexcept = default;
FilmFile::~FilmFile() = default;

}  // namespace harmonic::image
