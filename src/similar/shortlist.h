// similar/shortlist.h - rows that may be among the best, while only bounds of their products are
// known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <unordered_map>
#include <vector>

namespace harmonic::similar {

/// How many rows of a group may be among the best; without groups, any number.
struct GroupCap {
  std::span<const std::uint32_t> groups;  ///< of each row
  std::size_t most = 0;                   ///< > 0 where there are groups

  [[nodiscard]] bool caps() const { return !groups.empty(); }
};

/// Counts rows of groups, best first.
class GroupCount {
 public:
  explicit GroupCount(const GroupCap& cap) : cap_{cap} {}
  /// Whether there was room for `row` in its group; then it has taken it.
  bool admit(std::uint32_t row) { return !cap_.caps() || taken_[cap_.groups[row]]++ < cap_.most; }

 private:
  const GroupCap& cap_;
  std::unordered_map<std::uint32_t, std::size_t> taken_;
};

/// A row and what its product is at least and at most.
struct Candidate {
  std::uint32_t row = 0;
  float low = 0.0F;
  float high = 0.0F;
};

/// Keeps each row that may be among the `count` best of all that were added, by the order of their
/// products and the cap; drops others now and then.
///
/// Why nothing is lost: rows whose lower bounds are the best that the cap admits are `count` rows
/// that could be chosen, and choosing greedily by the products themselves makes the last of them as
/// good as it can be (groups with a cap are a matroid). So the best are not below `threshold()`,
/// and what is below it stands in nobody's way. In a group, likewise, nothing below the lower
/// bounds of as many as are admitted is chosen.
class Shortlist {
 public:
  Shortlist(std::size_t count, const GroupCap& cap);

  /// The `count`-th best product is not below it.
  [[nodiscard]] float threshold() const { return threshold_; }
  /// A candidate whose `high` is not below threshold().
  void add(const Candidate& candidate) {
    kept_.push_back(candidate);
    if (kept_.size() >= limit_) prune();
  }
  [[nodiscard]] std::span<const Candidate> candidates();

 private:
  void prune();
  void prune_without_cap();
  void prune_with_cap();

  std::size_t count_;
  GroupCap cap_;
  std::size_t limit_;
  float threshold_ = -std::numeric_limits<float>::infinity();
  std::vector<Candidate> kept_;
};

}  // namespace harmonic::similar
