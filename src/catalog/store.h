// catalog/store.h - the library as other modules see it; `store` implements it on a database.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/song.h"
#include "catalog/song_source.h"

namespace harmonic::catalog {

enum class PlayOutcome : std::uint8_t {
  kFinished,
  kSkipped,
  kStopped,
  kNotNow,  ///< "not now": no word against the song, one against it in this mood
};

/// The one listener of a house without accounts; every command that reads or writes history uses
/// it.
inline constexpr std::string_view kOnlyListener = "listener";

/// One hearing of one song by one listener.
struct Play {
  ListenerId listener;
  SongId song;
  std::chrono::system_clock::time_point started_at;
  std::chrono::milliseconds heard{0};
  PlayOutcome outcome = PlayOutcome::kStopped;
  std::optional<ValenceArousal> mood;  ///< the listener's mood then, where one was known
};

/// What a listener did with a song so far.
struct SongHistory {
  SongId song;
  int plays = 0;  ///< heard to the end (kFinished)
  int skips = 0;
  bool liked = false;
  std::optional<std::chrono::system_clock::time_point> last_heard;  ///< start of the newest Play
};

/// What scan needs to decide whether a file must be opened.
struct KnownFile {
  SongId song;
  std::filesystem::path path;
  FileStamp stamp;
  int analysis_version = 0;  ///< 0: not heard yet
  std::optional<ContentKey> content;
};

/// Where a stored song's file stands now.
struct FilePlace {
  SongId song;
  std::filesystem::path path;
  FileStamp stamp;
  ContentKey content{};
};

/// The features of a song that was heard, for a mood model to score.
struct HeardFeatures {
  SongId song;
  std::vector<float> vector;
};

struct SongMood {
  SongId song;
  ValenceArousal mood;
};

/// A file that could not become a song, so that it is not tried again until it changes.
struct FailedFile {
  std::filesystem::path path;
  FileStamp stamp;
  std::string reason;
};

/// Threads  every call may come from any thread. A call that returned success survives kill -9.
/// Errors   kUnavailable: locked, disk full, read-only.  kCorrupt: the file fails its check.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  [[nodiscard]] virtual Result<std::vector<Song>> songs() const = 0;  ///< present ones, by id
  /// The same songs without holding them: `use` is called once, and the source lasts until it
  /// returns.
  /// Errors  those of `use` besides.
  [[nodiscard]] virtual Result<void> go_through_songs(
      const std::function<Result<void>(const SongSource&)>& use) const {
    HARMONIC_TRY(const auto held, songs());
    return use(HeldSongs{held});
  }
  [[nodiscard]] virtual Result<Song> song(SongId id) const = 0;  ///< kNotFound
  /// Grows with every change to the set of songs: a snapshot of the same number is still true.
  [[nodiscard]] virtual Result<std::int64_t> songs_revision() const = 0;

  /// Files of the songs in songs(), by id.
  [[nodiscard]] virtual Result<std::vector<KnownFile>> known_files() const = 0;
  /// Where the songs that are missing stood last, by id.
  [[nodiscard]] virtual Result<std::vector<KnownFile>> missing_files() const = 0;
  [[nodiscard]] virtual Result<std::vector<FailedFile>> failed_files() const = 0;
  /// Inserts, or replaces what stands under the same path and keeps its id and history; song.id is
  /// not looked at. A FailedFile of that path is forgotten.
  /// Errors  kInvalidInput: a number of the song is not finite, or its mood has no version.
  [[nodiscard]] virtual Result<SongId> put_song(const Song& song) = 0;
  /// put_song() for each, all or none, at the cost of one write to the disk.
  [[nodiscard]] virtual Result<void> put_songs(std::span<const Song> songs) = 0;
  /// The files of these songs stand at other paths now, all or none; id, sound and history stay, a
  /// missing song is back. Paths may be exchanged. A song that stood at such a path and is given no
  /// other becomes missing. A FailedFile of such a path is forgotten.
  /// Errors  kNotFound: there is no such song.
  [[nodiscard]] virtual Result<void> place_songs(std::span<const FilePlace> places) = 0;
  /// A song of the same path leaves songs(), as with mark_missing.
  [[nodiscard]] virtual Result<void> put_failed(const FailedFile& file) = 0;
  /// The file is gone: the song leaves songs(), its history stays for when the file comes back.
  [[nodiscard]] virtual Result<void> mark_missing(SongId id) = 0;  ///< kNotFound

  /// Up to `count` songs after `after`, by id and missing ones included, that this analysis heard
  /// and another mood model scored, or none.
  [[nodiscard]] virtual Result<std::vector<HeardFeatures>> features_to_score(
      int analysis_version, int mood_version, SongId after, std::size_t count) const = 0;
  /// Sets the moods, all or none. Songs that are not there are passed over.
  [[nodiscard]] virtual Result<void> put_moods(std::span<const SongMood> moods,
                                               int mood_version) = 0;

  /// Errors  kInvalidInput: the name is empty.
  [[nodiscard]] virtual Result<ListenerId> find_or_add_listener(std::string_view name) = 0;
  [[nodiscard]] virtual Result<PlayId> add_play(
      const Play& play) = 0;  ///< kNotFound: song, listener
  /// Liking needs a stored song and listener (kNotFound); no longer liking asks for nothing.
  [[nodiscard]] virtual Result<void> set_liked(ListenerId listener, SongId song, bool liked) = 0;
  /// Songs that were heard or are liked, missing ones included, by song id; empty for a stranger.
  [[nodiscard]] virtual Result<std::vector<SongHistory>> history(ListenerId listener) const = 0;
};

}  // namespace harmonic::catalog
