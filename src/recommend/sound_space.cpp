#include "recommend/sound_space.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <Eigen/Dense>

namespace harmonic::recommend {

namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Songs standardised at a time: a block that stays in the cache.
constexpr std::size_t kBlock = 256;

/// Standardised songs, one after the other.
class Standardised {
 public:
  Standardised(const Standardiser& standardiser, std::size_t most)
      : standardiser_{standardiser},
        rows_(static_cast<Eigen::Index>(most),
              static_cast<Eigen::Index>(standardiser.dimensions())) {}

  void add(std::span<const float> raw) {
    const auto wide = standardiser_.dimensions();
    standardiser_.apply(raw, {rows_.data() + count_++ * wide, wide});
  }
  void clear() { count_ = 0; }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] auto rows() const { return rows_.topRows(static_cast<Eigen::Index>(count_)); }

 private:
  const Standardiser& standardiser_;
  Rows rows_;
  std::size_t count_ = 0;
};

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

// What is left of a song that lies in the middle is rounding, and rounding is no direction.
constexpr float kNoDirection = 1e-6F;

void put_row(const Rows& projected, Eigen::Index from, std::span<float> to) {
  const float length = projected.row(from).norm();
  if (length <= kNoDirection) return;
  for (std::size_t i = 0; i < to.size(); ++i)
    to[i] = projected(from, static_cast<Eigen::Index>(i)) / length;
}

}  // namespace

Result<SoundSpace> SoundSpace::learn(Standardiser standardiser, std::size_t songs,
                                     const Pass& pass) {
  SoundSpace made;
  made.standardiser_ = std::move(standardiser);
  const auto wide = made.standardiser_.dimensions();
  if (songs == 0 || wide == 0) return made;
  const std::size_t count = std::min(songs, kComponentSongs);
  Standardised sample{made.standardiser_, count};
  std::size_t passed = 0;
  HARMONIC_CHECK(pass([&](std::span<const float> raw) {
    if (raw.empty()) return;
    if (sample.count() < count && passed == sample.count() * songs / count) sample.add(raw);
    ++passed;
  }));
  const Rows components = components_of(sample.rows(), std::min(wide, kSoundDimensions));
  made.dimensions_ = static_cast<std::size_t>(components.cols());
  made.components_.assign(components.data(), components.data() + components.size());
  return made;
}

Result<void> SoundSpace::project(
    const Pass& pass, const std::function<void(std::size_t, std::span<const float>)>& put) const {
  const std::vector<float> none(dimensions_);
  const Eigen::Map<const Rows> components{components_.data(),
                                          static_cast<Eigen::Index>(standardiser_.dimensions()),
                                          static_cast<Eigen::Index>(dimensions_)};
  Standardised block{standardiser_, kBlock};
  std::vector<std::size_t> places;  // of the songs in the block
  std::vector<float> unit(dimensions_);
  const auto flush = [&] {
    const Rows projected = block.rows() * components;
    for (std::size_t k = 0; k < places.size(); ++k) {
      std::fill(unit.begin(), unit.end(), 0.0F);
      put_row(projected, static_cast<Eigen::Index>(k), unit);
      put(places[k], unit);
    }
    block.clear();
    places.clear();
  };
  std::size_t place = 0;
  HARMONIC_CHECK(pass([&](std::span<const float> raw) {
    if (raw.empty()) {
      put(place++, none);
      return;
    }
    block.add(raw);
    places.push_back(place++);
    if (places.size() == kBlock) flush();
  }));
  flush();
  return {};
}

}  // namespace harmonic::recommend
