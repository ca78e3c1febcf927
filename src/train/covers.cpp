#include "train/covers.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numbers>
#include <span>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/dice.h"
#include "base/digest.h"
#include "base/whole_file.h"
#include "evaluate/fer2013.h"
#include "train/augment.h"
#include "train/feed.h"
#include "train/network.h"
#include "train/onnx_writer.h"

namespace harmonic::train {
namespace {

using evaluate::Cover;
using evaluate::kFacePixels;
using evaluate::LabelledFaces;
using evaluate::Place;

constexpr std::size_t kParts = kCoveredParts.size();
constexpr std::size_t kBatch = 128;
constexpr double kRate = 2e-3;
// Of the faces of an epoch: either part, both, or a harmless place as well.
constexpr float kEyesShare = 0.3F, kMouthShare = 0.35F, kElsewhereShare = 0.2F;
constexpr Distortions kDistortions{.hard = 0.3F, .mixed = 0, .erased = 0, .moved = 0.6F};

struct Layer {
  int in, out, kernel, stride;
};
constexpr std::array kConvolutions{Layer{1, 12, 3, 2}, Layer{12, 24, 3, 2}, Layer{24, 32, 3, 2}};
constexpr int kFlat = 32 * 6 * 6, kHidden = 32;

class NetImpl : public torch::nn::Module {
 public:
  NetImpl() {
    for (const auto& layer : kConvolutions) {
      convolutions_->push_back(
          torch::nn::Conv2d(torch::nn::Conv2dOptions(layer.in, layer.out, layer.kernel)
                                .stride(layer.stride)
                                .padding(layer.kernel / 2)));
    }
    register_module("convolutions", convolutions_);
    register_module("hidden", hidden_);
    register_module("out", out_);
  }

  torch::Tensor forward(torch::Tensor x) {
    for (const auto& layer : *convolutions_)
      x = torch::relu(layer->as<torch::nn::Conv2d>()->forward(x));
    x = torch::dropout(torch::relu(hidden_(x.flatten(1))), 0.2, is_training());
    return out_(x);
  }

  [[nodiscard]] std::vector<FoldedStep> steps() const {
    FoldedNet net;
    for (std::size_t i = 0; i < kConvolutions.size(); ++i) {
      const auto& layer = kConvolutions.at(i);
      const auto& conv = *convolutions_->ptr(i)->as<torch::nn::Conv2d>();
      net.add({.operation = Operation::kConv,
               .inputs = last(net),
               .in = layer.in,
               .out = layer.out,
               .kernel = layer.kernel,
               .stride = layer.stride,
               .weight = values_of(conv.weight),
               .bias = values_of(conv.bias)});
      net.add(Operation::kRelu, last(net));
    }
    net.add(Operation::kFlatten, last(net));
    net.add(linear(net, *hidden_, kFlat, kHidden));
    net.add(Operation::kRelu, last(net));
    net.add(linear(net, *out_, kHidden, kParts));
    return std::move(net.steps);
  }

 private:
  static std::vector<std::size_t> last(const FoldedNet& net) {
    return net.steps.empty() ? std::vector<std::size_t>{}
                             : std::vector<std::size_t>{net.steps.size() - 1};
  }
  static FoldedStep linear(const FoldedNet& net, const torch::nn::LinearImpl& layer, int in,
                           std::size_t out) {
    return {.operation = Operation::kLinear,
            .inputs = last(net),
            .in = in,
            .out = static_cast<int>(out),
            .weight = values_of(layer.weight),
            .bias = values_of(layer.bias)};
  }

  torch::nn::ModuleList convolutions_;
  torch::nn::Linear hidden_{kFlat, kHidden}, out_{kHidden, static_cast<int>(kParts)};
};
TORCH_MODULE(Net);

using Shares = std::array<float, kParts>;  ///< 0 .. 1 of each part, or logits

torch::Tensor tensor_of(std::span<const float> faces) {
  const auto count = static_cast<std::int64_t>(faces.size() / kFacePixels);
  auto tensor = torch::empty({count, 1, evaluate::kFaceSide, evaluate::kFaceSide});
  std::copy(faces.begin(), faces.end(), tensor.data_ptr<float>());
  return tensor;
}

/// What the network says of faces, of which `face(i, out)` prepares one.
template <typename Face>
std::vector<Shares> logits_of(Net& net, std::size_t count, Face face) {
  const torch::NoGradGuard guard;
  net->eval();
  std::vector<Shares> all(count);
  std::vector<float> faces;
  for (std::size_t first = 0; first < count; first += kBatch) {
    const auto n = std::min(kBatch, count - first);
    faces.resize(n * kFacePixels);
    for (std::size_t i = 0; i < n; ++i)
      face(first + i, std::span{faces}.subspan(i * kFacePixels, kFacePixels));
    const auto said = net->forward(tensor_of(faces)).contiguous();
    for (std::size_t i = 0; i < n; ++i)
      std::copy_n(said.data_ptr<float>() + i * kParts, kParts, all[first + i].begin());
  }
  return all;
}

class Trainer {
 public:
  Trainer(const CoverSettings& settings, const LabelledFaces& faces)
      : settings_{settings}, faces_{faces}, doubtful_(faces.size()) {}

