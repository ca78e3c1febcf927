#include "audio/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "audio/analyse.h"
#include "audio/test_sound.h"
#include "base/test_folder.h"

namespace harmonic::audio {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

bool has_ffmpeg() { return std::system("ffmpeg -version > /dev/null 2>&1") == 0; }

std::vector<std::byte> bytes_of(const fs::path& path) {
  std::vector<std::byte> bytes(fs::file_size(path));
  std::ifstream{path, std::ios::binary}.read(reinterpret_cast<char*>(bytes.data()),
                                             std::ssize(bytes));
  return bytes;
}

struct Heard {
  std::size_t mono = 0;
  std::size_t channels = 0;
  double square = 0.0;
};

Result<Heard> hear_all(Decoder& decoder) {
  Heard heard;
  Block block;
  while (true) {
    HARMONIC_TRY(const bool more, decoder.read(block));
    if (!more) return heard;
    heard.mono += block.mono.size();
    heard.channels += block.channels.size();
    for (const float x : block.mono) heard.square += static_cast<double>(x * x);
  }
}

struct Format {
  const char* name;
  const char* options;
  const char* container;
};
constexpr Format kFormats[]{{"a.mp3", "-c:a libmp3lame -b:a 128k", "mp3"},
                            {"a.flac", "-c:a flac", "flac"},
                            {"a.ogg", "-c:a libvorbis", "ogg"},
                            {"a.opus", "-c:a libopus", "opus"},
                            {"a.m4a", "-c:a aac", "m4a"},
                            {"b.m4a", "-c:a alac", "m4a"},
                            {"a.wav", "-c:a pcm_s24le", "wav"},
                            {"f.ogg", "-c:a flac", "ogg"}};

class Formats : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_ffmpeg())
      GTEST_SKIP() << "the ffmpeg command is not installed, so no files can be made";
    test::write(source(), test::wav(test::sine(440.0, 0.5, 4.0), test::kRate, 2));
  }
  [[nodiscard]] fs::path source() const { return scratch_.path() / "source.wav"; }
  [[nodiscard]] fs::path made(const Format& format) const {
    const auto path = scratch_.path() / format.name;
    EXPECT_TRUE(test::encode(source(),
                             std::string{format.options} +
                                 " -metadata title=Tone -metadata artist='Jörg' "
                                 "-metadata track=3/9 -metadata date=1999-01-02",
                             path));
    return path;
  }
  TestFolder scratch_;
};

// The failure: a renamed file is judged by its name.
TEST_F(Formats, AreReadByContentNotByName) {
  for (const auto& format : kFormats) {
    const auto renamed = scratch_.path() / "holiday.jpg";
    fs::rename(made(format), renamed);
    auto decoder = Decoder::open(renamed);
    ASSERT_TRUE(decoder) << format.name << ": " << decoder.error().message;
    EXPECT_EQ(decoder->container(), format.container);
    EXPECT_EQ(decoder->channel_count(), 2);
    const auto heard = hear_all(*decoder);
    ASSERT_TRUE(heard) << format.name << ": " << heard.error().message;
    EXPECT_NEAR(static_cast<double>(decoder->decoded().count()), 4000.0, 80.0) << format.name;
    EXPECT_NEAR(static_cast<double>(heard->mono), 4.0 * kFeatureRate, 0.08 * kFeatureRate)
        << format.name;
    EXPECT_NEAR(heard->square / static_cast<double>(heard->mono), 0.125, 0.02) << format.name;
    EXPECT_EQ(decoder->tags().title, "Tone") << format.name;
    EXPECT_EQ(decoder->tags().artist, "Jörg") << format.name;
    EXPECT_EQ(decoder->tags().track, 3) << format.name;
    EXPECT_EQ(decoder->tags().year, 1999) << format.name;
  }
}

