// Module classic: what the field was built on before convolutional networks, on the same faces and
// through the same figures as the network that ships.
//
// Uses     base, image, affect, face, evaluate.  Used by the apps.
// Threads  everything is a pure function of its arguments and of the files that it names.
// Read     recipe.h joins the parts: features.h, geometry.h, projection.h, learner.h; measure.h
//          gives the figures, cache.h keeps them, table.h prints them.
//
// classic/rows.h - numbers of many faces, a row each.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace harmonic::classic {

/// f32 [size(), width], row-major, and a FER2013 label 0..6 for each row.
struct Rows {
  std::size_t width = 0;
  std::vector<float> values;
  std::vector<std::uint8_t> labels;

  [[nodiscard]] std::size_t size() const { return labels.size(); }
  [[nodiscard]] std::span<const float> row(std::size_t i) const {
    return std::span{values}.subspan(i * width, width);
  }
  /// The first row sets the width.
  void add(std::span<const float> row, std::uint8_t label) {
    assert(labels.empty() || row.size() == width);
    width = row.size();
    values.insert(values.end(), row.begin(), row.end());
    labels.push_back(label);
  }
};

/// Indices of at most about `most` labels (0: of all), rising; each label keeps its share, at least
/// one where it occurs, and is taken at even steps. The same in every run.
[[nodiscard]] std::vector<std::size_t> stratified(std::span<const std::uint8_t> labels,
                                                  std::size_t most);

/// The rows that stratified() names.
[[nodiscard]] Rows subset_of(const Rows& rows, std::size_t most);

}  // namespace harmonic::classic
