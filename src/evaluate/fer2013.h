// Module evaluate: the labelled archive, the scores over it, and the report of the shipped network.
//
// Uses     base, image, affect.  Used by train and the apps.
// Threads  every function is a pure function of its arguments and of the files that it names.
//
// evaluate/fer2013.h - reads the unpacked FER2013 + FER+ archive.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::evaluate {

inline constexpr int kFaceSide = 48;
inline constexpr std::size_t kFacePixels = std::size_t{kFaceSide} * kFaceSide;
inline constexpr std::size_t kFer2013Count = 7;

/// The project's names of FER2013's labels 0..6, in the order of the data set.
inline constexpr std::array<std::string_view, kFer2013Count> kFer2013Names{
    "angry", "disgusted", "afraid", "happy", "sad", "surprised", "neutral"};

/// Raters' counts, in the order of affect::Emotion, then "unknown" and "not a face".
struct Votes {
  std::array<std::uint8_t, 8> emotions{};
  std::uint8_t unknown = 0;
  std::uint8_t not_a_face = 0;

  friend bool operator==(const Votes&, const Votes&) = default;
};

/// Training fits, PublicTest chooses, PrivateTest is looked at once for a network that is released.
enum class Split : std::uint8_t { kTraining, kPublicTest, kPrivateTest };

/// One split in memory.
struct LabelledFaces {
  std::uint32_t first_row = 0;       ///< Row of faces' first image in fer2013.csv.
  std::vector<std::uint8_t> images;  ///< u8 [n, 48, 48], grey.
  std::vector<std::uint8_t> labels;  ///< [n], 0..6, indexing kFer2013Names.
  std::vector<Votes> votes;          ///< [n]

  [[nodiscard]] std::size_t size() const { return labels.size(); }
  [[nodiscard]] std::span<const std::uint8_t> image(std::size_t i) const {
    return std::span{images}.subspan(i * kFacePixels, kFacePixels);
  }
  /// The same as a picture of its own.
  [[nodiscard]] image::Picture picture(std::size_t i) const {
    return {kFaceSide, kFaceSide, 1, {image(i).begin(), image(i).end()}};
  }
};

/// The folder that holds the archive's files: `dir` itself, or its one subfolder that has them.
/// kNotFound when neither does.
[[nodiscard]] Result<std::filesystem::path> find_archive(const std::filesystem::path& dir);

/// Reads one split. kNotFound when a file is absent; kCorrupt when sizes disagree, a label exceeds
/// 6 or a row of votes is malformed: a shifted archive would train quietly on wrong labels.
[[nodiscard]] Result<LabelledFaces> read_split(const std::filesystem::path& dir, Split split);

/// The first `limit` rows only; 0 keeps all.
void keep_first(LabelledFaces& faces, std::size_t limit);

/// Rows of fer2013.csv in PrivateTest whose bytes also occur in Training or PublicTest, by the
/// archive's duplicates.csv.
[[nodiscard]] Result<std::unordered_set<std::uint32_t>> leaked_private_rows(
    const std::filesystem::path& dir);

/// Parses `row,neutral,...,nf` lines; `first_row` receives the row of the first line.
/// kCorrupt names the line that is not a row, ten counts of 0..255, in unbroken order.
[[nodiscard]] Result<std::vector<Votes>> parse_votes(std::string_view text,
                                                     std::uint32_t& first_row);

/// Parses duplicates.csv into the set that leaked_private_rows() returns.
[[nodiscard]] Result<std::unordered_set<std::uint32_t>> parse_duplicates(std::string_view text);

}  // namespace harmonic::evaluate
