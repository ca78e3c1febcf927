#include "taste/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/test_folder.h"
#include "base/whole_file.h"
#include "taste/model_file.h"
#include "taste/train.h"

namespace harmonic::taste {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ListenBrainz, IsReadAsArrayAndAsLines) {
  const std::string first =
      R"({"listened_at": 1, "track_metadata": {"artist_name": "A {\"x\"}", "track_name": "One"}})";
  const std::string second =
      "{\"user_name\": \"bo\",\n \"track_metadata\": {\"artist_name\": \"B\", \"track_name\": "
      "\"T\\two\"}}";
  for (const auto& text : {"[" + first + ",\n" + second + "]\n", first + "\n" + second}) {
    PlayLog log;
    const auto read = add_listenbrainz(text, "listens.json", "ann", log);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(log.listeners.all(), ElementsAre("ann", "bo"));
    EXPECT_THAT(log.songs.all(), ElementsAre("A {\"x\"}\tOne", "B\tT wo"));
  }
}

TEST(ListenBrainz, RefusesByLine) {
  const auto refused = [](const std::string& text) {
    PlayLog log;
    const auto read = add_listenbrainz(text, "l.json", "ann", log);
    return read ? std::string{"taken"} : read.error().message;
  };
  const std::string good = R"({"track_metadata": {"artist_name": "A", "track_name": "T"}})";
  EXPECT_THAT(refused(good + "\n\n{\"track_metadata\": {\"artist_name\": \"A\"}}"),
              HasSubstr("l.json:3: a listen needs"));
  EXPECT_THAT(refused(good + "\n{\"track_metadata\": 3}"), HasSubstr("l.json:2: a listen needs"));
  EXPECT_THAT(refused("[\n" + good + ",\n{\"track_metadata\": "),
              HasSubstr("l.json:3: this is no JSON"));
  EXPECT_THAT(refused(good + "\nnonsense"), HasSubstr("l.json:2: this is no JSON"));
  EXPECT_THAT(refused("[[7]]"), HasSubstr("l.json:1: this is no JSON"));
}

TEST(LastFm, IsReadWithAndWithoutColumns) {
  PlayLog log;
  ASSERT_TRUE(
      add_lastfm("\xEF\xBB\xBF"
                 "Björk,Homogenic,Jóga,01 Jan 2020 10:00\r\n"
                 "\"Crosby, Stills & Nash\",,\"Say \"\"yes\"\"\",\n\n"
                 "Björk,Homogenic,Jóga,02 Jan 2020 10:00",
                 "plays.csv", "ann", log));
  ASSERT_TRUE(
      add_lastfm("uts,artist,album,track\n1,Björk,Homogenic,Jóga\n", "more.csv", "bo", log));
  EXPECT_THAT(log.songs.all(), ElementsAre("Björk\tJóga", "Crosby, Stills & Nash\tSay \"yes\""));
  EXPECT_THAT(log.plays().row(0), ElementsAre(Play{0, 2.0F}, Play{1, 1.0F}));
  EXPECT_THAT(log.plays().row(1), ElementsAre(Play{0, 1.0F}));
}

TEST(LastFm, RefusesByLine) {
  PlayLog log;
  const auto no_title = add_lastfm("A,B,C,D\n\"E\nF\",B\n", "plays.csv", "ann", log);
  ASSERT_FALSE(no_title);
  EXPECT_THAT(no_title.error().message, HasSubstr("plays.csv:2: the artist or the title"));
  const auto open = add_lastfm("A,B,C,D\nA,\"B,C,D\n\n", "plays.csv", "ann", log);
  ASSERT_FALSE(open);
  EXPECT_THAT(open.error().message, HasSubstr("plays.csv:2: a quote"));
}

class TasteFiles : public testing::Test {
 protected:
  /// Triplets of 30 listeners and 20 songs.
  fs::path plays() const {
    std::string text;
    for (int listener = 0; listener < 30; ++listener) {
      for (int i = 0; i < 6; ++i)
        text += "l" + std::to_string(listener) + "\ts" +
                std::to_string((listener * 7 + i * i) % 20) + "\t" + std::to_string(i + 1) + "\n";
    }
    return folder_.write("plays.tsv", text);
  }

  const TestFolder folder_;
};

