// server/test_house.h - for tests: a real library on a real database in a folder of its own, with
// the routes over it.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/test_folder.h"
#include "server/routes.h"
#include "session/household.h"
#include "store/sqlite_daily.h"
#include "store/sqlite_playlists.h"
#include "store/sqlite_preferences.h"
#include "store/sqlite_store.h"

namespace harmonic::server {

/// Bytes in which every position can be told from its neighbours.
inline std::string long_content(std::size_t size) {
  std::string content(size, '\0');
  for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>((i * 31 + i / 251) % 256);
  return content;
}

struct TestHouse {
  TestFolder folder;
  std::unique_ptr<catalog::Store> store = *store::open(folder.path() / "data");
  ListenerId listener = *store->find_or_add_listener("tester");
  std::unique_ptr<catalog::Preferences> preferences =
      *store::open_preferences(folder.path() / "data");
  std::unique_ptr<catalog::DailyLists> daily = *store::open_daily_lists(folder.path() / "data");
  std::unique_ptr<catalog::Playlists> playlists = *store::open_playlists(folder.path() / "data");
  session::Library library{*store, listener, preferences.get()};
  session::Household household{*store, *preferences, {listener, "tester", library}};

  /// A song whose file holds `content`; placed at `mood`.
  SongId add_song(const std::string& name, std::string_view content, ValenceArousal mood = {}) {
    catalog::Song song;
    song.path = folder.write("music/" + name + ".ogg", content);
    song.stamp = {content.size(), 1};
    song.container = "ogg";
    song.duration = std::chrono::seconds{60};
    song.tags.title = name;
    song.tags.artist = "Artist of " + name;
    song.sound.version = 1;
    song.sound.mood = mood;
    song.sound.mood_version = 1;
    song.sound.vector = {mood.valence(), mood.arousal(), 1.0F};
    const auto id = *store->put_song(song);
    (void)library.refresh_songs();
    return id;
  }

  Sources sources(std::uint16_t port, session::Eyes* eyes = nullptr) {
    return {*store,
            *preferences,
            household,
            eyes,
            StaticFiles{folder.path() / "dist"},
            OwnNames{"127.0.0.1", port, "den"},
            "0.1.0",
            "none",
            false,
            nullptr,
            nullptr,
            daily.get(),
            playlists.get()};
  }
};

/// What a page of ours on this host is answered.
inline Response ask(const Routes& routes, std::string method, std::string target,
                    std::string body = "") {
  Request request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.host = "localhost:4747";
  request.body = std::move(body);
  return routes.answer(request);
}

}  // namespace harmonic::server
