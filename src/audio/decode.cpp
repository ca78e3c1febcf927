#include "audio/decode.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "audio/media_file.h"
#include "audio/resampler.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace harmonic::audio {

namespace {

constexpr int kHighestRate = 48000;
constexpr int kLowestRate = 8000;
constexpr double kEnoughOfPromise = 0.99;
constexpr double kForgivenSeconds = 0.15;  // encoders pad and trim

struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreeCodec {
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;

std::string codec_name(AVCodecID id) { return avcodec_get_name(id); }

Result<Codec> open_codec(const MediaFile& file) {
  const AVCodecParameters& parameters = *file.sound().codecpar;
  const auto refused = [&parameters](const char* why) {
    return fail(ErrorKind::kInvalidInput,
                "its sound (" + codec_name(parameters.codec_id) + ") " + why);
  };
  const AVCodec* decoder = avcodec_find_decoder(parameters.codec_id);
  if (decoder == nullptr) return refused("is coded in a way that is not read, or is protected");
  Codec codec{avcodec_alloc_context3(decoder)};
  if (avcodec_parameters_to_context(codec.get(), &parameters) < 0)
    return refused("has a damaged header");
  codec->pkt_timebase = file.sound().time_base;
  codec->thread_count = 1;  // songs are spread over threads, not packets
  codec->codec_whitelist = av_strdup(file.format().codec_whitelist);
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0) {
    return refused("is coded in a way that is not read, or its header is damaged");
  }
  return codec;
}

/// Seconds that the header promises. Ogg and WAV are judged by their blocks
/// (MediaFile::is_cut_off); an MP3 without a Xing header promises nothing.
std::optional<double> promised_seconds(const MediaFile& file) {
  const AVStream& stream = file.sound();
  if (file.container() == "ogg" || file.container() == "opus") return std::nullopt;
  if (stream.duration == AV_NOPTS_VALUE || stream.duration <= 0) return std::nullopt;
  return static_cast<double>(stream.duration) * av_q2d(stream.time_base);
}

}  // namespace

struct Decoder::Inside {
  Inside(MediaFile opened, Codec decoder)
      : file{std::move(opened)},
        codec{std::move(decoder)},
        tags{tags_of(file)},
        promised{promised_seconds(file)} {}

  void begin();
  void restart();
  [[nodiscard]] std::optional<std::int64_t> place_of_frame() const;
  [[nodiscard]] bool next_frame();  ///< false when the decoder has no more
  void feed();
  Result<void> check_end() const;
  Result<void> fill(Block& block, const AVFrame* from);
  [[nodiscard]] double seconds() const { return static_cast<double>(samples) / rate; }

  MediaFile file;
  Codec codec;
  Tags tags;
  std::optional<double> promised;
  int rate = 44100;
  int channel_count = 2;
  std::optional<Resampler> wide;
  std::optional<Resampler> narrow;
  std::unique_ptr<AVPacket, FreePacket> packet{av_packet_alloc()};
  std::unique_ptr<AVFrame, FreeFrame> frame{av_frame_alloc()};
  std::int64_t first_time = AV_NOPTS_VALUE;  ///< of the first frame, in the stream's units
  std::int64_t samples = 0;
  std::int64_t packets = 0;
  std::int64_t bad_packets = 0;
  bool waiting = false;  ///< a decoded frame has not been read yet
  bool drained = false;  ///< the file has no packet left
  bool ended = false;    ///< nor the decoder a frame
};

// What the sound is, its first frame says: the headers of MP3 and of AAC with replicated bands do
// not always.
void Decoder::Inside::begin() {
  waiting = next_frame();
  if (waiting) {
    rate = std::clamp(frame->sample_rate, kLowestRate, kHighestRate);
    channel_count = frame->ch_layout.nb_channels == 1 ? 1 : 2;
    first_time = frame->best_effort_timestamp;
  }
  wide.emplace(rate, channel_count);
  narrow.emplace(kFeatureRate, 1);
}

/// Forgets what was decoded and not read.
void Decoder::Inside::restart() {
  avcodec_flush_buffers(codec.get());
  wide.emplace(rate, channel_count);
  narrow.emplace(kFeatureRate, 1);
  drained = false;
  ended = false;
}

/// The sample at which the frame begins; nothing where the file does not tell times.
std::optional<std::int64_t> Decoder::Inside::place_of_frame() const {
  const auto time = frame->best_effort_timestamp;
  if (time == AV_NOPTS_VALUE || first_time == AV_NOPTS_VALUE) return std::nullopt;
  return av_rescale_q(av_sat_sub64(time, first_time), file.sound().time_base, {1, rate});
}

