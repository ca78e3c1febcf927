#include "similar/shortlist.h"

#include <algorithm>

namespace harmonic::similar {

namespace {

/// A candidate list is pruned when it has grown by an eighth: the threshold is never far behind
/// what was seen, and the work stays in proportion to the rows even if all of them survive.
std::size_t worth_pruning(std::size_t kept) { return kept + std::max<std::size_t>(16, kept / 8); }

bool better(const Candidate& a, const Candidate& b) { return a.low > b.low; }

}  // namespace

Shortlist::Shortlist(std::size_t count, const GroupCap& cap)
    : count_{count}, cap_{cap}, limit_{worth_pruning(count)} {}

std::span<const Candidate> Shortlist::candidates() {
  prune();
  return kept_;
}

void Shortlist::prune() {
  if (cap_.caps())
    prune_with_cap();
  else
    prune_without_cap();
  std::erase_if(kept_, [this](const Candidate& c) { return c.high < threshold_; });
  limit_ = worth_pruning(std::max(count_, kept_.size()));
}

void Shortlist::prune_without_cap() {
  if (kept_.size() < count_) return;
  const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(count_ - 1);
  std::nth_element(kept_.begin(), last, kept_.end(), better);
  threshold_ = std::max(threshold_, last->low);
}

void Shortlist::prune_with_cap() {
  std::sort(kept_.begin(), kept_.end(), better);
  struct Group {
    std::size_t seen = 0;
    float last_low = -std::numeric_limits<float>::infinity();  // of the last that is admitted
  };
  std::unordered_map<std::uint32_t, Group> groups;
  std::size_t admitted = 0;
  for (const auto& candidate : kept_) {
    auto& group = groups[cap_.groups[candidate.row]];
    if (group.seen == cap_.most) continue;
    if (++group.seen == cap_.most) group.last_low = candidate.low;
    if (++admitted == count_) threshold_ = std::max(threshold_, candidate.low);
  }
  std::erase_if(kept_, [&](const Candidate& c) {
    return c.high < groups.find(cap_.groups[c.row])->second.last_low;
  });
}

}  // namespace harmonic::similar
