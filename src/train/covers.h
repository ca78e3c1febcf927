// train/covers.h - a small network that tells whether something hides the eyes or the mouth.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "evaluate/covers.h"

namespace harmonic::train {

/// What it tells apart, in the order of its numbers.
inline constexpr std::array kCoveredParts{evaluate::Place::kEyes, evaluate::Place::kMouth};
inline constexpr std::array<const char*, 2> kCoveredPartNames{"eyes", "mouth"};

struct CoverSettings {
  std::filesystem::path data;  ///< The archive of FER2013.
  std::filesystem::path out;   ///< Receives cover.onnx and manifest.json.
  int epochs = 24;
  std::uint64_t seed = 1;
  std::size_t limit = 0;  ///< First rows only; 0 takes all.
  /// Never shown while it learns: what is found of it says how much a cover that nobody drew is.
  std::optional<evaluate::Cover> unseen;
  std::string command;  ///< As the manifest tells it.
};

/// Epoch from 1, of how many, and the mean loss of the finished epoch.
using OnCoverEpoch = std::function<void(int epoch, int epochs, double loss)>;

/// Shares of PublicTest's faces, drawn upon, that are taken for covered; [part][Cover], and -1
/// where a cover cannot lie there.
struct CoverScores {
  std::array<std::array<double, evaluate::kCoverNames.size()>, 2> found{};
  std::array<double, 2> at_rest{};  ///< of those on which nothing was drawn
};

/// Learns from Training's faces with covers drawn over them (evaluate/covers.h), and
/// from those on which none was drawn, less those that it takes for covered itself half-way: among
/// real faces some are. The bounds are such that kFalseCovers of PublicTest is taken for covered.
/// Errors  those of evaluate::read_split; kUnavailable: cannot be written, or libtorch's words.
[[nodiscard]] Result<CoverScores> train_covers(const CoverSettings& settings,
                                               const OnCoverEpoch& on_epoch);

/// Share of real faces, for either part, that is let be taken for covered.
inline constexpr double kFalseCovers = 0.005;

}  // namespace harmonic::train
