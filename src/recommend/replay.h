// recommend/replay.h - a listener's plays -> what he wants in which mood.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>

#include "bandit/wishes.h"
#include "catalog/preferences.h"
#include "recommend/snapshot.h"

namespace harmonic::recommend {

/// As many plays are replayed at most; of older ones nothing is left.
inline constexpr std::size_t kReplayedPlays = 10'000;
/// Heard to the end again within this counts for more.
inline constexpr std::chrono::hours kReplay{24};

/// What one play says. Nothing: it was stopped, the song is not in the snapshot or was never
/// analysed. A play without a mood counts as in the middle of the plane. `liked`: the song is,
/// today; `again`: it was heard to its end within kReplay before.
[[nodiscard]] std::optional<bandit::Hearing> hearing_of(const Snapshot& snapshot,
                                                        const catalog::Play& play, bool liked,
                                                        bool again);

/// Learns the plays, the oldest first, that started at start.since or later, from start.learned on.
/// `history` tells what is liked. The components of a sound are the snapshot's own: with another
/// snapshot this is to be done anew.
/// Errors  those of bandit/state.h.
[[nodiscard]] Result<bandit::Wishes> replay(const Snapshot& snapshot,
                                            const catalog::LearningStart& start,
                                            std::span<const catalog::Play> plays,
                                            std::span<const catalog::SongHistory> history);

/// The same of what is stored of a listener: at most his newest kReplayedPlays plays.
/// Errors  those of the preferences and of bandit/state.h.
[[nodiscard]] Result<bandit::Wishes> wishes_of(const Snapshot& snapshot,
                                               const catalog::Preferences& preferences,
                                               ListenerId listener,
                                               std::span<const catalog::SongHistory> history);

}  // namespace harmonic::recommend
