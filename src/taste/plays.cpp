#include "taste/plays.h"

#include <algorithm>
#include <cassert>

namespace harmonic::taste {

namespace {

/// Puts the cells of each row in order and sums those of one song; the rows stay where they are.
void tidy(std::vector<std::size_t>& starts, std::vector<Play>& cells) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row + 1 < starts.size(); ++row) {
    const auto first = cells.begin() + static_cast<std::ptrdiff_t>(starts[row]);
    const auto last = cells.begin() + static_cast<std::ptrdiff_t>(starts[row + 1]);
    const auto before = [](const Play& a, const Play& b) { return a.song < b.song; };
    if (!std::is_sorted(first, last, before)) std::stable_sort(first, last, before);
    starts[row] = kept;
    for (auto cell = first; cell != last; ++cell) {
      if (kept > starts[row] && cells[kept - 1].song == cell->song) {
        cells[kept - 1].count += cell->count;
      } else {
        cells[kept++] = *cell;
      }
    }
  }
  starts.back() = kept;
  cells.resize(kept);
}

}  // namespace

Plays::Plays(std::size_t listeners, std::size_t songs, std::span<const Triplet> triplets)
    : starts_(listeners + 1, 0), cells_(triplets.size()), songs_{songs} {
  for (const auto& triplet : triplets) {
    assert(triplet.listener < listeners && triplet.song < songs && triplet.count > 0.0F);
    ++starts_[triplet.listener + 1];
  }
  for (std::size_t row = 0; row < listeners; ++row) starts_[row + 1] += starts_[row];
  std::vector<std::size_t> next{starts_.begin(), starts_.end() - 1};
  for (const auto& triplet : triplets)
    cells_[next[triplet.listener]++] = {triplet.song, triplet.count};
  tidy(starts_, cells_);
}

Plays Plays::transposed() const {
  Plays turned;
  turned.songs_ = listeners();
  turned.starts_.assign(songs_ + 1, 0);
  turned.cells_.resize(cells_.size());
  for (const auto& cell : cells_) ++turned.starts_[cell.song + 1];
  for (std::size_t song = 0; song < songs_; ++song)
    turned.starts_[song + 1] += turned.starts_[song];
  std::vector<std::size_t> next{turned.starts_.begin(), turned.starts_.end() - 1};
  for (std::size_t listener = 0; listener < listeners(); ++listener) {
    for (const auto& cell : row(listener))
      turned.cells_[next[cell.song]++] = {static_cast<std::uint32_t>(listener), cell.count};
  }
  return turned;
}

Plays Plays::with_counts(
    const std::function<std::vector<float>(std::span<const Play> row)>& counts_of) const {
  Plays changed = *this;
  for (std::size_t listener = 0; listener < listeners(); ++listener) {
    const auto counts = counts_of(row(listener));
    assert(counts.size() == row(listener).size());
    for (std::size_t i = 0; i < counts.size(); ++i)
      changed.cells_[starts_[listener] + i].count = counts[i];
  }
  return changed;
}

}  // namespace harmonic::taste
