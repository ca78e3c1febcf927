// train/network.h - a plan as libtorch's modules. libtorch's types are named here, never defined:
// its headers stay in the .cpp files.
#pragma once

#include <memory>
#include <vector>

#include "train/plan.h"

namespace at {  // NOLINT(readability-identifier-naming): libtorch's name
class Tensor;
}
namespace torch::nn {  // NOLINT(readability-identifier-naming): libtorch's name
class Module;
}

namespace harmonic::train {

/// A network with random weights. Parameters are named as checkpoints know them.
[[nodiscard]] std::shared_ptr<torch::nn::Module> network_of(const NetPlan& plan);

/// `network` is of network_of(). faces: f32 [n, 1, 48, 48]; f32 [n, kLogitCount].
[[nodiscard]] at::Tensor logits_of(torch::nn::Module& network, const at::Tensor& faces);

/// The network with every batch norm folded into its convolution.
[[nodiscard]] FoldedNet folded(const torch::nn::Module& network);

/// The other way: `network` computes what `net` does, which was folded from one of the same plan.
/// Its norms stand for none until they have watched faces and are settled. Nothing is promised
/// where `net` was changed after it was folded: compare folded() with it.
void unfold(torch::nn::Module& network, const FoldedNet& net);
/// Shows it faces, f32 [n, 1, 48, 48], so that each norm learns what its convolution gives.
void watch(torch::nn::Module& network, const at::Tensor& faces);
/// Sets each norm to what it watched; the network computes the same as before.
void settle(torch::nn::Module& network);

/// The numbers of a tensor in its logical order, whatever its layout.
[[nodiscard]] std::vector<float> values_of(const at::Tensor& tensor);

}  // namespace harmonic::train
