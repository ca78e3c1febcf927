// session/test_shelf.h - for tests: a store that keeps its songs in memory, and eyes that see what
// they are told to.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "affect/circumplex.h"
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
    song.sound.mood_version = 1;
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
  Result<std::vector<catalog::KnownFile>> missing_files() const override { return {}; }
  Result<std::vector<catalog::FailedFile>> failed_files() const override { return {}; }
  Result<SongId> put_song(const catalog::Song& song) override {
    const std::lock_guard lock{mutex_};
    songs_.push_back(song);
    songs_.back().id = SongId{static_cast<std::int64_t>(songs_.size())};
    return songs_.back().id;
  }
  Result<void> put_songs(std::span<const catalog::Song>) override { return {}; }
  Result<void> place_songs(std::span<const catalog::FilePlace>) override { return {}; }
  Result<std::vector<catalog::HeardFeatures>> features_to_score(int, int, SongId,
                                                                std::size_t) const override {
    return {};
  }
  Result<void> put_moods(std::span<const catalog::SongMood>, int) override { return {}; }
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

/// A face that shows `scores`, as one that can be read.
inline SeenFace face_that_shows(const affect::EmotionScores& scores, int id = 1) {
  SeenFace face{{270, 190, 100, 120}, 0.9F, Expression{}, id, {}};
  face.expression->scores = scores;
  face.expression->point = affect::point_of(scores);
  return face;
}

/// Reads its script from the "picture": one byte, the expression; '-' is an empty room, '?' an
/// unsure face, anything else unreadable.
class ScriptedEyes final : public Eyes {
 public:
  static Look seen_in(std::span<const std::byte> encoded) {
    const char seen = encoded.empty() ? '\0' : static_cast<char>(encoded.front());
    if (seen == '-') return {640, 480, "no_face", {}};
    const auto index = static_cast<std::size_t>(seen == '?' ? 0 : seen - '0');
    if (index >= affect::kEmotionCount) return {0, 0, "unreadable", {}};
    auto face = face_that_shows(surely(static_cast<affect::Emotion>(index)));
    if (seen == '?') face.reason = affect::kUnsure;
    return {640, 480, {}, {face}};
  }

  std::unique_ptr<Gaze> open() override {
    class Scripted final : public Gaze {
      Look look(std::span<const std::byte> encoded, motion::Seconds, const Question&) override {
        return seen_in(encoded);
      }
    };
    return std::make_unique<Scripted>();
  }
};

/// Eyes that see what a test puts before them, and note what they are asked.
class StagedEyes final : public Eyes {
 public:
  std::unique_ptr<Gaze> open() override {
    class Staged final : public Gaze {
     public:
      explicit Staged(StagedEyes& stage) : stage_{stage} {}
      Look look(std::span<const std::byte>, motion::Seconds, const Question& question) override {
        stage_.asked = question;
        auto look = stage_.next;
        if (!question.name) look.name.reset();
        if (!question.movements) look.movements.clear();
        return look;
      }

     private:
      StagedEyes& stage_;
    };
    return std::make_unique<Staged>(*this);
  }
  [[nodiscard]] bool knows_listeners() const override { return true; }

  Look next{640, 480, {}, {}};
  Question asked;
};

/// The picture in which ScriptedEyes see this expression.
inline std::vector<std::byte> picture_of(affect::Emotion emotion) {
  return {static_cast<std::byte>('0' + static_cast<int>(emotion))};
}
inline std::vector<std::byte> picture_of(char script) { return {static_cast<std::byte>(script)}; }

}  // namespace harmonic::session
