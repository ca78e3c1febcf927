// scan/memory_store.h - catalog::Store in memory, for the tests of this module alone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "catalog/store.h"

namespace harmonic::scan {

/// Keeps songs and failures as the contract of catalog::Store says; knows no listeners.
class MemoryStore : public catalog::Store {
 public:
  /// From the next but `puts`-th song on, the "disk" is full.
  void fail_after(int puts) { puts_left_ = puts; }
  [[nodiscard]] int failures_put() const { return failures_put_; }

  [[nodiscard]] Result<std::vector<catalog::Song>> songs() const override {
    const std::lock_guard lock{mutex_};
    std::vector<catalog::Song> present;
    for (const auto& [path, row] : rows_) {
      if (!row.missing) present.push_back(row.song);
    }
    return present;
  }
  [[nodiscard]] Result<catalog::Song> song(SongId id) const override {
    const std::lock_guard lock{mutex_};
    for (const auto& [path, row] : rows_) {
      if (row.song.id == id) return row.song;
    }
    return fail(ErrorKind::kNotFound, "no such song");
  }
  [[nodiscard]] Result<std::int64_t> songs_revision() const override { return 0; }

  [[nodiscard]] Result<std::vector<catalog::KnownFile>> known_files() const override {
    return files(false);
  }
  [[nodiscard]] Result<std::vector<catalog::KnownFile>> missing_files() const override {
    return files(true);
  }
  [[nodiscard]] Result<std::vector<catalog::FailedFile>> failed_files() const override {
    const std::lock_guard lock{mutex_};
    std::vector<catalog::FailedFile> failed;
    for (const auto& [path, file] : failed_) failed.push_back(file);
    return failed;
  }
  [[nodiscard]] Result<SongId> put_song(const catalog::Song& song) override {
    const std::lock_guard lock{mutex_};
    if (puts_left_-- == 0) return fail(ErrorKind::kUnavailable, "the disk is full");
    auto& row = rows_[song.path.native()];
    const SongId id = row.song.id.value != 0 ? row.song.id : SongId{++last_id_};
    row = {song, false};
    row.song.id = id;
    failed_.erase(song.path.native());
    return id;
  }
  [[nodiscard]] Result<void> put_songs(std::span<const catalog::Song> songs) override {
    for (const auto& song : songs) HARMONIC_CHECK(put_song(song));
    return {};
  }
  [[nodiscard]] Result<void> place_songs(std::span<const catalog::FilePlace> places) override {
    const std::lock_guard lock{mutex_};
    std::vector<Row> moved;
    for (const auto& place : places) {
      const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const auto& one) {
        return one.second.song.id == place.song;
      });
      if (row == rows_.end()) return fail(ErrorKind::kNotFound, "no such song");
      moved.push_back(row->second);
      rows_.erase(row);
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
      auto& song = moved[i].song;
      song.path = places[i].path;
      song.stamp = places[i].stamp;
      song.content = places[i].content;
      if (const auto there = rows_.find(song.path.native()); there != rows_.end()) {
        auto row = std::move(there->second);
        rows_.erase(there);
        row.missing = true;
        row.song.path = "/dev/null/" + std::to_string(row.song.id.value);
        rows_[row.song.path.native()] = row;
      }
      rows_[song.path.native()] = {song, false};
    }
    return {};
  }
  [[nodiscard]] Result<std::vector<catalog::HeardFeatures>> features_to_score(
      int analysis_version, int mood_version, SongId after, std::size_t count) const override {
    const std::lock_guard lock{mutex_};
    std::vector<catalog::HeardFeatures> found;
    for (const auto& [path, row] : rows_) {
      const auto& sound = row.song.sound;
      if (row.song.id > after && sound.version == analysis_version &&
          sound.mood_version != mood_version)
        found.push_back({row.song.id, sound.vector});
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.song < b.song; });
    if (found.size() > count) found.resize(count);
    return found;
  }
  [[nodiscard]] Result<void> put_moods(std::span<const catalog::SongMood> moods,
                                       int mood_version) override {
    const std::lock_guard lock{mutex_};
    for (auto& [path, row] : rows_) {
      for (const auto& [song, mood] : moods) {
        if (row.song.id != song) continue;
        row.song.sound.mood = mood;
        row.song.sound.mood_version = mood_version;
      }
    }
    return {};
  }
  [[nodiscard]] Result<void> put_failed(const catalog::FailedFile& file) override {
    const std::lock_guard lock{mutex_};
    ++failures_put_;
    failed_[file.path.native()] = file;
    if (const auto row = rows_.find(file.path.native()); row != rows_.end())
      row->second.missing = true;
    return {};
  }
  [[nodiscard]] Result<void> mark_missing(SongId id) override {
    const std::lock_guard lock{mutex_};
    for (auto& [path, row] : rows_) {
      if (row.song.id == id) row.missing = true;
    }
    return {};
  }

  [[nodiscard]] Result<ListenerId> find_or_add_listener(std::string_view) override {
    return unknown();
  }
  [[nodiscard]] Result<PlayId> add_play(const catalog::Play&) override { return unknown(); }
  [[nodiscard]] Result<void> set_liked(ListenerId, SongId, bool) override { return unknown(); }
  [[nodiscard]] Result<std::vector<catalog::SongHistory>> history(ListenerId) const override {
    return unknown();
  }

 private:
  struct Row {
    catalog::Song song;
    bool missing = false;
  };
  [[nodiscard]] std::vector<catalog::KnownFile> files(bool missing) const {
    const std::lock_guard lock{mutex_};
    std::vector<catalog::KnownFile> found;
    for (const auto& [path, row] : rows_) {
      const auto& song = row.song;
      if (row.missing == missing)
        found.push_back({song.id, song.path, song.stamp, song.sound.version, song.content});
    }
    return found;
  }
  static tl::unexpected<Error> unknown() {
    return fail(ErrorKind::kNotFound, "this store knows no listeners");
  }

  mutable std::mutex mutex_;
  std::map<std::string, Row> rows_;
  std::map<std::string, catalog::FailedFile> failed_;
  std::int64_t last_id_ = 0;
  int puts_left_ = -1;
  int failures_put_ = 0;
};

/// The songs' ids by their paths below `folder`.
inline std::map<std::string, std::int64_t> ids_below(const std::filesystem::path& folder,
                                                     const catalog::Store& store) {
  std::map<std::string, std::int64_t> ids;
  const auto songs = store.songs();
  for (const auto& song : *songs)
    ids[song.path.lexically_relative(folder).string()] = song.id.value;
  return ids;
}

}  // namespace harmonic::scan