TEST_F(TasteFiles, AreKnownByHowTheyBegin) {
  PlayLog log;
  ASSERT_TRUE(read_history(
      folder_.write("cy.jsonl", R"({"track_metadata": {"artist_name": "A", "track_name": "T"}})"),
      log));
  ASSERT_TRUE(read_history(folder_.write("dee.csv", "A,,T,now\n"), log));
  ASSERT_TRUE(read_history(folder_.write("x.tsv", "eve\tsong\t3\n"), log));
  EXPECT_THAT(log.listeners.all(), ElementsAre("cy", "dee", "eve"));
  EXPECT_THAT(log.songs.all(), ElementsAre("A\tT", "song"));
  EXPECT_EQ(read_history(folder_.path() / "none.csv", log).error().kind, ErrorKind::kNotFound);
}

TrainSettings settings_of(const fs::path& plays, const fs::path& out) {
  TrainSettings settings;
  settings.plays = {plays};
  settings.out = out;
  settings.plan.dimensions = 5;
  settings.plan.epochs = 6;
  return settings;
}

// The failure: a run that was killed and started again writes another model.
TEST_F(TasteFiles, ARunGoesOnAndEndsTheSame) {
  const auto whole = settings_of(plays(), folder_.path() / "whole.model");
  ASSERT_TRUE(train_ials(whole));
  auto torn = settings_of(plays(), folder_.path() / "torn.model");
  torn.jobs = 2;
  const fs::path checkpoint = folder_.path() / "torn.model.checkpoint";
  std::string kept;
  ASSERT_TRUE(train_ials(torn, [&](const Trained&, int done, int) {
    if (done == 3) kept = read_whole(checkpoint).value();
  }));
  EXPECT_FALSE(fs::exists(checkpoint));
  fs::remove(torn.out);
  ASSERT_TRUE(write_whole(checkpoint, kept));
  int began = -1;
  ASSERT_TRUE(train_ials(torn, [&](const Trained&, int done, int) {
    if (began < 0) began = done;
  }));
  EXPECT_EQ(began, 3);
  EXPECT_EQ(read_whole(torn.out).value(), read_whole(whole.out).value());

  ASSERT_TRUE(write_whole(checkpoint, kept));
  auto other = torn;
  other.plan.ridge = 0.5F;
  EXPECT_THAT(train_ials(other).error().message,
              HasSubstr("torn.model.checkpoint is of a run with"));
  ASSERT_TRUE(write_whole(checkpoint, kept.substr(0, kept.size() - 1)));
  const auto damaged = train_ials(torn);
  EXPECT_EQ(damaged.error().kind, ErrorKind::kCorrupt);
  EXPECT_THAT(damaged.error().message, HasSubstr("torn.model.checkpoint: damaged"));
}

TEST_F(TasteFiles, AModelComesBackOrIsRefused) {
  const auto settings = settings_of(plays(), folder_.path() / "a.model");
  ASSERT_TRUE(train_ials(settings));
  const auto bytes = read_whole(settings.out).value();
  const auto model = decode_model(bytes);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->songs.size(), 20U);
  EXPECT_EQ(model->plan.dimensions, 5U);
  EXPECT_EQ(encode_model(*model), bytes);
  for (std::size_t length = 0; length < bytes.size(); length += 37)
    EXPECT_FALSE(decode_model(std::string_view{bytes}.substr(0, length))) << length;
  auto changed = bytes;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(decode_model(changed).error().kind, ErrorKind::kCorrupt);
  auto newer = bytes;
  newer[4] = 9;
  EXPECT_THAT(decode_model(newer).error().message, HasSubstr("another version"));
  EXPECT_FALSE(decode_checkpoint(bytes));
}

TEST_F(TasteFiles, TrainingSaysWhatIsWrong) {
  EXPECT_EQ(train_ials(settings_of(folder_.path() / "none", folder_.path() / "m")).error().kind,
            ErrorKind::kNotFound);
  EXPECT_THAT(
      train_ials(settings_of(folder_.write("empty", ""), folder_.path() / "m")).error().message,
      HasSubstr("holds no plays"));
  EXPECT_EQ(train_ials(settings_of(plays(), folder_.path() / "no" / "m")).error().kind,
            ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace harmonic::taste
