#include "smartlist/playlist_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "base/test_folder.h"
#include "smartlist/match.h"
#include "smartlist/songs_for_tests.h"
#include "smartlist/uri.h"

namespace harmonic::smartlist {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(M3u, ReadsWhatProgramsWrite) {
  const auto file = parse_m3u(
      "\xEF\xBB\xBF#EXTM3U\r\n#PLAYLIST:Road\r\n\r\n# a comment\r\n"
      "#EXTINF:123,Ann - Alpha\r\n#EXTALB:First\r\n../Ann/alpha.flac\r\n"
      "#EXTINF:-1 tvg-id=\"a, b\",Radio\r\nhttp://radio.example/live\r\n"
      "beta%20two.flac\r"
      "\xC4rzte.mp3");
  EXPECT_EQ(file.name, "Road");
  ASSERT_EQ(file.entries.size(), 4U);
  EXPECT_EQ(file.entries[0].locations, std::vector<std::string>{"../Ann/alpha.flac"});
  EXPECT_EQ(file.entries[0].caption, "Ann - Alpha");
  EXPECT_EQ(file.entries[0].album, "First");
  EXPECT_EQ(file.entries[0].duration, 123s);
  EXPECT_EQ(file.entries[1].caption, "Radio");
  EXPECT_EQ(file.entries[1].duration, std::nullopt);
  EXPECT_EQ(file.entries[2].caption, "") << "an EXTINF is of the next line only";
  EXPECT_EQ(file.entries[3].locations, std::vector<std::string>{"\xC4rzte.mp3"});
}

TEST(M3u, NothingAtAllIsNoEntry) {
  EXPECT_TRUE(parse_m3u("").entries.empty());
  EXPECT_TRUE(parse_m3u("#EXTM3U\n#EXTINF:3,cut off").entries.empty());
  EXPECT_TRUE(parse_m3u(std::string_view{"a\0b\n", 4}).entries.empty());
  EXPECT_EQ(parse_m3u("#EXTINF:1e9,x\na").entries[0].duration, std::nullopt);
}

TEST(Xspf, ReadsTracks) {
  const auto file = parse_xspf(
      R"(<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/">
         <title>Road &amp; rain</title><trackList><track>
         <location>file:///music/Ann/alpha%20one.flac</location><location>alpha.flac</location>
         <title>Alpha</title><creator><![CDATA[Ann & Co]]></creator><album>First</album>
         <duration>123000</duration><extension application="x"><title>no</title></extension>
         </track><track/></trackList></playlist>)");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->name, "Road & rain");
  ASSERT_EQ(file->entries.size(), 2U);
  const auto& track = file->entries[0];
  EXPECT_THAT(track.locations,
              testing::ElementsAre("file:///music/Ann/alpha%20one.flac", "alpha.flac"));
  EXPECT_TRUE(track.uris);
  EXPECT_EQ(track.title, "Alpha");
  EXPECT_EQ(track.artist, "Ann & Co");
  EXPECT_EQ(track.duration, 123s);
  EXPECT_EQ(shown(file->entries[1]), "an entry that names nothing");
}

TEST(Xspf, RefusesInOneLine) {
  std::string deep = "<playlist>";
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "empty"},
      {"no xml", "line 1"},
      {"<playlist><trackList><track>", "line 1"},
      {"<rss></rss>", "its root is <rss>"},
      {R"(<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><playlist>&b;</playlist>)",
       "document type"},
      {deep, "line 1"},
  };
  for (const auto& [text, part] : table) {
    const auto file = parse_xspf(text);
    ASSERT_FALSE(file) << text.substr(0, 60);
    EXPECT_THAT(file.error().message, HasSubstr(part));
    EXPECT_EQ(file.error().message.find('\n'), std::string::npos);
  }
}

/// A library whose paths are hard to write down.
std::vector<catalog::Song> hard_songs() {
  std::vector<catalog::Song> songs{
      named_song(1, "A & <b> \"c\"", "Ann", "/music/list/a & <b>.flac"),
      named_song(2, "Percent", "", "/music/list/100%25.flac"),
      named_song(3, "Hash", "Bob", "/music/list/#1.flac"),
      named_song(4, "Lines\nin it", "Bob", "/music/list/two\nlines.flac"),
      named_song(5, "Latin", "Bob", "/music/list/\xE4.flac"),
      named_song(6, "Up", "Bob", "/music/other/up.flac"),
      named_song(7, "Space", "Bob", "/music/list/ space .flac "),
      named_song(8, "Scheme", "Bob", "/music/list/http:x.flac"),
      named_song(9, "\xC3\xA9t\xC3\xA9", "\xC3\x89lan", "/music/list/\xC3\xA9t\xC3\xA9.flac")};
  for (auto& song : songs) song.duration = 90s + std::chrono::seconds{song.id.value};
  return songs;
}

TEST(PlaylistFiles, WhatIsWrittenIsFoundAgain) {
  const auto songs = hard_songs();
  const Finder finder{songs};
  const fs::path folder{"/music/list"};
  const Written written{"Hard <list>", songs};
  const auto m3u = parse_m3u(write_m3u8(written, folder));
  const auto xspf = parse_xspf(write_xspf(written, folder));
  ASSERT_TRUE(xspf) << xspf.error().message;
  for (const auto* file : {&m3u, &*xspf}) {
    EXPECT_EQ(file->name, "Hard <list>");
    ASSERT_EQ(file->entries.size(), songs.size());
    for (std::size_t i = 0; i < songs.size(); ++i) {
      const auto found = finder.find(file->entries[i], folder);
      EXPECT_EQ(found.how, Found::kByPath) << shown(file->entries[i]);
      EXPECT_EQ(found.song, songs[i].id) << shown(file->entries[i]);
    }
  }
  EXPECT_EQ(m3u.entries[0].locations[0], "a & <b>.flac") << "songs beside the file are relative";
  EXPECT_EQ(m3u.entries[5].locations[0], "/music/other/up.flac");
}

