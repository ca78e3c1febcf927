// tastetrial/figures.h - figures of single listeners, and what they say of a method.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "taste/recommender.h"
#include "taste/split.h"

namespace harmonic::tastetrial {

/// What is counted for a listener whose songs were held back. Relevance is binary; songs that were
/// learned from are not named again; the shares are of all songs that were held back, however many.
/// Novelty is the mean of -log2(share of the listeners who play a song) over the first twenty, in
/// bits. Source  Vargas and Castells, "Rank and relevance in novelty and diversity metrics", RecSys
/// 2011
enum class Figure : std::uint8_t {
  kRecall20,
  kRecall50,
  kNdcg10,
  kNdcg20,
  kNdcg100,
  kMap500,
  kNovelty
};
inline constexpr std::array<std::string_view, 7> kFigureNames{
    "recall@20", "recall@50", "ndcg@10", "ndcg@20", "ndcg@100", "map@500", "novelty"};

using ListenerFigures = std::array<double, kFigureNames.size()>;

/// One method on one split.
struct Outcome {
  /// Nothing for listeners of whom no song was held back: they are not counted.
  std::vector<std::optional<ListenerFigures>> listeners;
  double coverage = 0.0;  ///< share of the songs that stand among anyone's first twenty
};

[[nodiscard]] Outcome judge(const taste::Recommender& method, const taste::Split& split,
                            std::size_t jobs);

/// A mean over listeners and the bounds between which 95 % of bootstrap samples of them have
/// theirs.
struct Interval {
  double mean = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// Of each Figure, over the outcomes of several splits of the same listeners: a listener counts
/// with the mean over the splits. 1,000 samples; the same for the same outcomes. Source  Efron and
/// Tibshirani, "An introduction to the bootstrap", 1993, ch. 13 (percentiles)
[[nodiscard]] std::array<Interval, kFigureNames.size()> intervals_of(
    std::span<const Outcome> outcomes);

}  // namespace harmonic::tastetrial
