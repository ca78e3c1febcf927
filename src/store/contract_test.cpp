// What catalog::Store promises, asked of every store that we have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <limits>
#include <thread>

#include "base/test_folder.h"
#include "catalog/store.h"
#include "store/sample_songs.h"
#include "store/sqlite_store.h"

namespace harmonic::store {
namespace {

using namespace std::chrono_literals;
using catalog::FailedFile;
using catalog::Play;
using catalog::PlayOutcome;
using catalog::Song;
using std::chrono::system_clock;

struct Maker {
  const char* name;
  std::function<Result<std::unique_ptr<catalog::Store>>(const std::filesystem::path&)> open;
};

class StoreContract : public testing::TestWithParam<Maker> {
 protected:
  void SetUp() override { reopen(); }
  void reopen() {
    store_.reset();
    auto opened = GetParam().open(folder_.path());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
  }
  [[nodiscard]] SongId put(const Song& song) {
    const auto id = store_->put_song(song);
    EXPECT_TRUE(id) << id.error().message;
    return id.value_or(SongId{});
  }
  [[nodiscard]] std::int64_t revision() const { return *store_->songs_revision(); }

  TestFolder folder_;
  std::unique_ptr<catalog::Store> store_;
};

// The failures: a column mixed up with its neighbour, an absent value that comes back as 0, bytes
// that are not UTF-8 or hold a zero and come back mended, a value lost when the program ends.
TEST_P(StoreContract, GivesASongBackAsItWasPut) {
  Song hostile = full_song("/music/\xff\xfe 'quoted\"; DROP TABLE songs;--.mp3");
  hostile.tags.title = std::string{"a\0b", 3};
  hostile.tags.artist = "\xc3\x28";
  Song absent = full_song("/music/absent.ogg");
  absent.tags.track.reset();
  absent.tags.year.reset();
  absent.tags.disc.reset();
  absent.tags.replay_gain = {};
  absent.sound.loudness_lufs.reset();
  absent.sound.loudness_range_lu.reset();
  absent.sound.tempo.reset();
  absent.sound.key.reset();
  for (const Song& song : {full_song("/music/full.flac"), bare_song("/b"), absent, hostile}) {
    const SongId id = put(song);
    reopen();
    const auto got = store_->song(id);
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ(got->id, id);
    expect_same(*got, song);
  }
}

// The failure: a scan that runs again gives a song a new id, and its history is lost.
TEST_P(StoreContract, ReplacesUnderTheSamePathAndKeepsIdAndHistory) {
  const SongId first = put(full_song("/a"));
  const auto listener = *store_->find_or_add_listener("ann");
  ASSERT_TRUE(
      store_->add_play({listener, first, system_clock::now(), 9s, PlayOutcome::kFinished, {}}));
  Song changed = bare_song("/a");
  changed.id = SongId{999};  // not looked at
  changed.tags.title = "New";
  EXPECT_EQ(put(changed), first);
  ASSERT_EQ(store_->songs()->size(), 1U);
  expect_same(store_->songs()->front(), changed);
  ASSERT_EQ(store_->history(listener)->size(), 1U);
  EXPECT_EQ(store_->history(listener)->front().plays, 1);
}

TEST_P(StoreContract, ListsSongsByIdAndOnlyPresentOnes) {
  const SongId b = put(bare_song("/b"));
  const SongId a = put(bare_song("/a"));
  ASSERT_TRUE(store_->mark_missing(b));
  ASSERT_EQ(store_->songs()->size(), 1U);
  EXPECT_EQ(store_->songs()->front().id, a);
  EXPECT_EQ(store_->known_files()->size(), 1U);
  EXPECT_TRUE(store_->song(b)) << "a missing song can still be named";
  EXPECT_EQ(put(bare_song("/b")), b) << "it came back";
  ASSERT_EQ(store_->songs()->size(), 2U);
  EXPECT_LT(store_->songs()->front().id, store_->songs()->back().id);
}

// The failure: a library that is read song by song is another one than the library.
TEST_P(StoreContract, GoesThroughTheSongsThatItLists) {
  Song named_by_file = full_song("/music/05. No title.tar.gz");
  named_by_file.tags.title.clear();
  Song hostile = full_song("/music/\xff 'quoted\".mp3");
  hostile.tags.artist = "\xc3\x28";
  for (const Song& song : {full_song("/full"), bare_song("/b/bare.ogg"), named_by_file, hostile})
    static_cast<void>(put(song));
  ASSERT_TRUE(store_->mark_missing(put(bare_song("/gone"))));
  const auto listed = *store_->songs();
  std::size_t passed = 0;
  std::size_t vectors = 0;
  const auto gone_through = store_->go_through_songs([&](const catalog::SongSource& source) {
    EXPECT_TRUE(source.each_song([&](const catalog::PassingSong& song) {
      const auto& [view, album_artist, version, vector] = song;
      const Song& same = listed.at(passed++);
      EXPECT_EQ(view.id, same.id);
      EXPECT_EQ(view.shown_title(), same.shown_title());
      EXPECT_EQ(view.title, same.tags.title);
      EXPECT_EQ(view.artist, same.tags.artist);
      EXPECT_EQ(view.album, same.tags.album);
      EXPECT_EQ(view.genre, same.tags.genre);
      EXPECT_EQ(view.container, same.container);
      EXPECT_EQ(view.duration, same.duration);
      EXPECT_EQ(view.content, same.content);
      EXPECT_EQ(view.mood, same.sound.mood);
      EXPECT_EQ(view.tempo, same.sound.tempo);
      EXPECT_EQ(view.key, same.sound.key);
      EXPECT_EQ(view.loudness_lufs, same.sound.loudness_lufs);
      EXPECT_EQ(album_artist, same.tags.album_artist);
      EXPECT_EQ(version, same.sound.version);
      EXPECT_THAT(vector, testing::ElementsAreArray(same.sound.vector));
    }));
    // What is written meanwhile does not shift the songs.
    static_cast<void>(put(full_song("/late")));
    return source.each_vector([&](std::span<const float> vector) {
      EXPECT_THAT(vector, testing::ElementsAreArray(listed.at(vectors++).sound.vector));
    });
  });
  ASSERT_TRUE(gone_through) << gone_through.error().message;
  EXPECT_EQ(passed, 4U);
  EXPECT_EQ(vectors, 4U);
  EXPECT_EQ(store_->songs()->size(), 5U);
  const auto told =
      store_->go_through_songs([](const auto&) { return fail(ErrorKind::kInvalidInput, "no"); });
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().message, "no");
}

// The failure: a session ranks songs that are gone, or builds its snapshot anew for every play.
TEST_P(StoreContract, RevisionGrowsWithSongsAndWithNothingElse) {
  auto last = revision();
  const auto grew = [&] { return std::exchange(last, revision()) < last; };
  const SongId id = put(bare_song("/a"));
  EXPECT_TRUE(grew());
  static_cast<void>(put(full_song("/a")));
  EXPECT_TRUE(grew());
  ASSERT_TRUE(store_->mark_missing(id));
  EXPECT_TRUE(grew());
  ASSERT_TRUE(store_->mark_missing(id));
  EXPECT_FALSE(grew()) << "already missing";
  const auto listener = *store_->find_or_add_listener("ann");
  ASSERT_TRUE(store_->add_play({listener, id, system_clock::now(), 1s, PlayOutcome::kStopped, {}}));
  ASSERT_TRUE(store_->set_liked(listener, id, true));
  ASSERT_TRUE(store_->put_failed({"/bad", {}, "empty"}));
  EXPECT_FALSE(grew());
  reopen();
  EXPECT_FALSE(grew());
}

TEST_P(StoreContract, AFileIsASongOrAFailure) {
  const SongId id = put(bare_song("/a"));
  const FailedFile failed{"/a", {7, 8}, "truncated"};
  ASSERT_TRUE(store_->put_failed(failed));
  EXPECT_TRUE(store_->songs()->empty());
  ASSERT_EQ(store_->failed_files()->size(), 1U);
  EXPECT_EQ(store_->failed_files()->front().path, "/a");
  EXPECT_EQ(store_->failed_files()->front().stamp, failed.stamp);
  EXPECT_EQ(store_->failed_files()->front().reason, "truncated");
  ASSERT_TRUE(store_->put_failed({"/a", {9, 9}, "worse"}));
  ASSERT_EQ(store_->failed_files()->size(), 1U);
  EXPECT_EQ(store_->failed_files()->front().reason, "worse");
  EXPECT_EQ(put(bare_song("/a")), id);
  EXPECT_TRUE(store_->failed_files()->empty());
}

TEST_P(StoreContract, KnownFilesTellWhatChanged) {
  const Song song = full_song("/music/full.flac");
  const SongId id = put(song);
  const auto known = *store_->known_files();
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].song, id);
  EXPECT_EQ(known[0].path, song.path);
  EXPECT_EQ(known[0].stamp, song.stamp);
  EXPECT_EQ(known[0].analysis_version, 3);
}

