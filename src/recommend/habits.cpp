#include "recommend/habits.h"

#include <algorithm>

#include "recommend/rank.h"

namespace harmonic::recommend {

namespace {

using std::chrono::system_clock;

float lost_by_age(system_clock::duration age) {
  // A clock that was set back makes the future: heard just now, as far as we can tell.
  const double part = std::chrono::duration<double>(age) / kRecentMemory;
  return kRecentStep * static_cast<float>(1.0 - std::clamp(part, 0.0, 1.0));
}

float lost_by_place(std::size_t place) {
  return kRecentStep * (1.0F - static_cast<float>(place) / static_cast<float>(kRecentSongs));
}

bool before(const HabitOf& one, const HabitOf& other) { return one.index < other.index; }

/// Neighbours of one song become one entry.
void join(std::vector<HabitOf>& sorted) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && sorted[kept - 1].index == sorted[i].index) {
      Habit& habit = sorted[kept - 1].habit;
      if (sorted[i].habit.history != nullptr) habit.history = sorted[i].habit.history;
      habit.lost = std::max(habit.lost, sorted[i].habit.lost);
    } else {
      sorted[kept++] = sorted[i];
    }
  }
  sorted.resize(kept);
}

}  // namespace

Habits::Habits(const Snapshot& snapshot, std::span<const catalog::SongHistory> history,
               const Options& options) {
  all_.reserve(history.size() + kRecentSongs);
  std::size_t near = 0;
  for (const auto& one : history) {
    const auto index = snapshot.index_of(one.song, near);
    if (!index) continue;
    const bool aged = options.now && one.last_heard;
    all_.push_back({*index, {&one, aged ? lost_by_age(*options.now - *one.last_heard) : 0.0F}});
  }
  for (std::size_t k = 0; k < std::min(options.recent.size(), kRecentSongs); ++k) {
    if (const auto index = snapshot.index_of(options.recent[k]))
      all_.push_back({*index, {nullptr, lost_by_place(k)}});
  }
  if (!std::is_sorted(all_.begin(), all_.end(), before))
    std::stable_sort(all_.begin(), all_.end(), before);
  join(all_);
}

Habit Habits::of(std::size_t index) const {
  const auto found = std::lower_bound(all_.begin(), all_.end(), HabitOf{index, {}}, before);
  return found == all_.end() || found->index != index ? Habit{} : found->habit;
}

}  // namespace harmonic::recommend
