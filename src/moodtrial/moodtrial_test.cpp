#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "audio/analyse.h"
#include "base/test_folder.h"
#include "moodtrial/folds.h"
#include "moodtrial/midi.h"
#include "moodtrial/rows.h"
#include "moodtrial/sets.h"
#include "moodtrial/wave.h"

namespace harmonic::moodtrial {
namespace {

namespace fs = std::filesystem;

const fs::path kFont{"/usr/share/sounds/sf2/TimGM6mb.sf2"};

class MoodTrial : public testing::Test {
 protected:
  /// C major at 120 quarter notes of 96 ticks a minute, 16 notes; `ticks(i)` how long the i-th is.
  template <typename Ticks>
  fs::path write_midi(const std::string& name, Ticks ticks) const {
    std::string track{"\x00\xFF\x51\x03\x07\xA1\x20", 7};
    for (int i = 0; i < 16; ++i) {
      const char note =
          static_cast<char>(60 + std::array{0, 4, 7, 12}[static_cast<std::size_t>(i % 4)]);
      track += std::string{"\x00\x90", 2} + note + '\x60';
      track += static_cast<char>(ticks(i)) + std::string{"\x80"} + note + '\x00';
    }
    track += std::string{"\x00\xFF\x2F\x00", 4};
    const auto length = static_cast<char>(track.size());
    return folder_.write(name, std::string{"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60", 14} +
                                   "MTrk" + std::string{"\x00\x00\x00", 3} + length + track);
  }
  fs::path write_midi(const std::string& name = "scale.mid") const {
    return write_midi(name, [](int) { return 96; });
  }