// The failure: a list of two artists comes back as three.
TEST_P(StoreContract, RefusesValuesOfSeveralLines) {
  Song song = full_song("/spoilt");
  song.tags.artists = {"Ann", "Bob\nCy"};
  const auto put = store_->put_song(song);
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(put.error().message, testing::HasSubstr("/spoilt"));
  song.tags.artists = {"Ann"};
  song.tags.replay_gain.track_db = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(store_->put_song(song));
  EXPECT_TRUE(store_->songs()->empty());
}

// The failure: a NaN is stored, comes back as absent or 0, and looks like a measurement.
TEST_P(StoreContract, RefusesNumbersThatAreNone) {
  static constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  static constexpr float kInf = std::numeric_limits<float>::infinity();
  struct Case {
    const char* name;
    std::function<void(catalog::SoundProfile&)> spoil;
  };
  for (const auto& [name, spoil] : {
           Case{"feature 2", [](auto& s) { s.vector[2] = kNan; }},
           Case{"feature 0", [](auto& s) { s.vector[0] = -kInf; }},
           Case{"loudness", [](auto& s) { s.loudness_lufs = kNan; }},
           Case{"loudness range", [](auto& s) { s.loudness_range_lu = kInf; }},
           Case{"tempo confidence", [](auto& s) { s.tempo_confidence = kNan; }},
           Case{"key strength", [](auto& s) { s.key_strength = kNan; }},
       }) {
    Song song = full_song("/spoilt");
    spoil(song.sound);
    const auto put = store_->put_song(song);
    ASSERT_FALSE(put) << name;
    EXPECT_EQ(put.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(put.error().message, testing::HasSubstr(name));
    EXPECT_TRUE(store_->songs()->empty()) << name;
  }
}

TEST_P(StoreContract, AMoodAndTheVersionOfItsModelGoTogether) {
  Song no_version = full_song("/a");
  no_version.sound.mood_version = 0;
  Song no_mood = full_song("/a");
  no_mood.sound.mood.reset();
  for (const Song& song : {no_version, no_mood}) {
    EXPECT_EQ(store_->put_song(song).error().kind, ErrorKind::kInvalidInput);
  }
}

// The failure: half of a batch is stored and the rest is not, and the scan does not know which.
TEST_P(StoreContract, PutsManyAllOrNone) {
  const SongId a = put(bare_song("/a"));
  ASSERT_TRUE(store_->put_failed({"/b", {}, "empty"}));
  const std::vector<Song> songs{full_song("/a"), full_song("/b"), bare_song("/c")};
  ASSERT_TRUE(store_->put_songs(songs));
  reopen();
  const auto stored = *store_->songs();
  ASSERT_EQ(stored.size(), 3U);
  EXPECT_EQ(stored[0].id, a);
  for (std::size_t i = 0; i < songs.size(); ++i) expect_same(stored[i], songs[i]);
  EXPECT_TRUE(store_->failed_files()->empty());
  std::vector<Song> spoilt{bare_song("/d"), full_song("/e")};
  spoilt[1].sound.vector[0] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(store_->put_songs(spoilt).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(store_->songs()->size(), 3U);
  EXPECT_TRUE(store_->put_songs({}));
}

// The failure: a folder is renamed and the likes and plays of its songs are lost.
TEST_P(StoreContract, PlacesSongsElsewhereAndKeepsWhatBelongsToThem) {
  const SongId a = put(full_song("/a"));
  const SongId b = put(full_song("/b"));
  const SongId c = put(full_song("/c"));
  const auto ann = *store_->find_or_add_listener("ann");
  ASSERT_TRUE(store_->set_liked(ann, a, true));
  ASSERT_TRUE(store_->mark_missing(b));
  ASSERT_TRUE(store_->put_failed({"/new", {}, "empty"}));
  const auto place = [](SongId song, const char* path, int key) {
    return catalog::FilePlace{song, path, {5, 6}, content_key(key)};
  };
  const auto path_of = [&](SongId song) { return store_->song(song)->path.string(); };

  const auto before = revision();
  ASSERT_TRUE(store_->place_songs(std::vector{place(b, "/new", 1)})) << "a missing song is back";
  EXPECT_GT(revision(), before);
  EXPECT_EQ(path_of(b), "/new");
  EXPECT_TRUE(store_->failed_files()->empty());
  EXPECT_EQ(store_->songs()->size(), 3U);
  ASSERT_TRUE(store_->place_songs(std::vector{place(a, "/new", 2), place(b, "/a", 3)}));
  EXPECT_EQ(path_of(a), "/new") << "two may be exchanged";
  EXPECT_EQ(path_of(b), "/a");
  EXPECT_EQ(store_->song(a)->content, content_key(2));
  EXPECT_EQ(store_->song(a)->stamp, (catalog::FileStamp{5, 6}));
  EXPECT_EQ(store_->song(a)->sound.vector, full_song("/a").sound.vector);
  EXPECT_TRUE(store_->history(ann)->front().liked);

  ASSERT_TRUE(store_->place_songs(std::vector{place(a, "/c", 2)}));
  EXPECT_EQ(store_->songs()->size(), 2U) << "the song that stood there is missing";
  ASSERT_EQ(store_->missing_files()->size(), 1U);
  EXPECT_EQ(store_->missing_files()->front().song, c);
  EXPECT_EQ(store_->missing_files()->front().content, content_key(7));
  EXPECT_NE(path_of(c), "/c");
  EXPECT_NE(put(bare_song("/new")), a) << "the old path is free";

  const auto unknown = store_->place_songs(std::vector{place(a, "/x", 1), place({777}, "/y", 1)});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(path_of(a), "/c") << "all or none";
}

TEST_P(StoreContract, ScoresWhatAnotherMoodModelScored) {
  std::vector<SongId> heard;
  for (const char* path : {"/a", "/b", "/c"}) heard.push_back(put(full_song(path)));
  Song older = full_song("/older");
  older.sound.version = 2;
  static_cast<void>(put(older));
  static_cast<void>(put(bare_song("/unheard")));
  ASSERT_TRUE(store_->mark_missing(heard[1]));
  EXPECT_TRUE(store_->features_to_score(3, 2, {}, 9)->empty()) << "scored by this model";

  const auto first = *store_->features_to_score(3, 4, {}, 2);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].song, heard[0]);
  EXPECT_EQ(first[0].vector, full_song("/").sound.vector);
  EXPECT_EQ(first[1].song, heard[1]) << "a missing song may come back";
  EXPECT_EQ(store_->features_to_score(3, 4, heard[1], 9)->size(), 1U);

  const auto before = revision();
  const auto mood = ValenceArousal::clamped(-1, 1);
  ASSERT_TRUE(
      store_->put_moods(std::vector<catalog::SongMood>{{heard[0], mood}, {{777}, mood}}, 4));
  EXPECT_GT(revision(), before);
  EXPECT_EQ(store_->song(heard[0])->sound.mood, mood);
  EXPECT_EQ(store_->song(heard[0])->sound.mood_version, 4);
  EXPECT_EQ(store_->features_to_score(3, 4, {}, 9)->size(), 2U);
}

