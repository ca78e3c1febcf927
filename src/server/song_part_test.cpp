#include "server/song_part.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "server/http.h"

namespace harmonic::server {
namespace {

using namespace std::chrono_literals;

// One channel of 16 bits at 8000 Hz.
std::string wav_of(std::size_t seconds) {
  const auto number = [](std::uint64_t value, int width) {
    std::string bytes;
    for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
    return bytes;
  };
  const auto length = seconds * 8000 * 2;
  std::string sound(length, '\0');
  for (std::size_t i = 0; i < length; i += 2) sound[i] = static_cast<char>(i / 2 % 251);
  return "RIFF" + number(36 + length, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) +
         number(1, 2) + number(8000, 4) + number(16000, 4) + number(2, 2) + number(16, 2) + "data" +
         number(length, 4) + sound;
}

class Part : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("a.wav", wav_of(6));
    write_sheet("0:2:0");
  }
  void write_sheet(const std::string& second) const {
    folder_.write(
        "a.cue",
        "FILE a.wav WAVE\nTRACK 1 AUDIO\nINDEX 01 0:0:0\nTRACK 2 AUDIO\nINDEX 01 " + second + "\n");
  }
  [[nodiscard]] catalog::Song track(int number) const {
    catalog::Song song;
    song.path = audio::path_of_track(folder_.path() / "a.cue", number);
    return song;
  }
  TestFolder folder_;
};

TEST_F(Part, IsSentInRangesAsAnyFile) {
  auto part = SongPart::open(track(2));
  ASSERT_TRUE(part) << part.error().message;
  Request request{"GET", "/", "", "", "bytes=44-63", "", "", ""};
  const auto response = file_response(request, *part, "audio/wav");
  EXPECT_EQ(response.status, 206);
  EXPECT_EQ(response.length(), 20U);
  std::string got(20, 'x');
  EXPECT_EQ((*part)->read_at(44, got), 20U);
  EXPECT_EQ(got, wav_of(6).substr(44 + 2 * 16000, 20));
  EXPECT_EQ((*part)->size(), 44U + 4 * 16000);
}

// The failure: a player that goes on with the rest of another cut.
TEST_F(Part, ANewSheetIsANewFile) {
  const auto before = SongPart::open(track(2));
  const auto same = SongPart::open(track(2));
  write_sheet("0:3:0");
  const auto after = SongPart::open(track(2));
  ASSERT_TRUE(before && same && after);
  EXPECT_EQ((*before)->etag(), (*same)->etag());
  EXPECT_NE((*before)->etag(), (*after)->etag());
  EXPECT_NE((*before)->etag(), (*SongPart::open(track(1)))->etag());
}

TEST_F(Part, MayBeGone) {
  EXPECT_EQ(SongPart::open(track(3)).error().kind, ErrorKind::kNotFound);
  std::filesystem::remove(folder_.path() / "a.wav");
  EXPECT_EQ(SongPart::open(track(1)).error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace harmonic::server
