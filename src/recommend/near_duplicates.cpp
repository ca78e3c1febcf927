#include "recommend/near_duplicates.h"

#include "songlist/text.h"

namespace harmonic::recommend {

namespace {

using catalog::SongView;

std::chrono::milliseconds difference(const SongView& one, const SongView& other) {
  return std::chrono::abs(one.duration - other.duration);
}

bool same_title(const SongView& one, const SongView& other) {
  const auto key = songlist::match_key(one.title);
  return !key.empty() && key == songlist::match_key(other.title);
}

bool has_length(const SongView& song) { return song.duration.count() > 0; }

}  // namespace

bool near_duplicates(const Snapshot& snapshot, std::size_t one, std::size_t other) {
  const auto a = snapshot.song(one);
  const auto b = snapshot.song(other);
  if (a.content && a.content == b.content) return true;
  if (!has_length(a) || !has_length(b)) return false;
  if (difference(a, b) <= kSameLength && snapshot.artist(one) == snapshot.artist(other) &&
      same_title(a, b)) {
    return true;
  }
  return difference(a, b) <= kSameRecording && snapshot.sound_cosine(one, other) >= kSameSound;
}

bool Taken::has_like(std::size_t index) const {
  const auto unit = snapshot_.duration(index) / kSameLength;
  for (const auto near : {unit - 1, unit, unit + 1}) {
    const auto found = by_length_.find(near);
    if (found == by_length_.end()) continue;
    for (const std::size_t other : found->second) {
      if (near_duplicates(snapshot_, index, other)) return true;
    }
  }
  return false;
}

void Taken::take(std::size_t index) {
  by_length_[snapshot_.duration(index) / kSameLength].push_back(index);
}

}  // namespace harmonic::recommend