TEST_P(StoreContract, ListenersAreFoundByName) {
  const auto ann = *store_->find_or_add_listener("ann");
  const auto bob = *store_->find_or_add_listener("bob");
  EXPECT_NE(ann, bob);
  EXPECT_NE(ann.value, 0);
  reopen();
  EXPECT_EQ(*store_->find_or_add_listener("ann"), ann);
  EXPECT_EQ(store_->find_or_add_listener("").error().kind, ErrorKind::kInvalidInput);
}

// The failures: a skip counted as a play, one listener's plays told to another.
TEST_P(StoreContract, HistoryCountsEachOutcomeForEachListener) {
  const SongId a = put(bare_song("/a"));
  const SongId b = put(bare_song("/b"));
  const auto ann = *store_->find_or_add_listener("ann");
  const auto bob = *store_->find_or_add_listener("bob");
  const system_clock::time_point noon{1'700'000'000'123ms};
  const auto mood = ValenceArousal::clamped(0.5, 0.5);
  PlayId last{};
  for (const auto& play : {Play{ann, a, noon, 200s, PlayOutcome::kFinished, mood},
                           Play{ann, a, noon + 5min, 200s, PlayOutcome::kFinished, {}},
                           Play{ann, a, noon - 5min, 3s, PlayOutcome::kSkipped, {}},
                           Play{ann, a, noon - 9min, 0s, PlayOutcome::kStopped, mood},
                           Play{bob, a, noon + 99min, 1s, PlayOutcome::kSkipped, {}}}) {
    const auto id = store_->add_play(play);
    ASSERT_TRUE(id) << id.error().message;
    EXPECT_GT(*id, last);
    last = *id;
  }
  ASSERT_TRUE(store_->set_liked(ann, b, true));
  ASSERT_TRUE(store_->set_liked(ann, b, true)) << "twice is once";
  ASSERT_TRUE(store_->set_liked(bob, b, true));
  ASSERT_TRUE(store_->set_liked(bob, b, false));
  ASSERT_TRUE(store_->mark_missing(a)) << "the history outlives the file";

  const auto history = *store_->history(ann);
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].song, a);
  EXPECT_EQ(history[0].plays, 2);
  EXPECT_EQ(history[0].skips, 1);
  EXPECT_FALSE(history[0].liked);
  EXPECT_EQ(history[0].last_heard, noon + 5min);
  EXPECT_EQ(history[1].song, b);
  EXPECT_TRUE(history[1].liked);
  EXPECT_EQ(history[1].last_heard, std::nullopt);
  ASSERT_EQ(store_->history(bob)->size(), 1U);
  EXPECT_EQ(store_->history(bob)->front().plays, 0);
  EXPECT_TRUE(store_->history(ListenerId{12345})->empty());
}

