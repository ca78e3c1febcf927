#include "scan/homes.h"

#include <algorithm>

namespace harmonic::scan {

using catalog::ContentKey;
using catalog::KnownFile;

Homes::Homes(const Walk& walk, const std::vector<KnownFile>& known,
             const std::vector<KnownFile>& missing)
    : walk_{walk}, known_{known.data()} {
  for (const auto& file : known) {
    if (file.content) songs_.push_back({&file, false});
  }
  for (const auto& file : missing) {
    if (file.content) songs_.push_back({&file, true});
  }
  std::sort(songs_.begin(), songs_.end(), [](const Song& a, const Song& b) {
    if (a.file->content != b.file->content) return *a.file->content < *b.file->content;
    return a.file->path.native() < b.file->path.native();
  });
}

namespace {

struct ByContent {
  template <typename Song>
  bool operator()(const Song& song, const ContentKey& key) const {
    return *song.file->content < key;
  }
  template <typename Song>
  bool operator()(const ContentKey& key, const Song& song) const {
    return key < *song.file->content;
  }
};

/// How well the song's old place goes with the new one.
int likeness(const std::filesystem::path& old, const std::filesystem::path& now) {
  if (old.native() == now.native()) return 2;
  return old.filename() == now.filename() ? 1 : 0;
}

}  // namespace

void Homes::left(std::size_t known) {
  const KnownFile& file = known_[known];
  if (!file.content) return;
  const std::lock_guard lock{mutex_};
  const auto [first, last] =
      std::equal_range(songs_.begin(), songs_.end(), *file.content, ByContent{});
  const auto song = std::find_if(first, last, [&](const Song& one) { return one.file == &file; });
  song->may_move = true;
}

bool Homes::is_free(const Song& song) const {
  return !song.claimed && (song.may_move || is_surely_gone(walk_, song.file->path));
}

std::optional<KnownFile> Homes::claim(const std::filesystem::path& path,
                                      const ContentKey& content) {
  const std::lock_guard lock{mutex_};
  const auto [first, last] = std::equal_range(songs_.begin(), songs_.end(), content, ByContent{});
  auto best = last;
  for (auto song = first; song != last; ++song) {
    if (!is_free(*song)) continue;
    if (best == last || likeness(song->file->path, path) > likeness(best->file->path, path))
      best = song;
  }
  if (best == last) return std::nullopt;
  best->claimed = true;
  claimed_.insert(best->file->song);
  return *best->file;
}

bool Homes::was_claimed(SongId song) const {
  const std::lock_guard lock{mutex_};
  return claimed_.contains(song);
}

}  // namespace harmonic::scan
