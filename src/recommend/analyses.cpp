#include "recommend/analyses.h"

namespace harmonic::recommend {

void Analyses::take(const catalog::PassingSong& song) {
  of_song_.push_back(kNone);
  if (song.vector.empty()) return;
  const auto [found, is_new] =
      numbers_.try_emplace({song.vector.size(), song.analysis_version}, kinds_.size());
  if (is_new) kinds_.emplace_back();
  Kind& kind = kinds_[found->second];
  ++kind.songs;
  if (!song.view.mood) return;
  ++kind.comparable;
  kind.learner.take(song.vector);
  of_song_.back() = found->second;
}

std::size_t Analyses::choose() {
  commonest_ = kNone;
  for (const auto& [analysis, number] : numbers_) {
    if (kinds_[number].songs > kinds_[commonest_].songs) commonest_ = number;
  }
  return kinds_[commonest_].comparable;
}

}  // namespace harmonic::recommend
