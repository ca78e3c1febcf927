#include "recommend/spacing.h"

#include <algorithm>

namespace harmonic::recommend {

namespace {

/// What is left to choose from.
class Remaining {
 public:
  explicit Remaining(std::span<const std::uint32_t> artists)
      : artists_{artists}, used_(artists.size()), total_{artists.size()} {
    for (const auto artist : artists) {
      if (artist >= counts_.size()) counts_.resize(artist + 1);
      ++counts_[artist];
    }
  }

  /// The best candidate for which `wanted` holds.
  template <typename Wanted>
  [[nodiscard]] std::optional<std::size_t> best(Wanted wanted) const {
    for (std::size_t i = first_; i < artists_.size(); ++i) {
      if (!used_[i] && wanted(artists_[i])) return i;
    }
    return std::nullopt;
  }

  void take(std::size_t place) {
    used_[place] = true;
    --counts_[artists_[place]];
    --total_;
    while (first_ < used_.size() && used_[first_]) ++first_;
  }

  /// The most frequent artist.
  [[nodiscard]] std::uint32_t leader() const {
    return static_cast<std::uint32_t>(std::max_element(counts_.begin(), counts_.end()) -
                                      counts_.begin());
  }

  /// Whether `needed` more can follow in a row without a repetition once a song of `artist` is
  /// taken.
  [[nodiscard]] bool goes_on_after(std::uint32_t artist, std::size_t needed) {
    --counts_[artist];
    --total_;
    const bool possible = longest_row_after(artist) >= needed;
    ++counts_[artist];
    ++total_;
    return possible;
  }

 private:
  /// Between two songs of the most frequent artist must stand one of another; and the row does not
  /// begin with `last`.
  [[nodiscard]] std::size_t longest_row_after(std::uint32_t last) const {
    const std::size_t most = counts_[leader()];
    const std::size_t others = total_ - most;
    const std::size_t own_others = total_ - counts_[last];
    const std::size_t row = most <= others + 1 ? total_ : 2 * others + 1;
    return counts_[last] <= own_others ? row : std::min(row, 2 * own_others);
  }

  std::span<const std::uint32_t> artists_;
  std::vector<bool> used_;
  std::vector<std::size_t> counts_;  // by artist
  std::size_t total_;
  std::size_t first_ = 0;
};

std::size_t next_place(Remaining& left, std::optional<std::uint32_t> last, std::size_t needed,
                       std::span<const std::uint32_t> artists) {
  const auto differs = [&](std::uint32_t artist) { return artist != last; };
  const auto best = left.best(differs);
  if (!best) return *left.best([](std::uint32_t) { return true; });
  if (left.goes_on_after(artists[*best], needed)) return *best;
  // Only taking the most frequent artist now can save the rest.
  const auto leader = left.leader();
  if (differs(leader) && left.goes_on_after(leader, needed)) {
    return *left.best([&](std::uint32_t artist) { return artist == leader; });
  }
  return *best;
}

}  // namespace

std::vector<std::size_t> space_artists(std::span<const std::uint32_t> artists, std::size_t count,
                                       std::optional<std::uint32_t> after) {
  Remaining left{artists};
  std::vector<std::size_t> places;
  auto last = after;
  const std::size_t wanted = std::min(count, artists.size());
  while (places.size() < wanted) {
    const std::size_t place = next_place(left, last, wanted - places.size() - 1, artists);
    left.take(place);
    last = artists[place];
    places.push_back(place);
  }
  return places;
}

}  // namespace harmonic::recommend