  double epoch(int number) {
    net_->train();
    const auto rows = shuffled_rows(faces_, settings_.seed, static_cast<std::uint64_t>(number));
    double sum = 0;
    std::size_t batches = 0;
    for (std::size_t first = 0; first + kBatch <= rows.size(); first += kBatch, ++batches) {
      const double done =
          (number - 1 + static_cast<double>(first) / static_cast<double>(rows.size())) /
          settings_.epochs;
      sum += step(std::span{rows}.subspan(first, kBatch), number,
                  kRate * (1 + std::cos(std::numbers::pi * done)) / 2);
    }
    return sum / static_cast<double>(std::max<std::size_t>(1, batches));
  }

  /// From now on nothing is learned from the parts that seem to be covered in the archive itself.
  void leave_out_what_seems_covered() {
    const auto said = logits_of(net_, faces_.size(), [&](std::size_t i, std::span<float> out) {
      prepare(faces_.image(i), out);
    });
    for (std::size_t i = 0; i < said.size(); ++i) {
      for (std::size_t part = 0; part < kParts; ++part)
        doubtful_[i].at(part) = said[i].at(part) > 0 ? 1 : 0;
    }
  }

  [[nodiscard]] Net& net() { return net_; }

 private:
  double step(std::span<const std::uint32_t> rows, int number, double rate) {
    std::vector<float> images(rows.size() * kFacePixels);
    const auto count = static_cast<std::int64_t>(rows.size());
    const auto wanted = torch::zeros({count, static_cast<std::int64_t>(kParts)});
    const auto weight = torch::ones_like(wanted);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto covered =
          show(rows[i], number, std::span{images}.subspan(i * kFacePixels, kFacePixels));
      for (std::size_t part = 0; part < kParts; ++part) {
        const auto at = i * kParts + part;
        wanted.data_ptr<float>()[at] = covered.at(part) ? 1.0F : 0.0F;
        if (!covered.at(part) && doubtful_[rows[i]].at(part) != 0) weight.data_ptr<float>()[at] = 0;
      }
    }
    for (auto& group : optimiser_.param_groups()) group.options().set_lr(rate);
    optimiser_.zero_grad();
    const auto loss =
        torch::binary_cross_entropy_with_logits(net_->forward(tensor_of(images)), wanted, weight);
    loss.backward();
    optimiser_.step();
    return loss.item<double>();
  }

  /// A face as the network sees it in this epoch, and which parts are hidden.
  std::array<bool, kParts> show(std::uint32_t row, int number, std::span<float> out) {
    Dice dice{settings_.seed, static_cast<std::uint64_t>(number), row};
    const auto picture = faces_.image(row);
    std::vector<std::uint8_t> face{picture.begin(), picture.end()};
    const auto draw = [&](Place place) {
      Cover cover{};
      do {
        cover = static_cast<Cover>(dice.below(evaluate::kCoverNames.size()));
      } while (!can_lie(cover, place) || cover == settings_.unseen);
      draw_cover(face, cover, place, faces_.image(dice.below(faces_.size())), dice);
    };
    if (dice.chance(kElsewhereShare)) draw(Place::kElsewhere);
    const std::array covered{dice.chance(kEyesShare), dice.chance(kMouthShare)};
    for (std::size_t part = 0; part < kParts; ++part) {
      if (covered.at(part)) draw(kCoveredParts.at(part));
    }
    distort(face, dice, kDistortions, out);
    return covered;
  }