// The failure: half a download becomes a song of half its length, or a crash.
TEST_F(Formats, CutOffAreRefusedWithAReason) {
  for (const auto& format : kFormats) {
    const auto bytes = bytes_of(made(format));
    for (const double part : {0.002, 0.1, 0.5, 0.9}) {
      const auto count = static_cast<std::size_t>(static_cast<double>(bytes.size()) * part);
      const auto song = analyse(std::span{bytes}.first(count));
      ASSERT_FALSE(song) << format.name << " cut at " << part;
      EXPECT_EQ(song.error().kind, ErrorKind::kInvalidInput);
      EXPECT_EQ(song.error().message.find('\n'), std::string::npos);
    }
    EXPECT_TRUE(analyse(bytes)) << format.name;
  }
}

TEST_F(Formats, AVideoIsNoSong) {
  const auto video = scratch_.path() / "song.mp3";
  ASSERT_TRUE(test::encode(
      source(), "-f lavfi -i color=red:s=64x64:d=2 -map 0:a -map 1:v -shortest -f mp4", video));
  const auto song = Decoder::open(video);
  ASSERT_FALSE(song);
  EXPECT_THAT(song.error().message, HasSubstr("is a video"));
}

TEST_F(Formats, MoreThanTwoChannelsAreMixedDown) {
  const auto surround = scratch_.path() / "surround.flac";
  ASSERT_TRUE(test::encode(source(), "-ac 6", surround));
  auto decoder = Decoder::open(surround);
  ASSERT_TRUE(decoder);
  EXPECT_EQ(decoder->channel_count(), 2);
  EXPECT_TRUE(hear_all(*decoder));
}

TEST(Decoder, RefusesWhatIsNoSound) {
  const TestFolder scratch;
  const auto at = [&scratch](const char* name) { return scratch.path() / name; };
  const auto with = [&at](const char* name, std::string_view text) {
    test::write(at(name), std::as_bytes(std::span{text}));
  };
  with("empty.mp3", "");
  with("text.mp3", "Dear diary, this is not a song at all. Dear diary, this is not a song at all.");
  with("tag.mp3", std::string_view{"ID3\x04\0\0\0\0\x0F\x7F", 10});
  with("noise.ogg", "OggS but nothing more");
  fs::create_directory(at("folder.mp3"));
  ASSERT_EQ(mkfifo(at("pipe.mp3").c_str(), 0600), 0);
  struct Case {
    const char* name;
    ErrorKind kind;
    const char* reason;
  };
  for (const auto& [name, kind, reason] :
       {Case{"empty.mp3", ErrorKind::kInvalidInput, "empty"},
        Case{"text.mp3", ErrorKind::kInvalidInput, "not a sound file"},
        Case{"tag.mp3", ErrorKind::kInvalidInput, "cut off"},
        Case{"noise.ogg", ErrorKind::kInvalidInput, "damaged or cut off"},
        Case{"folder.mp3", ErrorKind::kInvalidInput, "folder"},
        Case{"pipe.mp3", ErrorKind::kInvalidInput, "regular"},
        Case{"absent.mp3", ErrorKind::kNotFound, "no such file"}}) {
    const auto decoder = Decoder::open(at(name));
    ASSERT_FALSE(decoder) << name;
    EXPECT_EQ(decoder.error().kind, kind) << name;
    EXPECT_THAT(decoder.error().message, HasSubstr(reason)) << name;
  }
}