void Decoder::Inside::feed() {
  while (av_read_frame(&file.format(), packet.get()) >= 0) {
    const bool ours = packet->stream_index == file.sound().index;
    if (ours) {
      ++packets;
      if (avcodec_send_packet(codec.get(), packet.get()) < 0) ++bad_packets;
    }
    av_packet_unref(packet.get());
    if (ours) return;
  }
  drained = true;
  avcodec_send_packet(codec.get(), nullptr);
}

bool Decoder::Inside::next_frame() {
  while (true) {
    const int status = avcodec_receive_frame(codec.get(), frame.get());
    if (status >= 0) return true;
    if (status == AVERROR_EOF || (drained && status == AVERROR(EAGAIN))) return false;
    if (status != AVERROR(EAGAIN)) {
      ++bad_packets;
      if (drained) return false;
    }
    feed();
  }
}

Result<void> Decoder::Inside::check_end() const {
  if (file.disk_failed()) return fail(ErrorKind::kUnavailable, "the disk failed while it was read");
  if (samples == 0)
    return fail(ErrorKind::kInvalidInput, "holds no sound: no part of it can be decoded");
  if (bad_packets * 2 > packets) {
    return fail(ErrorKind::kInvalidInput, "is damaged: " + std::to_string(bad_packets) +
                                              " of its " + std::to_string(packets) +
                                              " packets cannot be decoded");
  }
  if (promised && seconds() < *promised * kEnoughOfPromise - kForgivenSeconds) {
    return fail(ErrorKind::kInvalidInput,
                "is cut off: " + std::to_string(std::lround(seconds())) + " s of the " +
                    std::to_string(std::llround(*promised)) + " s that it promises are there");
  }
  if (file.is_cut_off()) {
    return fail(ErrorKind::kInvalidInput,
                "is cut off: it ends in the middle of a block that should be longer, after " +
                    std::to_string(std::lround(seconds())) + " s");
  }
  return {};
}

Result<void> Decoder::Inside::fill(Block& block, const AVFrame* from) {
  HARMONIC_TRY(block.channels, wide->convert(from));
  HARMONIC_TRY(block.mono, narrow->convert(from));
  samples += std::ssize(block.channels) / channel_count;
  return {};
}

Result<Decoder> Decoder::make(MediaFile file) {
  HARMONIC_TRY(auto codec, open_codec(file));
  auto inside = std::make_unique<Inside>(std::move(file), std::move(codec));
  inside->begin();
  return Decoder{std::move(inside)};
}

Result<Decoder> Decoder::open(const std::filesystem::path& path) {
  HARMONIC_TRY(auto file, MediaFile::open(path));
  return make(std::move(file));
}

Result<Decoder> Decoder::open(std::span<const std::byte> bytes) {
  HARMONIC_TRY(auto file, MediaFile::open(bytes));
  return make(std::move(file));
}

Result<bool> Decoder::read(Block& block) {
  block = {};
  Inside& in = *inside_;
  if (in.ended) return false;
  if (std::exchange(in.waiting, false) || in.next_frame()) {
    HARMONIC_CHECK(in.fill(block, in.frame.get()));
    return true;
  }
  in.ended = true;
  HARMONIC_CHECK(in.fill(block, nullptr));
  HARMONIC_CHECK(in.check_end());
  return true;
}

std::int64_t Decoder::seek(std::int64_t sample) {
  Inside& in = *inside_;
  AVFormatContext& format = in.file.format();
  const int stream = in.file.sound().index;
  const auto to = [&](std::int64_t wanted) {
    const auto base = in.first_time == AV_NOPTS_VALUE ? 0 : in.first_time;
    const auto time =
        av_sat_add64(base, av_rescale_q(wanted, {1, in.rate}, in.file.sound().time_base));
    if (av_seek_frame(&format, stream, time, AVSEEK_FLAG_BACKWARD) < 0) return false;
    in.restart();
    in.waiting = in.next_frame();
    return true;
  };
  // A little before: the first frames after a jump lack what the ones before them would have left.
  if (to(std::max<std::int64_t>(0, sample - in.rate / 2))) {
    in.samples = in.waiting ? in.place_of_frame().value_or(-1) : sample;
    if (in.samples >= 0 && in.samples <= sample) return in.samples;
  }
  to(0);
  return in.samples = 0;
}

Decoder::Decoder(std::unique_ptr<Inside> inside) : inside_{std::move(inside)} {}
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;
Decoder::~Decoder() = default;

const std::string& Decoder::container() const { return inside_->file.container(); }
const Tags& Decoder::tags() const { return inside_->tags; }
int Decoder::rate() const { return inside_->rate; }
int Decoder::channel_count() const { return inside_->channel_count; }

std::chrono::milliseconds Decoder::decoded() const {
  return std::chrono::milliseconds{std::llround(inside_->seconds() * 1000.0)};
}

}  // namespace harmonic::audio
