#include "audio/cue_song.h"

#include <gtest/gtest.h>

#include "audio/analyse.h"
#include "audio/claims.h"
#include "audio/cover.h"
#include "audio/lyrics.h"
#include "audio/test_sound.h"
#include "base/test_folder.h"

namespace harmonic::audio {
namespace {

using namespace std::chrono_literals;

TEST(CueSong, HasAPathOfItsOwn) {
  EXPECT_EQ(path_of_track("/m/a.cue", 3), "/m/a.cue/track0003");
  EXPECT_EQ(sheet_of("/m/a.cue/track0003"), "/m/a.cue");
  EXPECT_EQ(sheet_of("/m/A.CUE/track0099"), "/m/A.CUE");
  EXPECT_EQ(sheet_of("/m/a.flac/track0003"), "/m/a.flac");
  for (const char* other : {"/m/a.cue", "/m/a.mp3/track0003", "/m/a.cue/track3", "track0003", "",
                            "/m/a.cue/track0000", "/m/a.cue/track00x3", "/m/a.cue/track0003.mp3"}) {
    EXPECT_EQ(sheet_of(other), std::nullopt) << other;
  }
}

class OfAnAlbum : public testing::Test {
 protected:
  void SetUp() override {
    const auto low = test::sine(220, 0.5, 2), high = test::sine(440, 0.25, 3);
    test::write(folder() / "a.wav", test::wav(test::joined(low, high)));
    const std::string sheet =
        "REM GENRE Folk\nPERFORMER Ann\nTITLE Album\nFILE a.wav WAVE\nTRACK 1 AUDIO\nTITLE Low\n"
        "INDEX 01 0:0:0\nTRACK 2 AUDIO\nTITLE High\nPERFORMER Bob\nINDEX 01 0:2:0\n";
    test::write(folder() / "a.cue", std::as_bytes(std::span{sheet}));
  }
  [[nodiscard]] std::filesystem::path folder() const { return scratch_.path(); }
  [[nodiscard]] std::filesystem::path track(int number) const {
    return path_of_track(folder() / "a.cue", number);
  }
  TestFolder scratch_;
};

TEST_F(OfAnAlbum, SaysWhatItsSheetSays) {
  const auto claims = read_claims(track(2));
  ASSERT_TRUE(claims) << claims.error().message;
  EXPECT_EQ(claims->duration, 3000ms);
  EXPECT_EQ(claims->container, "wav");
  EXPECT_EQ(claims->tags.title, "High");
  EXPECT_EQ(claims->tags.artists, std::vector<std::string>{"Bob"});
  EXPECT_EQ(claims->tags.album_artist, "Ann");
  EXPECT_EQ(claims->tags.album, "Album");
  EXPECT_EQ(claims->tags.genre, "Folk");
  EXPECT_EQ(claims->tags.track, 2);
  EXPECT_EQ(read_claims(track(1))->duration, 2000ms);
}

TEST_F(OfAnAlbum, IsHeardAlone) {
  const auto low = analyse(track(1)), high = analyse(track(2));
  ASSERT_TRUE(low && high);
  EXPECT_EQ(low->duration, 2000ms);
  EXPECT_EQ(high->duration, 3000ms);
  EXPECT_NEAR(low->loudness_lufs - high->loudness_lufs, 6.0F, 0.6F);
  EXPECT_EQ(high->tags.title, "High");
}

TEST_F(OfAnAlbum, MayBeGoneOrWithoutItsSound) {
  EXPECT_EQ(find_cue_song(track(3)).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(find_cue_song(folder() / "b.cue/track0001").error().kind, ErrorKind::kNotFound);
  std::filesystem::remove(folder() / "a.wav");
  EXPECT_EQ(analyse(track(1)).error().kind, ErrorKind::kNotFound);
}

// The failure: the words of a whole album, shown to one of its songs.
TEST_F(OfAnAlbum, HasThePictureOfItsFileAndNotItsWords) {
  const std::vector<std::byte> picture{std::byte{0xFF}, std::byte{0xD8}, std::byte{0xFF},
                                       std::byte{0xE0}};
  test::write(folder() / "cover.jpg", picture);
  const auto cover = find_cover(track(1));
  ASSERT_TRUE(cover && *cover);
  EXPECT_EQ((*cover)->bytes, picture);
  const std::string words = "[00:01.00]la\n";
  test::write(folder() / "a.lrc", std::as_bytes(std::span{words}));
  const auto lyrics = find_lyrics(track(1));
  ASSERT_TRUE(lyrics);
  EXPECT_FALSE(*lyrics);
}

TEST_F(OfAnAlbum, MayCarryItsSheetInside) {
  const auto flac = folder() / "b.flac";
  if (!test::encode(folder() / "a.wav",
                    "-metadata cuesheet='PERFORMER Ann\nFILE x.wav WAVE\nTRACK 1 AUDIO\nTITLE Low\n"
                    "INDEX 01 0:0:0\nTRACK 2 AUDIO\nTITLE High\nINDEX 01 0:2:0\n'",
                    flac))
    GTEST_SKIP() << "the ffmpeg command is not installed, so no FLAC can be made";
  const auto song = find_cue_song(path_of_track(flac, 2));
  ASSERT_TRUE(song) << song.error().message;
  EXPECT_EQ(song->sound, flac);
  EXPECT_EQ(song->part.start, 2000ms);
  EXPECT_EQ(read_claims(path_of_track(flac, 1))->tags.title, "Low");
  EXPECT_EQ(analyse(path_of_track(flac, 2))->duration, 3000ms);
  EXPECT_EQ(find_cue_song(path_of_track(flac, 3)).error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace harmonic::audio