  const TestFolder folder_;
};

Result<audio::Analysis> hear(const std::vector<float>& sound) {
  return audio::analyse(as_wav(sound, 2, kRenderRate));
}

TEST_F(MoodTrial, PlaysAtTheTempoAndInTheKeyThatItIsTold) {
  auto synth = Synth::open(kFont);
  ASSERT_TRUE(synth) << synth.error().message;
  const auto midi = write_midi();
  const auto plain = synth->play(midi);
  ASSERT_TRUE(plain) << plain.error().message;
  EXPECT_GT(plain->size(), std::size_t{2 * 9 * kRenderRate});  // 8 s, and the fading of its end
  const auto heard = hear(*plain);
  ASSERT_TRUE(heard) << heard.error().message;
  ASSERT_TRUE(heard->key);
  EXPECT_EQ(name_of(*heard->key), "C major");
  ASSERT_TRUE(heard->tempo);
  EXPECT_NEAR(heard->tempo->bpm(), 120.0, 3.0);

  Manner manner;
  manner.transpose = 3;
  manner.tempo = 1.25;
  const auto other = synth->play(midi, manner);
  ASSERT_TRUE(other);
  const auto moved = hear(*other);
  ASSERT_TRUE(moved && moved->key && moved->tempo);
  EXPECT_EQ(name_of(*moved->key), "D# major");
  EXPECT_NEAR(moved->tempo->bpm(), 150.0, 4.0);
}

TEST_F(MoodTrial, SaysWhatWasPlayed) {
  auto synth = Synth::open(kFont);
  ASSERT_TRUE(synth);
  Manner manner;
  manner.transpose = 2;
  manner.tempo = 0.5;
  const auto midi = write_midi();
  const auto whole = synth->perform(midi, manner, std::chrono::seconds{60});
  ASSERT_TRUE(whole) << whole.error().message;
  ASSERT_TRUE(whole->score.bpm);
  EXPECT_NEAR(*whole->score.bpm, 60.0, 0.1);
  // Sixteen notes of a second: D eight, F# and A four each.
  EXPECT_NEAR(whole->score.seconds[2], 8.0, 0.5);
  EXPECT_NEAR(whole->score.seconds[6], 4.0, 0.5);
  EXPECT_NEAR(whole->score.seconds[9], 4.0, 0.5);
  ASSERT_EQ(whole->notes.size(), 16U);
  EXPECT_EQ(whole->notes[1].key, 66);
  EXPECT_NEAR(whole->notes[1].start, 1.0, 0.03);
  EXPECT_NEAR(whole->notes[1].end, 2.0, 0.03);
  const auto part = synth->perform(midi, manner, std::chrono::seconds{4});
  ASSERT_TRUE(part);
  EXPECT_LT(part->sound.size(), std::size_t{2} * 6 * kRenderRate);
}

TEST_F(MoodTrial, PlaysByAnotherInstrument) {
  auto synth = Synth::open(kFont);
  ASSERT_TRUE(synth);
  const auto midi = write_midi();
  Manner organ;
  organ.program = 19;
  const auto piano = synth->play(midi);
  const auto other = synth->play(midi, organ);
  ASSERT_TRUE(piano && other);
  EXPECT_NE(*piano, *other);  // two pianos would be the same to the last sample
}

// A file that was recorded without regard to its tempo says none, whatever stands in it.
TEST_F(MoodTrial, NotesOffTheGridHaveNoWrittenTempo) {
  auto synth = Synth::open(kFont);
  ASSERT_TRUE(synth);
  const auto bpm_of = [&](const fs::path& midi) {
    const auto played = synth->perform(midi, {}, std::chrono::seconds{60});
    return played ? played->score.bpm : std::nullopt;
  };
  EXPECT_TRUE(bpm_of(write_midi("triplets.mid", [](int i) { return i % 2 == 0 ? 32 : 64; })));
  EXPECT_FALSE(bpm_of(write_midi("free.mid", [](int i) { return 31 + 41 * i % 59; })));
}

TEST_F(MoodTrial, PlaysTheSameTwiceWhateverWasPlayedBetween) {
  auto synth = Synth::open(kFont);
  ASSERT_TRUE(synth);
  const auto midi = write_midi();
  Manner higher;
  higher.transpose = 5;
  const auto first = synth->play(midi);
  const auto between = synth->play(midi, higher);
  const auto again = synth->play(midi);
  ASSERT_TRUE(first && between && again);
  EXPECT_EQ(*first, *again);
  EXPECT_NE(*first, *between);
}

TEST_F(MoodTrial, RefusesWhatCannotBePlayed) {
  EXPECT_EQ(Synth::open(folder_.path() / "no.sf2").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(Synth::open(folder_.write("text.sf2", "no font")).error().kind,
            ErrorKind::kInvalidInput);
  auto synth = Synth::open(kFont);
  ASSERT_TRUE(synth);
  EXPECT_EQ(synth->play(folder_.path() / "no.mid").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(synth->play(folder_.write("text.mid", "no midi")).error().kind,
            ErrorKind::kInvalidInput);
}

TEST_F(MoodTrial, HearsEachPieceOnce) {
  PieceSet set{"two", {"valence"}, {}};
  set.pieces.push_back({"a", "a", write_midi("a.mid"), {1.0F}});
  set.pieces.push_back({"b", "b", write_midi("b.mid"), {-1.0F}});
  const Hearing hearing{folder_.path() / "cache", 2, {}};
  const auto first = hear_midi(set, kFont, hearing);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->x[0], first->x[1]);
  // A kill in the middle of a line: the last row is gone, nothing else.
  const auto rows = folder_.path() / "cache" / "two-TimGM6mb.tsv";
  fs::resize_file(rows, fs::file_size(rows) - 5);
  const auto second = hear_midi(set, kFont, hearing);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->x, first->x);
  for (const auto& piece : set.pieces) fs::remove(piece.file);
  EXPECT_TRUE(hear_midi(set, kFont, hearing));
  fs::remove(rows);
  EXPECT_FALSE(hear_midi(set, kFont, hearing)) << "nothing is left to hear";
}

TEST_F(MoodTrial, ReadsThePublishedTables) {
  folder_.write("emotify/data.csv",
                "track id, genre, amazement, solemnity, tenderness, nostalgia, calmness, power, "
                "joyful_activation, tension, sadness, mood\n"
                "1,classical,0,1,0,0,0,0,1,0,0,3\n1,classical,0,0,0,0,0,0,1,0,0,3\n"
                "101,rock,1,0,0,0,0,1,0,0,0,3\n");
  const auto emotify = read_emotify(folder_.path() / "emotify");
  ASSERT_TRUE(emotify) << emotify.error().message;
  ASSERT_EQ(emotify->pieces.size(), 2U);
  EXPECT_EQ(emotify->pieces[0].file.filename(), "classical_1.opus");
  EXPECT_EQ(emotify->pieces[1].file.filename(), "rock_1.opus");
  EXPECT_EQ(emotify->pieces[0].answers, (std::vector<float>{0, 0.5F, 0, 0, 0, 0, 1, 0, 0, 0}));

  folder_.write("emopia/midis/Q3_some_song_12.mid", "");
  const auto emopia = read_emopia(folder_.path() / "emopia");
  ASSERT_TRUE(emopia) << emopia.error().message;
  EXPECT_EQ(emopia->pieces[0].group, "some_song");
  EXPECT_EQ(emopia->pieces[0].answers, (std::vector<float>{-1, -1}));
  EXPECT_FALSE(read_emopia(folder_.path()));
  EXPECT_FALSE(read_deam(folder_.path()));
}

TEST(Folds, KeepGroupsTogetherAndFoldsEven) {
  std::vector<std::string> groups;
  for (int i = 0; i < 300; ++i) groups.push_back(std::to_string(i / 3));
  const auto folds = fold_by_group(groups, 10, 1);
  std::vector<int> count(10, 0);
  for (std::size_t i = 0; i < folds.size(); ++i) {
    ASSERT_LT(folds[i], 10U);
    ++count[folds[i]];
    if (i % 3 != 0) {
      EXPECT_EQ(folds[i], folds[i - 1]);
    }
  }
  EXPECT_EQ(std::set(count.begin(), count.end()), std::set<int>{30});
  EXPECT_EQ(folds, fold_by_group(groups, 10, 1));
  EXPECT_NE(folds, fold_by_group(groups, 10, 2));
}

// By hand: the truth 1 2 3, said 1 2 5.
TEST(Folds, FiguresAreThoseOfAHand) {
  const std::vector<float> truth{1, 2, 3};
  const std::vector<float> said{1, 2, 5};
  EXPECT_NEAR(r_squared(said, truth), 1.0 - 4.0 / 2.0, 1e-9);
  EXPECT_NEAR(correlation(said, truth), 4.0 / std::sqrt(2.0 * 26.0 / 3.0), 1e-6);
  EXPECT_EQ(correlation(std::vector<float>{1, 1, 1}, truth), 0.0);
  const std::vector<float> signs{-1, 1, -1, 1};
  EXPECT_NEAR(area_under_curve(std::vector<float>{0, 1, 2, 2}, signs), 2.5 / 4.0, 1e-9);
  EXPECT_NEAR(sign_accuracy(std::vector<float>{-2, 1, 3, -1}, signs), 0.5, 1e-9);
}

}  // namespace
}  // namespace harmonic::moodtrial
