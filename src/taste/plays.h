// Module taste: what many listeners play -> what one of them may like.
//
//   plays of listeners -> a Recommender, by one of several methods -> scores of all songs for a
//   history
//
// Uses     base (Eigen inside the .cpp files).  Used by tastetrial and the commands.
// Read     recommender.h (what every method does), blend.h (the one that is meant to be used).
// Threads  a Recommender is immutable; learning takes as many threads as it is told.
//
// taste/plays.h - who played what, how often: a sparse matrix.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace harmonic::taste {

/// One cell of the matrix: how often a listener played a song; > 0.
struct Triplet {
  std::uint32_t listener = 0;
  std::uint32_t song = 0;
  float count = 0.0F;
};

/// One song of a row, or one listener of a transposed one.
struct Play {
  std::uint32_t song = 0;
  float count = 0.0F;

  friend bool operator==(const Play&, const Play&) = default;
};

/// Listeners x songs, the cells of a row in the order of their songs.
class Plays {
 public:
  Plays() = default;
  /// Cells that are named twice are summed. Each index is below its dimension.
  Plays(std::size_t listeners, std::size_t songs, std::span<const Triplet> triplets);

  [[nodiscard]] std::size_t listeners() const { return starts_.size() - 1; }
  [[nodiscard]] std::size_t songs() const { return songs_; }
  /// How many cells are not empty.
  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] std::span<const Play> row(std::size_t listener) const {
    return std::span{cells_}.subspan(starts_[listener], starts_[listener + 1] - starts_[listener]);
  }

  /// Songs x listeners: row(song) holds the listeners, as Play::song.
  [[nodiscard]] Plays transposed() const;
  /// The same cells with other counts: `counts_of` a row, one for each of its cells.
  [[nodiscard]] Plays with_counts(
      const std::function<std::vector<float>(std::span<const Play> row)>& counts_of) const;

 private:
  std::vector<std::size_t> starts_ = {0};
  std::vector<Play> cells_;
  std::size_t songs_ = 0;
};

}  // namespace harmonic::taste
