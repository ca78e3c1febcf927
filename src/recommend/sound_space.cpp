#include "recommend/sound_space.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

#include "recommend/standardiser.h"

namespace harmonic::recommend {

namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Songs standardised at a time: a block that stays in the cache.
constexpr std::size_t kBlock = 256;

std::vector<std::size_t> with_features(std::span<const std::span<const float>> features) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (!features[i].empty()) known.push_back(i);
  }
  return known;
}

/// [songs, dimensions]
Rows standardised(const Standardiser& standardiser,
                  std::span<const std::span<const float>> features,
                  std::span<const std::size_t> songs) {
  const auto wide = standardiser.dimensions();
  Rows rows(static_cast<Eigen::Index>(songs.size()), static_cast<Eigen::Index>(wide));
  for (std::size_t k = 0; k < songs.size(); ++k)
    standardiser.apply(features[songs[k]], {rows.data() + k * wide, wide});
  return rows;
}

/// [features, components], orthonormal columns, the one with the largest share of the squares
/// first.
Rows components_of(const Rows& rows, std::size_t count) {
  const Eigen::MatrixXd moment =
      (rows.transpose() * rows).cast<double>() / static_cast<double>(rows.rows());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{moment};
  Rows components(moment.rows(), static_cast<Eigen::Index>(count));
  for (Eigen::Index c = 0; c < components.cols(); ++c) {
    Eigen::VectorXd column = solver.eigenvectors().col(moment.cols() - 1 - c);
    Eigen::Index largest = 0;
    column.cwiseAbs().maxCoeff(&largest);
    if (column(largest) < 0) column = -column;
    components.col(c) = column.cast<float>();
  }
  return components;
}

Rows learn_components(const Standardiser& standardiser,
                      std::span<const std::span<const float>> features,
                      std::span<const std::size_t> known) {
  std::vector<std::size_t> sample;
  const std::size_t count = std::min(known.size(), kComponentSongs);
  sample.reserve(count);
  for (std::size_t k = 0; k < count; ++k) sample.push_back(known[k * known.size() / count]);
  return components_of(standardised(standardiser, features, sample),
                       std::min(standardiser.dimensions(), kSoundDimensions));
}

// What is left of a song that lies in the middle is rounding, and rounding is no direction.
constexpr float kNoDirection = 1e-6F;

void put_row(const Rows& projected, Eigen::Index from, std::span<float> to) {
  const float length = projected.row(from).norm();
  if (length <= kNoDirection) return;
  for (std::size_t i = 0; i < to.size(); ++i)
    to[i] = projected(from, static_cast<Eigen::Index>(i)) / length;
}

}  // namespace

SoundSpace sound_space(std::span<const std::span<const float>> features, float farthest) {
  const auto known = with_features(features);
  const auto standardiser = Standardiser::fit(features, farthest);
  if (known.empty() || standardiser.dimensions() == 0) return {};
  const Rows components = learn_components(standardiser, features, known);
  const auto dimensions = static_cast<std::size_t>(components.cols());
  SoundSpace made{dimensions, std::vector<float>(features.size() * dimensions)};
  for (std::size_t first = 0; first < known.size(); first += kBlock) {
    const auto block = std::span{known}.subspan(first, std::min(kBlock, known.size() - first));
    const Rows projected = standardised(standardiser, features, block) * components;
    for (std::size_t k = 0; k < block.size(); ++k) {
      put_row(projected, static_cast<Eigen::Index>(k),
              std::span{made.rows}.subspan(block[k] * dimensions, dimensions));
    }
  }
  return made;
}

}  // namespace harmonic::recommend
