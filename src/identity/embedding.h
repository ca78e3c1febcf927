// identity/embedding.h - the recogniser that this project trained.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "identity/recogniser.h"

namespace harmonic::identity {

/// y[j] = scale[j] * sum over i of projection[j][i] * descriptor[i] - offset[j], and how y spreads
/// among people who were learned from. Every vector has `outputs` numbers, `projection` has outputs
/// * inputs, row by row.
struct EmbeddingWeights {
  std::size_t inputs = 0, outputs = 0;
  std::vector<float> scale, offset;
  std::vector<float> total;    ///< variance of y, > 0
  std::vector<float> within;   ///< of one person around themselves, lengths made equal, > 0
  std::vector<float> between;  ///< of people around all, lengths made equal, > 0
  std::vector<std::int8_t> projection;
};

/// The file: "HFID", then u32 version 1, inputs and outputs, the five vectors of f32 in the order
/// above, the projection; all little-endian.
[[nodiscard]] std::string encode_weights(const EmbeddingWeights& weights);

/// Errors  kCorrupt: not such a file, cut off, longer than it says, or numbers that cannot be.
[[nodiscard]] Result<EmbeddingWeights> decode_weights(std::string_view bytes);

/// A score is the logarithm of how much likelier two sets of pictures are if they show one person
/// than if they show two, under Gaussian people and Gaussian pictures of each.
///
/// The middle of all listeners (drawn halfway to the middle of the people learned from when there
/// are two) is taken off first: what a household's camera and lamps do to everybody tells nobody
/// apart, and would make every visitor seem like a listener. Then lengths are made equal.
/// Source  Prince, Elder, "Probabilistic linear discriminant analysis for inferences about
/// identity", ICCV 2007; Garcia-Romero, Espy-Wilson, "Analysis of i-vector length normalization",
/// Interspeech 2011.
/// `weights.inputs` is kDescriptorLength.
[[nodiscard]] std::unique_ptr<Recogniser> make_embedding(EmbeddingWeights weights);

/// Row `j` of the projection times a descriptor, for who fits the weights; without scale, offset.
[[nodiscard]] float projected(const EmbeddingWeights& weights, std::size_t j,
                              const std::vector<float>& descriptor);

/// A vector brought to the length that one of its dimension has on average. In place.
void make_length_equal(std::vector<double>& y, const std::vector<float>& total);

}  // namespace harmonic::identity
