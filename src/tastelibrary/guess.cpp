#include "tastelibrary/guess.h"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <array>
#include <optional>

namespace harmonic::tastelibrary {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;
using Eigen::Index;

constexpr std::array kRidges{0.1, 1.0, 10.0, 100.0, 1000.0};

Eigen::RowVectorXd row_of(std::span<const float> values) {
  return Eigen::Map<const Eigen::RowVectorXf>{values.data(), static_cast<Index>(values.size())}
      .cast<double>();
}

struct Known {
  Matrix sounds;  ///< less their mean
  Matrix places;  ///< less their mean
  Eigen::RowVectorXd mean_sound;
  Eigen::RowVectorXd mean_place;
};

Known known_of(const recommend::Snapshot& songs, const Places& places) {
  std::vector<std::size_t> both;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    if (places.placed[i] && songs.has_sound(i)) both.push_back(i);
  }
  Known known{
      Matrix(both.size(), songs.dimensions()), Matrix(both.size(), places.dimensions), {}, {}};
  for (std::size_t k = 0; k < both.size(); ++k) {
    known.sounds.row(static_cast<Index>(k)) = row_of(songs.sound(both[k]));
    known.places.row(static_cast<Index>(k)) =
        row_of(std::span{places.rows}.subspan(both[k] * places.dimensions, places.dimensions));
  }
  if (both.size() < kFewestKnown) return known;
  known.mean_sound = known.sounds.colwise().mean();
  known.mean_place = known.places.colwise().mean();
  known.sounds.rowwise() -= known.mean_sound;
  known.places.rowwise() -= known.mean_place;
  return known;
}

/// Sounds to places: the map with the least error on what it was not learned from, if that is less
/// than the mean place has.
std::optional<Matrix> learn_map(const Known& known) {
  const auto n = static_cast<double>(known.sounds.rows());
  const Eigen::SelfAdjointEigenSolver<Matrix> solver{known.sounds.transpose() * known.sounds};
  const Vector strengths = solver.eigenvalues().cwiseMax(0.0);
  const Matrix turned = known.sounds * solver.eigenvectors();
  const Matrix told = turned.transpose() * known.places;
  // The mean is told by the song itself, too: by 1 / n.
  double least = known.places.squaredNorm() / ((1.0 - 1.0 / n) * (1.0 - 1.0 / n));
  std::optional<Matrix> best;
  for (const double ridge : kRidges) {
    const Vector eased = (strengths.array() + ridge).inverse();
    const Matrix map = eased.asDiagonal() * told;
    const Vector own = (turned.cwiseAbs2() * eased).array() + 1.0 / n;
    const Matrix missed =
        (1.0 - own.array()).inverse().matrix().asDiagonal() * (known.places - turned * map);
    if (missed.squaredNorm() >= least) continue;
    least = missed.squaredNorm();
    best = solver.eigenvectors() * map;
  }
  return best;
}

}  // namespace

std::size_t guess_places(const recommend::Snapshot& songs, Places& places) {
  const auto known = known_of(songs, places);
  if (known.mean_sound.size() == 0) return 0;
  const auto map = learn_map(known);
  if (!map) return 0;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    if (places.placed[i] || !songs.has_sound(i)) continue;
    const Eigen::RowVectorXd place =
        known.mean_place + (row_of(songs.sound(i)) - known.mean_sound) * *map;
    Eigen::Map<Eigen::RowVectorXf>{&places.rows[i * places.dimensions], place.size()} =
        place.cast<float>();
    places.placed[i] = true;
    ++filled;
  }
  return filled;
}

}  // namespace harmonic::tastelibrary
