#include "audio/part_stream.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "audio/test_sound.h"
#include "base/test_folder.h"

namespace harmonic::audio {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::size_t kHeader = 44;

/// Noise that never repeats: a byte from the wrong place shows.
test::Sound noise(double seconds) {
  test::Sound sound(test::samples(seconds));
  std::minstd_rand random{11};
  for (auto& x : sound) x = static_cast<float>(random() % 65536) / 65536.0F - 0.5F;
  return sound;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::string all_of(PartStream& stream, std::size_t piece) {
  std::string all(stream.size(), 'x');
  for (std::size_t at = 0; at < all.size();) {
    const auto got =
        stream.read_at(at, std::span{all}.subspan(at, std::min(piece, all.size() - at)));
    if (got == 0) break;
    at += got;
  }
  return all;
}

class OfNoise : public testing::Test {
 protected:
  void SetUp() override { test::write(wav(), test::wav(noise(8), test::kRate, 2)); }
  [[nodiscard]] fs::path wav() const { return scratch_.path() / "noise.wav"; }
  /// The sound of the file from one time to another.
  [[nodiscard]] std::string cut(std::size_t from_ms, std::size_t to_ms) const {
    const auto at = [](std::size_t ms) { return kHeader + ms * test::kRate / 1000 * 4; };
    return bytes_of(wav()).substr(at(from_ms), at(to_ms) - at(from_ms));
  }
  TestFolder scratch_;
};

TEST_F(OfNoise, IsTheFilesOwnSoundByteForByte) {
  const auto flac = scratch_.path() / "noise.flac";
  ASSERT_TRUE(test::encode(wav(), "-c:a flac", flac));
  for (const auto& file : {wav(), flac}) {
    auto stream = PartStream::open(file, {3210ms, 6543ms});
    ASSERT_TRUE(stream) << stream.error().message;
    const auto expected = cut(3210, 6543);
    ASSERT_EQ(stream->size(), kHeader + expected.size());
    for (const std::size_t piece : {65536UL, 777UL}) {
      EXPECT_EQ(all_of(*stream, piece).substr(kHeader), expected) << file << piece;
    }
    std::minstd_rand random{5};
    for (int i = 0; i < 40; ++i) {  // to and fro, as a player that jumps
      const auto at = random() % expected.size();
      std::string some(std::min<std::size_t>(4096, expected.size() - at), 'x');
      ASSERT_EQ(stream->read_at(kHeader + at, some), some.size());
      ASSERT_EQ(some, expected.substr(at, some.size())) << file << at;
    }
    EXPECT_EQ(stream->read_at(stream->size(), std::span<char>{}), 0U);
  }
}

// The header is read back by the reader of files.
TEST_F(OfNoise, IsAWavThatOthersRead) {
  auto stream = PartStream::open(wav(), {1000ms, std::nullopt});
  ASSERT_TRUE(stream);
  const auto all = all_of(*stream, 5000);
  EXPECT_EQ(all.substr(kHeader), cut(1000, 8000));
  auto decoder = Decoder::open(std::as_bytes(std::span{all}));
  ASSERT_TRUE(decoder) << decoder.error().message;
  Block block;
  while (decoder->read(block).value()) {
  }
  EXPECT_EQ(decoder->decoded(), 7000ms);
  EXPECT_EQ(decoder->channel_count(), 2);
}

// Lossy codecs tell another noise; their parts lie where the whole has them all the same.
TEST_F(OfNoise, OfALossyFileLiesWhereItShould) {
  for (const char* options :
       {"-c:a libmp3lame -q:a 2", "-c:a libmp3lame -b:a 192k", "-c:a libvorbis -q:a 9",
        "-c:a libopus -b:a 256k", "-c:a aac -b:a 256k"}) {
    const std::string how{options};
    const auto lossy = scratch_.path() / (how.find("mp3") != std::string::npos      ? "a.mp3"
                                          : how.find("vorbis") != std::string::npos ? "a.ogg"
                                          : how.find("opus") != std::string::npos   ? "a.opus"
                                                                                    : "a.m4a");
    ASSERT_TRUE(test::encode(wav(), options, lossy));
    auto whole = PartStream::open(lossy, {0ms, 7500ms});
    auto part = PartStream::open(lossy, {5000ms, 7500ms});
    ASSERT_TRUE(whole && part) << options;
    const auto expected = all_of(*whole, 65536);
    const auto got = all_of(*part, 65536).substr(kHeader);
    const auto frame = static_cast<std::ptrdiff_t>((expected.size() - kHeader) / 7500 * 26);
    double best = 1e300;
    std::ptrdiff_t place = 0;
    const auto start = static_cast<std::ptrdiff_t>(expected.size() - got.size());
    const auto sample = [](const std::string& bytes, std::ptrdiff_t at) {
      const auto low = static_cast<unsigned char>(bytes[static_cast<std::size_t>(at)]);
      return static_cast<double>(bytes[static_cast<std::size_t>(at) + 1] * 256 + low);
    };
    for (std::ptrdiff_t shift = -frame / 4 * 4; shift <= frame / 4 * 4; shift += 4) {
      double difference = 0;
      for (std::ptrdiff_t i = 0; i < 4000; i += 4) {
        const auto there = 100'000 + i;
        const auto apart = sample(got, there) - sample(expected, start + there + shift);
        difference += apart * apart;
      }
      if (difference >= best) continue;
      best = difference;
      place = shift;
    }
    EXPECT_LE(std::abs(place), 8) << options;  // two samples: times are rounded
  }
}

TEST_F(OfNoise, RefusesWhatIsNotThere) {
  EXPECT_EQ(PartStream::open(wav(), {9000ms, 9500ms}).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(PartStream::open(scratch_.path() / "no.wav", {0ms, 10ms}).error().kind,
            ErrorKind::kNotFound);
  // A file that was cut off goes on in silence instead of ending early.
  const auto whole = bytes_of(wav());
  const std::string half = whole.substr(0, kHeader + 4 * test::kRate * 4);
  test::write(scratch_.path() / "half.wav", std::as_bytes(std::span{half}));
  auto stream = PartStream::open(scratch_.path() / "half.wav", {3000ms, 5000ms});
  ASSERT_TRUE(stream) << stream.error().message;
  const auto all = all_of(*stream, 4096);
  EXPECT_EQ(all.substr(all.size() - 1000), std::string(1000, '\0'));
}

}  // namespace
}  // namespace harmonic::audio
