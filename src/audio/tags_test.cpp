#include "audio/tags.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "audio/cover.h"
#include "audio/lyrics.h"
#include "audio/test_sound.h"
#include "base/test_folder.h"

namespace harmonic::audio {
namespace {

namespace fs = std::filesystem;

// The smallest PNG: one grey pixel.
constexpr std::string_view kPng{
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\nIDATx\x9c\x63"
    "\x60\0\0\0\2\0\1\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82",
    67};

void append_big(std::string& bytes, std::size_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFF);
}

std::string frame(const char* id, std::string_view body) {
  std::string bytes{id};
  append_big(bytes, body.size());
  bytes += std::string{"\0\0", 2};
  return bytes + std::string{body};
}

/// A WAV does not carry ID3 at its start, but FLAC and MP3 do; the tag is put before real MP3
/// bytes.
std::string id3(const std::string& frames) {
  std::string bytes{"ID3\3\0\0", 6};
  for (int shift = 21; shift >= 0; shift -= 7)
    bytes += static_cast<char>(frames.size() >> shift & 0x7F);
  return bytes + frames;
}

class Id3 : public testing::Test {
 protected:
  void SetUp() override {
    const auto wav = scratch_.path() / "a.wav";
    test::write(wav, test::wav(test::sine(440.0, 0.5, 2.0)));
    const std::string command = "ffmpeg -v error -i '" + wav.string() +
                                "' -c:a libmp3lame -map_metadata -1 -id3v2_version 0 '" +
                                plain().string() + "' < /dev/null 2> /dev/null";
    if (std::system(command.c_str()) != 0)
      GTEST_SKIP() << "the ffmpeg command is not installed, so no MP3 can be made";
  }
  [[nodiscard]] fs::path plain() const { return scratch_.path() / "plain.mp3"; }
  [[nodiscard]] fs::path tagged(const std::string& tag) const {
    const auto path = scratch_.path() / "tagged.mp3";
    std::ofstream out{path, std::ios::binary};
    out << tag << std::ifstream{plain(), std::ios::binary}.rdbuf();
    return path;
  }
  TestFolder scratch_;
};

TEST_F(Id3, EveryEncodingBecomesUtf8) {
  const auto path = tagged(id3(frame("TIT2", std::string{"\0Na\xEFve", 6}) +  // Latin-1
                               frame("TPE1", std::string{"\1\xFF\xFE"
                                                         "B\0\xF6\0",
                                                         7}) +  // UTF-16
                               frame("TALB", std::string{"\0A\nB\x01", 5}) +
                               frame("TRCK", std::string{"\0"
                                                         "12/13",
                                                         6})));
  const auto tags = read_tags(path);
  ASSERT_TRUE(tags) << tags.error().message;
  EXPECT_EQ(tags->title, "Naïve");
  EXPECT_EQ(tags->artist, "Bö");
  EXPECT_EQ(tags->album, "A B");
  EXPECT_EQ(tags->track, 12);
  EXPECT_EQ(tags->year, std::nullopt);
}

// The failures: of several artists only the first is read; AC/DC become two; a total is lost.
TEST_F(Id3, SeveralValuesStaySeveral) {
  const std::string tag = frame("TPE1", std::string{"\3AC/DC\0Ann; Bob\0AC/DC\0", 22}) +
                          frame("TCON", std::string{"\3Rock\0(17)\0Polka", 16}) +
                          frame("TRCK", std::string{"\0"
                                                    "3/12",
                                                    5}) +
                          frame("TPOS", std::string{"\0"
                                                    "1/2",
                                                    4}) +
                          frame("TCOM", std::string{"\0Young", 6}) +
                          frame("TXXX", std::string{"\0REPLAYGAIN_TRACK_GAIN\0-6.50 dB", 31}) +
                          frame("TXXX", std::string{"\0replaygain_track_peak\0"
                                                    "0.5",
                                                    26}) +
                          frame("UFID", std::string{"http://musicbrainz.org\0", 23} +
                                            "B1A9C0E9-D987-4042-AE91-78D6A3267D69") +
                          frame("TXXX", std::string{"\0MusicBrainz Artist Id\0", 23} +
                                            "66c662b6-6e2f-4930-8610-912e24c63ed1/"
                                            "c50d14bc-b27f-4d4f-a3c5-0b1f0cbf2a6f");
  const auto tags = read_tags(tagged(id3(tag)));
  ASSERT_TRUE(tags) << tags.error().message;
  EXPECT_EQ(tags->artists, (std::vector<std::string>{"AC/DC", "Ann; Bob"}));
  EXPECT_EQ(tags->artist, "AC/DC, Ann; Bob");
  EXPECT_EQ(tags->genres, (std::vector<std::string>{"Rock", "Polka"}));
  EXPECT_EQ(tags->track, 3);
  EXPECT_EQ(tags->track_total, 12);
  EXPECT_EQ(tags->disc, 1);
  EXPECT_EQ(tags->disc_total, 2);
  EXPECT_EQ(tags->composer, "Young");
  EXPECT_EQ(tags->replay_gain, (ReplayGain{-6.5F, 0.5F, {}, {}}));
  EXPECT_EQ(tags->musicbrainz.recording, "b1a9c0e9-d987-4042-ae91-78d6a3267d69");
  EXPECT_EQ(tags->musicbrainz.artists.size(), 2U);
}

// The failure: a gain of 99999 dB is believed and bursts an ear.
TEST_F(Id3, AGainOrAnIdThatCannotBeIsNone) {
  const auto tags =
      read_tags(tagged(id3(frame("TXXX", std::string{"\0REPLAYGAIN_TRACK_GAIN\0"
                                                     "99999 dB",
                                                     31}) +
                           frame("TXXX", std::string{"\0REPLAYGAIN_ALBUM_GAIN\0nan", 26}) +
                           frame("TXXX", std::string{"\0MusicBrainz Album Id\0not-an-id", 31}))));
  ASSERT_TRUE(tags) << tags.error().message;
  EXPECT_EQ(tags->replay_gain, ReplayGain{});
  EXPECT_EQ(tags->musicbrainz, MusicBrainzIds{});
}

TEST_F(Id3, AFileWithoutTagsHasNone) {
  const auto tags = read_tags(plain());
  ASSERT_TRUE(tags) << tags.error().message;
  EXPECT_EQ(tags->title, "");
  EXPECT_EQ(tags->artist, "");
  EXPECT_EQ(tags->track, std::nullopt);
}

// The failure: a tag says "image/svg+xml" and the page runs a script.
TEST_F(Id3, TheCoverIsWhatItsBytesSay) {
  const auto picture = [](std::string_view claimed, std::string_view bytes) {
    return frame("APIC", std::string{'\0'} + std::string{claimed} + std::string{"\0\3\0", 3} +
                             std::string{bytes});
  };
  struct Case {
    std::string_view claimed;
    std::string_view bytes;
    std::string_view type;
  };
  for (const auto& [claimed, bytes, type] :
       {Case{"image/png", kPng, "image/png"}, Case{"image/jpeg", kPng, "image/png"},
        Case{"image/png", "<svg onload='alert(1)'/>", ""}}) {
    const auto cover = read_cover(tagged(id3(picture(claimed, bytes))));
    ASSERT_TRUE(cover) << cover.error().message;
    ASSERT_EQ(cover->has_value(), !type.empty()) << claimed;
    if (!cover->has_value()) continue;
    EXPECT_EQ((*cover)->media_type, type);
    EXPECT_EQ((*cover)->bytes.size(), bytes.size());
  }
}

TEST_F(Id3, TheFrontCoverIsTakenBeforeOthers) {
  const auto picture = [](char kind, std::string_view bytes) {
    return frame("APIC",
                 std::string{"\0image/png\0", 11} + kind + std::string{'\0'} + std::string{bytes});
  };
  const auto front = std::string{kPng} + "front";
  const auto cover = read_cover(tagged(id3(picture(4, kPng) + picture(3, front))));
  ASSERT_TRUE(cover && cover->has_value());
  EXPECT_EQ((*cover)->bytes.size(), front.size());
}

TEST_F(Id3, LyricsInsideAreFoundAndAFileBesideGoesFirst) {
  const auto path = tagged(id3(frame("USLT", std::string{"\3eng\0First\nSecond", 17})));
  const auto inside = find_lyrics(path);
  ASSERT_TRUE(inside && inside->has_value());
  EXPECT_FALSE((*inside)->timed);
  ASSERT_EQ((*inside)->lines.size(), 2U);
  EXPECT_EQ((*inside)->lines[1].text, "Second");
  std::ofstream{scratch_.path() / "tagged.lrc"} << "[00:01.00]Beside";
  const auto beside = find_lyrics(path);
  ASSERT_TRUE(beside && beside->has_value());
  EXPECT_EQ((*beside)->lines.at(0).text, "Beside");
  EXPECT_FALSE(find_lyrics(plain())->has_value());
}

// The failure: a compressed frame of a megabyte becomes a gigabyte.
TEST_F(Id3, ALargeCompressedFrameIsNotInflated) {
  std::string compressed{"\0\0\0\0", 4};
  compressed.resize(300'000, 'x');
  std::string tag = frame("TIT2", compressed);
  tag[9] = static_cast<char>(0x80);  // ID3v2.3: compressed
  const auto tags = read_tags(tagged(id3(tag + frame("TPE1", std::string{"\0Ann", 4}))));
  ASSERT_TRUE(tags) << tags.error().message;
  EXPECT_EQ(tags->title, "");
  EXPECT_EQ(tags->artist, "Ann");
}

// The failure: a cover larger than the first look hides the sound behind it.
TEST_F(Id3, ALargeCoverDoesNotHideTheSound) {
  std::string large{kPng};
  large.resize(3U << 20, 'x');
  const auto path = tagged(id3(frame("APIC", std::string{"\0image/png\0\3\0", 13} + large)));
  const auto cover = read_cover(path);
  ASSERT_TRUE(cover) << cover.error().message;
  ASSERT_TRUE(cover->has_value());
  EXPECT_EQ((*cover)->bytes.size(), 3U << 20);
}

}  // namespace
}  // namespace harmonic::audio
