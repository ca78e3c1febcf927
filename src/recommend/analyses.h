// recommend/analyses.h - which songs of a library have sounds that can be compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "catalog/song_source.h"
#include "recommend/standardiser.h"

namespace harmonic::recommend {

/// Two vectors can be compared when the same analysis made them: of one version and length. Songs
/// are taken one by one, and the features of each analysis learned on the way.
class Analyses {
 public:
  void take(const catalog::PassingSong& song);

  /// Whether the song taken as number `index` has a mood and a sound of the commonest analysis, of
  /// equally common ones the shorter and then the older. After the last take().
  [[nodiscard]] bool comparable(std::size_t index) const {
    return of_song_[index] != kNone && of_song_[index] == commonest_;
  }
  /// Chooses the commonest. Returns  how many songs are comparable.
  std::size_t choose();
  /// Of the comparable songs.
  [[nodiscard]] const Standardiser::Learner& features() const { return kinds_[commonest_].learner; }

 private:
  static constexpr std::uint32_t kNone = 0;
  struct Kind {
    std::size_t songs = 0;       ///< that were heard
    std::size_t comparable = 0;  ///< of them with a mood
    Standardiser::Learner learner;
  };

  std::map<std::pair<std::size_t, int>, std::uint32_t> numbers_;  ///< by length and version
  std::vector<Kind> kinds_{1};                                    ///< by number; kNone is empty
  std::vector<std::uint32_t> of_song_;
  std::uint32_t commonest_ = kNone;
};

}  // namespace harmonic::recommend
