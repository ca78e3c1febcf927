// tastelibrary/company.h - what the listeners of one server tell each other, if they agreed to.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "catalog/preferences.h"
#include "catalog/store.h"
#include "recommend/snapshot.h"

namespace harmonic::tastelibrary {

using ListenerHistory = std::vector<catalog::SongHistory>;

/// Signals::company: what the others play who are alike (taste/company.h), by index of the
/// snapshot, [0.5, 1); 0.5 (not known) where none of them plays a song; empty where nobody is
/// alike. Songs count by plays + 2 if liked - skips, where that is above 0.
[[nodiscard]] std::vector<float> company_of(const recommend::Snapshot& songs,
                                            std::span<const catalog::SongHistory> own,
                                            std::span<const ListenerHistory> others);

/// The same of what is stored: of the others those who agreed, and only for who agreed too.
/// Errors  those of the store and the preferences.
[[nodiscard]] Result<std::vector<float>> company_of(const recommend::Snapshot& songs,
                                                    const catalog::Store& store,
                                                    const catalog::Preferences& preferences,
                                                    ListenerId listener,
                                                    std::span<const catalog::SongHistory> own);

/// Signals::taste of both, whichever is empty: their odds multiply, so that the middle changes
/// nothing.
[[nodiscard]] std::vector<float> joined(std::span<const float> taste,
                                        std::span<const float> company);

}  // namespace harmonic::tastelibrary