TEST(Decoder, SaysWhenAFileMayNotBeRead) {
  if (geteuid() == 0)
    GTEST_SKIP() << "root may read everything, so a file without permissions is no hindrance";
  const TestFolder scratch;
  const auto path = scratch.path() / "secret.wav";
  test::write(path, test::wav(test::sine(440.0, 0.5, 2.0)));
  fs::permissions(path, fs::perms::none);
  const auto decoder = Decoder::open(path);
  ASSERT_FALSE(decoder);
  EXPECT_EQ(decoder.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(decoder.error().message, HasSubstr("permission"));
}

// The failure: the header's word is taken for the length.
TEST(Decoder, ALyingLengthIsSeenThrough) {
  const auto sound = test::sine(440.0, 0.5, 3.0);
  const auto true_size = static_cast<std::int64_t>(sound.size() * 2);
  struct Case {
    std::int64_t claimed;
    bool is_read;
  };
  for (const auto& [claimed, is_read] : {Case{true_size, true}, Case{0xFFFFFFFF, true},
                                         Case{true_size * 2, false}, Case{0x7FFFFFF0, false}}) {
    const auto song = analyse(test::wav(sound, test::kRate, 1, claimed));
    EXPECT_EQ(song.has_value(), is_read) << claimed << (song ? "" : song.error().message);
    if (song) {
      EXPECT_EQ(song->duration.count(), 3000);
    } else {
      EXPECT_THAT(song.error().message, HasSubstr("cut off"));
    }
  }
}

// Found by the fuzzer: a header with 252 MHz made the resampler ask for 1.7 GB; one with 1 Hz makes
// seconds of sound out of every sample.
TEST(Decoder, RefusesRatesThatAreNone) {
  for (const int rate : {1, 3999, 384001, 252518208}) {
    const auto song = analyse(test::wav(test::sine(440.0, 0.5, 0.2), rate));
    ASSERT_FALSE(song) << rate;
    EXPECT_THAT(song.error().message, HasSubstr("no rate of sound")) << rate;
  }
  for (const int rate : {8000, 11025, 48000, 96000, 192000}) {
    EXPECT_TRUE(analyse(test::wav(test::sine(440.0, 0.5, 2.0, rate), rate))) << rate;
  }
}

// The failure: one NaN in a float file makes every feature NaN.
TEST(Decoder, HostileSamplesBecomeSilence) {
  auto bytes = test::wav(
      test::Sound(static_cast<std::size_t>(test::kRate) * 4, 0.25F));  // becomes 2 s of float
  bytes[20] = std::byte{3};                                            // IEEE float
  bytes[34] = std::byte{32};
  bytes[32] = std::byte{4};
  for (std::size_t at = 44; at + 4 <= bytes.size(); at += 4) {
    const bool hostile = (at / 4) % 7001 == 0;
    const float value = hostile ? ((at / 4) % 2 == 0 ? NAN : 1e38F)
                                : 0.25F * static_cast<float>(std::sin(static_cast<double>(at)));
    std::memcpy(&bytes[at], &value, sizeof value);
  }
  const auto song = analyse(bytes);
  ASSERT_TRUE(song) << song.error().message;
  for (const float value : song->features) EXPECT_TRUE(std::isfinite(value));
}

// Every file of the collections of other programs is read or refused in one line, none hangs.
TEST(Decoder, OddFilesAreReadOrRefused) {
  const char* named = std::getenv("HARMONIC_SHARED");
  const fs::path shared =
      named != nullptr ? fs::path{named} : fs::path{HARMONIC_SOURCE_DIR} / "../shared";
  const auto archive = shared / "data/music/odd_audio.tar.zst";
  if (!fs::exists(archive)) GTEST_SKIP() << "the shared odd_audio.tar.zst is not there";
  const TestFolder scratch;
  const std::string command =
      "tar --zstd -xf '" + archive.string() + "' -C '" + scratch.path().string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  int read = 0;
  int refused = 0;
  for (const auto& entry : fs::recursive_directory_iterator{scratch.path()}) {
    if (!entry.is_regular_file()) continue;
    const auto song = analyse(entry.path());
    song ? ++read : ++refused;
    if (song) continue;
    EXPECT_FALSE(song.error().message.empty()) << entry.path();
    EXPECT_EQ(song.error().message.find('\n'), std::string::npos) << entry.path();
  }
  EXPECT_GE(read, 15);
  EXPECT_GE(refused, 200);
}

}  // namespace
}  // namespace harmonic::audio