TEST_P(StoreContract, SaysWhatIsNotThere) {
  const SongId song = put(bare_song("/a"));
  const auto ann = *store_->find_or_add_listener("ann");
  const auto now = system_clock::now();
  const SongId no_song{777};
  const ListenerId nobody{888};
  const auto message_of = [](const auto& result) {
    return result ? std::string{"done"} : result.error().message;
  };
  EXPECT_EQ(store_->song(no_song).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(store_->mark_missing(no_song).error().kind, ErrorKind::kNotFound);
  for (const auto& [listener, heard, missing] :
       {std::tuple{ann, no_song, "song 777"}, std::tuple{nobody, song, "listener 888"}}) {
    const auto play = store_->add_play({listener, heard, now, 1s, PlayOutcome::kFinished, {}});
    ASSERT_FALSE(play);
    EXPECT_EQ(play.error().kind, ErrorKind::kNotFound);
    EXPECT_THAT(message_of(play), testing::HasSubstr(missing));
    const auto like = store_->set_liked(listener, heard, true);
    ASSERT_FALSE(like);
    EXPECT_EQ(like.error().kind, ErrorKind::kNotFound);
    EXPECT_THAT(message_of(like), testing::HasSubstr(missing));
  }
  EXPECT_EQ(store_->add_play({ann, song, now, -1s, PlayOutcome::kFinished, {}}).error().kind,
            ErrorKind::kInvalidInput);
  EXPECT_TRUE(store_->add_play({ann, song, now, 1s, PlayOutcome::kFinished, {}}))
      << "a refused play leaves the store usable";
}

// The failure: two threads step one statement (TSan sees it), or a read meets half a write.
TEST_P(StoreContract, MayBeUsedFromManyThreads) {
  const SongId song = put(bare_song("/a"));
  const auto ann = *store_->find_or_add_listener("ann");
  std::atomic<int> failures{0};
  const auto count = [&](bool good) { failures += good ? 0 : 1; };
  std::vector<std::jthread> threads;
  threads.reserve(3);
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 15; ++i) {
        count(store_->put_song(full_song("/t" + std::to_string(t) + "/" + std::to_string(i)))
                  .has_value());
        count(store_->add_play({ann, song, system_clock::now(), 1s, PlayOutcome::kFinished, {}})
                  .has_value());
        const auto songs = store_->songs();
        count(songs && !songs->empty());
        count(store_->history(ann).has_value() && store_->songs_revision().has_value());
      }
    });
  }
  threads.clear();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(store_->songs()->size(), 46U);
  EXPECT_EQ(store_->history(ann)->front().plays, 45);
}

// `harmonic scan` beside the server: the second sees what the first wrote, and its number.
TEST_P(StoreContract, TwoOpenStoresShareOneLibrary) {
  auto other = GetParam().open(folder_.path());
  ASSERT_TRUE(other) << other.error().message;
  const auto before = *(*other)->songs_revision();
  const SongId id = put(full_song("/a"));
  EXPECT_GT(*(*other)->songs_revision(), before);
  EXPECT_TRUE((*other)->song(id));
  ASSERT_TRUE((*other)->mark_missing(id));
  EXPECT_TRUE(store_->songs()->empty());
  std::jthread beside{[&] {
    for (int i = 0; i < 20; ++i) {
      EXPECT_TRUE((*other)->put_song(bare_song("/o" + std::to_string(i))));
    }
  }};
  for (int i = 0; i < 20; ++i) static_cast<void>(put(bare_song("/s" + std::to_string(i))));
  beside.join();
  EXPECT_EQ(store_->songs()->size(), 40U);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, testing::Values(Maker{"sqlite", open}),
                         [](const auto& about) { return std::string{about.param.name}; });

}  // namespace
}  // namespace harmonic::store
