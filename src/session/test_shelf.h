// session/test_shelf.h - for tests: a store that keeps its songs in memory, and eyes that see what
// they are told to.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "catalog/store.h"
#include "session/eyes.h"

namespace harmonic::session {

class TestShelf final : public catalog::Store {
 public:
  SongId add(const std::string& title, ValenceArousal mood) {
    catalog::Song song;
    song.path = "/music/" + title;
    song.tags.title = title;
    song.tags.artist = "artist of " + title;
    song.sound.version = 1;
    song.sound.mood = mood;
    song.sound.vector = {mood.valence(), mood.arousal(), 0.5F};
    return *put_song(song);
  }

  Result<std::vector<catalog::Song>> songs() const override {
    const std::lock_guard lock{mutex_};
    if (broken) return fail(ErrorKind::kUnavailable, "the database is locked");
    return songs_;
  }
  Result<catalog::Song> song(SongId id) const override {
    const std::lock_guard lock{mutex_};
    for (const auto& song : songs_) {
      if (song.id == id) return song;
    }
    return fail(ErrorKind::kNotFound, "no such song");
  }
  Result<std::int64_t> songs_revision() const override {
    const std::lock_guard lock{mutex_};
    return static_cast<std::int64_t>(songs_.size());
  }
  Result<std::vector<catalog::KnownFile>> known_files() const override { return {}; }
  Result<std::vector<catalog::FailedFile>> failed_files() const override { return {}; }
  Result<SongId> put_song(const catalog::Song& song) override {
    const std::lock_guard lock{mutex_};
    songs_.push_back(song);
    songs_.back().id = SongId{static_cast<std::int64_t>(songs_.size())};
    return songs_.back().id;
  }
  Result<void> put_failed(const catalog::FailedFile&) override { return {}; }
  Result<void> mark_missing(SongId) override { return {}; }
  Result<ListenerId> find_or_add_listener(std::string_view) override { return ListenerId{1}; }
  Result<PlayId> add_play(const catalog::Play& play) override {
    const std::lock_guard lock{mutex_};
    history_.push_back({play.song, 1, 0, false, play.started_at});
    return PlayId{1};
  }
  Result<void> set_liked(ListenerId, SongId, bool) override { return {}; }
  Result<std::vector<catalog::SongHistory>> history(ListenerId) const override {
    const std::lock_guard lock{mutex_};
    return history_;
  }

  std::atomic<bool> broken = false;

 private:
  mutable std::mutex mutex_;
  std::vector<catalog::Song> songs_;
  std::vector<catalog::SongHistory> history_;
};

/// Scores with all weight on one expression.
inline affect::EmotionScores surely(affect::Emotion emotion) {
  affect::EmotionScores scores{};
  scores.at(static_cast<std::size_t>(emotion)) = 1.0F;
  return scores;
}

/// Reads its script from the "picture": one byte, the expression; '-' is an empty room, '?' an
/// unsure face, anything else unreadable.
class ScriptedEyes final : public Eyes {
 public:
  Look look(std::span<const std::byte> encoded) override {
    const char seen = encoded.empty() ? '\0' : static_cast<char>(encoded.front());
    if (seen == '-') return {640, 480, "no_face", {}};
    const auto index = static_cast<std::size_t>(seen == '?' ? 0 : seen - '0');
    if (index >= affect::kEmotionCount) return {0, 0, "unreadable", {}};
    SeenFace face{{10, 20, 100, 120}, 0.9F, Expression{}};
    face.expression->scores = surely(static_cast<affect::Emotion>(index));
    return {640, 480, seen == '?' ? "unsure" : "", {face}};
  }
};

/// The picture in which ScriptedEyes see this expression.
inline std::vector<std::byte> picture_of(affect::Emotion emotion) {
  return {static_cast<std::byte>('0' + static_cast<int>(emotion))};
}
inline std::vector<std::byte> picture_of(char script) { return {static_cast<std::byte>(script)}; }

}  // namespace harmonic::session
