// Module tastetrial: published listening histories -> how good `taste` is.
//
//   archive -> sets.h (plays) -> trial.h (splits, methods, figures of each listener) -> figures.h
//   (means) -> picture.h;  households.h: the same of a few listeners at a time
//
// Uses     base, image, corpus, drawing, taste.  Used by `harmonic eval taste`.
// Threads  plain values; a function may be called from any thread.
//
// tastetrial/sets.h - the data sets, as published.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "taste/plays.h"
#include "taste/split.h"

namespace harmonic::tastetrial {

/// hetrec        Last.fm 2k of HetRec 2011: 1,892 listeners, 17,632 artists
/// million_song  42,739 rows of the Million Song Dataset's Taste Profile: 1,630 listeners, 9,071
/// songs lightgcn      the Last.fm split that is published with LightGCN and its like
inline constexpr std::array<std::string_view, 3> kSetNames{"hetrec", "million_song", "lightgcn"};

struct TasteSet {
  std::string name;
  taste::Plays plays;                     ///< all of them, where this program splits
  std::optional<taste::Split> published;  ///< where the publisher did
};

/// `data` holds a folder `taste` or taste.tar.zst with the published files; `name` is one of
/// kSetNames. Errors  those of corpus/archive.h and taste/triplets.h; kInvalidInput: no plays.
[[nodiscard]] Result<TasteSet> read_taste_set(const std::filesystem::path& data,
                                              std::string_view name);

}  // namespace harmonic::tastetrial