Entry at(std::string location) {
  Entry entry;
  entry.locations = {std::move(location)};
  return entry;
}

TEST(Finding, PathsAreReadInEveryUsualWay) {
  const std::vector<catalog::Song> songs{named_song(1, "Alpha", "Ann", "/music/Ann/alpha one.flac"),
                                         named_song(2, "Umlaut", "Bob", "/music/\xC3\xA4.flac")};
  const Finder finder{songs};
  for (const auto* location :
       {"/music/Ann/alpha one.flac", "Ann/alpha one.flac", "./x/../Ann/alpha one.flac",
        "Ann/alpha%20one.flac", "file:///music/Ann/alpha%20one.flac",
        "FILE://localhost/music/Ann/alpha one.flac", "Ann\\alpha one.flac"}) {
    EXPECT_EQ(finder.find(at(location), "/music").song, SongId{1}) << location;
  }
  EXPECT_EQ(finder.find(at("\xE4.flac"), "/music").song, SongId{2}) << "Latin-1";
  for (const auto* location : {"http://host/music/Ann/alpha one.flac",
                               "file://other/music/Ann/alpha%20one.flac", "", "%00", "/"}) {
    EXPECT_EQ(finder.find(at(location), "/music").how, Found::kNot) << location;
  }
}

TEST(Finding, ForeignPathsByArtistTitleAndDuration) {
  std::vector<catalog::Song> songs{
      named_song(1, "Alpha", "Ann", "/1.flac"), named_song(2, "Alpha", "Bob", "/2.flac"),
      named_song(3, "Alpha", "Bob", "/3.flac"), named_song(4, "B - C", "A", "/4.flac")};
  songs[1].duration = 100s;
  songs[2].duration = 200s;
  const Finder finder{songs};
  Entry entry = at("C:\\Music\\alpha.mp3");
  EXPECT_EQ(finder.find(entry, "/").how, Found::kNot);
  entry.title = "ALPHA";
  EXPECT_EQ(finder.find(entry, "/").how, Found::kAmbiguous);
  entry.artist = "Ann";
  EXPECT_EQ(finder.find(entry, "/").how, Found::kByTags);
  EXPECT_EQ(finder.find(entry, "/").song, SongId{1});
  entry.artist = "Bob";
  EXPECT_EQ(finder.find(entry, "/").how, Found::kAmbiguous);
  entry.duration = 198s;
  EXPECT_EQ(finder.find(entry, "/").song, SongId{3});
  entry.artist = "Nobody";
  EXPECT_EQ(finder.find(entry, "/").how, Found::kNot);
  Entry caption = at("gone.mp3");
  caption.caption = "A - B - C";
  EXPECT_EQ(finder.find(caption, "/").song, SongId{4});
}

TEST(PlaylistFiles, BadFilesAreNamed) {
  const TestFolder scratch;
  const auto& folder = scratch.path();
  const auto fault = [&](const fs::path& file) {
    const auto read = read_playlist_file(file);
    EXPECT_FALSE(read) << file;
    return read ? std::string{} : read.error().message;
  };
  std::ofstream{folder / "cut.xspf"} << "<playlist><trackList>";
  fs::create_directory(folder / "folder.m3u8");
  EXPECT_THAT(fault(folder / "gone.m3u8"), HasSubstr("gone.m3u8 does not exist"));
  EXPECT_THAT(fault(folder / "folder.m3u8"), HasSubstr("is no file"));
  EXPECT_THAT(fault(folder / "list.pls"), HasSubstr("end with .m3u8"));
  EXPECT_THAT(fault(folder / "cut.xspf"), HasSubstr("cut.xspf is no XSPF playlist: line 1"));
  const auto huge = folder / "huge.m3u";
  std::ofstream{huge}.put('#');
  fs::resize_file(huge, kMostFileBytes + 1);
  EXPECT_THAT(fault(huge), HasSubstr("more than 64 MiB"));
}

TEST(Uris, PercentAndSchemes) {
  EXPECT_EQ(percent_encoded_path("/a b/\xC3\xA4%"), "/a%20b/%C3%A4%25");
  EXPECT_EQ(percent_decoded("a%20b%zz%4"), "a b%zz%4");
  EXPECT_EQ(percent_decoded("a%00"), std::nullopt);
  EXPECT_TRUE(has_scheme("http://a"));
  EXPECT_FALSE(has_scheme("C:\\a"));
  EXPECT_FALSE(has_scheme("a/b:c"));
  EXPECT_EQ(path_of_file_uri("file:///a%20b"), "/a b");
  EXPECT_EQ(path_of_file_uri("file:/a"), "/a");
  EXPECT_EQ(path_of_file_uri("file://host/a"), std::nullopt);
  EXPECT_EQ(path_of_file_uri("file:a"), std::nullopt);
}

}  // namespace
}  // namespace harmonic::smartlist