  const CoverSettings& settings_;
  const LabelledFaces& faces_;
  std::vector<std::array<std::uint8_t, kParts>> doubtful_;
  Net net_;
  torch::optim::Adam optimiser_{net_->parameters(), torch::optim::AdamOptions(kRate)};
};

/// What the network says of `faces` with a cover drawn over a part of each.
std::vector<Shares> with_cover(Net& net, const LabelledFaces& faces, Cover cover, Place place) {
  return logits_of(net, faces.size(), [&](std::size_t i, std::span<float> out) {
    Dice dice{static_cast<std::uint64_t>(cover), static_cast<std::uint64_t>(place), i};
    const auto picture = faces.image(i);
    std::vector<std::uint8_t> face{picture.begin(), picture.end()};
    draw_cover(face, cover, place, faces.image((i + 1) % faces.size()), dice);
    prepare(face, out);
  });
}

double share_above(const std::vector<Shares>& said, std::size_t part, float bound) {
  const auto above =
      std::ranges::count_if(said, [&](const Shares& one) { return one.at(part) > bound; });
  return static_cast<double>(above) / static_cast<double>(std::max<std::size_t>(1, said.size()));
}

/// The bounds, and what is found with them.
struct Measured {
  Shares bounds{};
  CoverScores scores;
};

Measured measure(Net& net, const LabelledFaces& faces) {
  Measured measured;
  auto bare = logits_of(net, faces.size(),
                        [&](std::size_t i, std::span<float> out) { prepare(faces.image(i), out); });
  for (std::size_t part = 0; part < kParts; ++part) {
    const auto allowed =
        static_cast<std::ptrdiff_t>(kFalseCovers * static_cast<double>(bare.size()));
    std::nth_element(bare.begin(), bare.begin() + allowed, bare.end(),
                     [part](const Shares& a, const Shares& b) { return a.at(part) > b.at(part); });
    measured.bounds.at(part) = bare[static_cast<std::size_t>(allowed)].at(part);
    measured.scores.at_rest.at(part) = share_above(bare, part, measured.bounds.at(part));
    for (std::size_t cover = 0; cover < evaluate::kCoverNames.size(); ++cover) {
      const auto what = static_cast<Cover>(cover);
      const auto place = kCoveredParts.at(part);
      measured.scores.found.at(part).at(cover) =
          can_lie(what, place)
              ? share_above(with_cover(net, faces, what, place), part, measured.bounds.at(part))
              : -1;
    }
  }
  return measured;
}

nlohmann::ordered_json manifest_of(const CoverSettings& settings, const Measured& measured,
                                   const std::string& weights) {
  nlohmann::ordered_json outputs = nlohmann::ordered_json::array();
  nlohmann::ordered_json found;
  for (std::size_t part = 0; part < kParts; ++part) {
    const auto* name = kCoveredPartNames.at(part);
    outputs.push_back({{"label", name}, {"bound", measured.bounds.at(part)}});
    found[name]["nothing drawn"] = measured.scores.at_rest.at(part);
    for (std::size_t cover = 0; cover < evaluate::kCoverNames.size(); ++cover) {
      const double share = measured.scores.found.at(part).at(cover);
      if (share >= 0) found[name][std::string{evaluate::kCoverNames.at(cover)}] = share;
    }
  }
  return {{"name", "cover"},
          {"file", "cover.onnx"},
          {"sha256", sha256_hex(weights)},
          {"input",
           {{"name", kInputName}, {"preprocess", "standardise"}, {"epsilon", kStandardiseEpsilon}}},
          {"output", {{"name", "covered"}, {"logits", outputs}}},
          {"training",
           {{"command", settings.command}, {"seed", settings.seed}, {"epochs", settings.epochs}}},
          {"taken for covered on PublicTest", found},
          {"licence", "GPL-3.0-or-later"}};
}

Result<CoverScores> learn(const CoverSettings& settings, const LabelledFaces& training,
                          const LabelledFaces& chosen_on, const OnCoverEpoch& on_epoch) {
  torch::set_num_threads(1);
  torch::manual_seed(settings.seed);
  Trainer trainer{settings, training};
  for (int number = 1; number <= settings.epochs; ++number) {
    on_epoch(number, settings.epochs, trainer.epoch(number));
    if (number == settings.epochs / 2) trainer.leave_out_what_seems_covered();
  }
  const auto measured = measure(trainer.net(), chosen_on);
  const auto steps = trainer.net()->steps();
  const std::array outputs{Output{"covered", steps.size() - 1}};
  const auto weights = to_onnx("cover", steps, outputs);
  std::error_code ignored;  // what cannot be made cannot be written to, which is told
  std::filesystem::create_directories(settings.out, ignored);
  HARMONIC_CHECK(write_whole(settings.out / "cover.onnx", weights));
  HARMONIC_CHECK(write_whole(settings.out / "manifest.json",
                             manifest_of(settings, measured, weights).dump(2) + "\n"));
  return measured.scores;
}

}  // namespace

Result<CoverScores> train_covers(const CoverSettings& settings, const OnCoverEpoch& on_epoch) {
  HARMONIC_TRY(auto training, evaluate::read_split(settings.data, evaluate::Split::kTraining));
  HARMONIC_TRY(auto chosen_on, evaluate::read_split(settings.data, evaluate::Split::kPublicTest));
  evaluate::keep_first(training, settings.limit);
  evaluate::keep_first(chosen_on, settings.limit);
  try {
    return learn(settings, training, chosen_on, on_epoch);
  } catch (const std::exception& error) {
    return fail(ErrorKind::kUnavailable, std::string{"libtorch: "} + error.what());
  }
}

}  // namespace harmonic::train
