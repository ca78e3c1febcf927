#include "train/learner.h"

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "evaluate/fer2013.h"
#include "train/network.h"

namespace harmonic::train {
namespace {

constexpr auto kSide = evaluate::kFaceSide;
constexpr auto kFer2013Logits = static_cast<std::int64_t>(evaluate::kFer2013Count);
constexpr auto kFerPlusLogits = static_cast<std::int64_t>(affect::kEmotionCount);

/// The parts of AVX-512 that libtorch's loops are compiled for.
bool has_avx512() {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
}

/// bfloat16 for what autocast lists, on either kind of device, while it lives.
class HalfPrecision {
 public:
  explicit HalfPrecision(torch::Device device) : gpu_{device.is_cuda()} {
    at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
    at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
    if (gpu_) at::autocast::set_enabled(true);
    if (!gpu_ && __builtin_cpu_supports("avx512bf16") != 0) at::autocast::set_cpu_enabled(true);
  }
  ~HalfPrecision() {
    at::autocast::clear_cache();
    if (gpu_) at::autocast::set_enabled(false);
    if (!gpu_) at::autocast::set_cpu_enabled(false);
  }
  HalfPrecision(const HalfPrecision&) = delete;
  HalfPrecision& operator=(const HalfPrecision&) = delete;

 private:
  bool gpu_;
};

torch::Tensor tensor_of(std::span<const float> images, torch::Device device) {
  const auto count = static_cast<std::int64_t>(images.size() / evaluate::kFacePixels);
  const auto plain = torch::empty({count, 1, kSide, kSide});
  std::copy(images.begin(), images.end(), plain.data_ptr<float>());
  return plain.to(device).contiguous(at::MemoryFormat::ChannelsLast);
}

/// The batch's targets as [n, 17]: 7 + 8 shares, then the two weights.
torch::Tensor tensor_of(const std::vector<Target>& targets, torch::Device device) {
  const auto rows = torch::empty(
      {static_cast<std::int64_t>(targets.size()), static_cast<std::int64_t>(kLogitCount) + 2});
  auto* out = rows.data_ptr<float>();
  for (const auto& target : targets) {
    out = std::copy(target.fer2013.begin(), target.fer2013.end(), out);
    out = std::copy(target.ferplus.begin(), target.ferplus.end(), out);
    *out++ = target.fer2013_weight;
    *out++ = target.ferplus_weight;
  }
  return rows.to(device);
}

torch::Tensor loss_of(const torch::Tensor& logits, const torch::Tensor& targets) {
  const auto heads = logits.split_with_sizes({kFer2013Logits, kFerPlusLogits}, 1);
  const auto wanted = targets.split_with_sizes({kFer2013Logits, kFerPlusLogits, 1, 1}, 1);
  const auto cross = [](const torch::Tensor& said, const torch::Tensor& want,
                        const torch::Tensor& weight) {
    const auto each = -(want * torch::log_softmax(said, 1)).sum(1, true);
    return (each * weight).sum() / weight.sum().clamp_min(1);
  };
  return cross(heads[0], wanted[0], wanted[2]) + cross(heads[1], wanted[1], wanted[3]);
}

using Net = std::shared_ptr<torch::nn::Module>;

/// Steps after which the average is as slow as it gets.
constexpr std::int64_t kGrown = 100'000;

std::vector<torch::Tensor> state_of(const Net& net) {
  auto state = net->parameters();
  for (const auto& buffer : net->buffers()) state.push_back(buffer);
  return state;
}

}  // namespace

struct Learner::Inside {
  LearnerSettings settings;
  torch::Device device;
  Net net;
  Net average;
  torch::optim::SGD optimiser;
  std::int64_t steps = 0;

  explicit Inside(const LearnerSettings& wanted)
      : settings{wanted},
        device{torch::cuda::is_available() ? torch::kCUDA : torch::kCPU},
        net{network_of(wanted.plan)},
        average{network_of(wanted.plan)},
        optimiser{groups_of(place(net), wanted), torch::optim::SGDOptions(0.0)} {
    place(average);
    average->eval();
    blend(0);
  }

  /// Moves a network to the device, its kernels with the channel innermost: vectors of the
  /// processor run along it.
  Net place(Net which) const {
    which->to(device);
    for (auto& p : which->parameters()) {
      if (p.dim() == 4) p.set_data(p.contiguous(at::MemoryFormat::ChannelsLast));
    }
    return which;
  }

  /// Decay pulls on what multiplies the picture, not on biases and norms.
  static std::vector<torch::optim::OptimizerParamGroup> groups_of(const Net& net,
                                                                  const LearnerSettings& wanted) {
    std::vector<torch::Tensor> weights;
    std::vector<torch::Tensor> others;
    for (const auto& p : net->parameters()) (p.dim() > 1 ? weights : others).push_back(p);
    const auto options = [&](double decay) {
      auto sgd = std::make_unique<torch::optim::SGDOptions>(0.0);
      sgd->momentum(wanted.momentum).nesterov(true).weight_decay(decay);
      return sgd;
    };
    std::vector<torch::optim::OptimizerParamGroup> groups;
    groups.emplace_back(std::move(weights), options(wanted.weight_decay));
    groups.emplace_back(std::move(others), options(0));
    return groups;
  }

  /// average <- keep * average + (1 - keep) * net, norms' statistics included.
  void blend(double keep) const {
    const torch::NoGradGuard guard;
    const auto from = state_of(net);
    auto to = state_of(average);
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (from[i].is_floating_point()) {
        to[i].lerp_(from[i], 1 - keep);
      } else {
        to[i].copy_(from[i]);
      }
    }
  }

  float step(const Batch& batch, double rate) {
    for (auto& group : optimiser.param_groups()) {
      group.options().set_lr(rate);
    }
    net->train();
    optimiser.zero_grad();
    const auto images = tensor_of(batch.images, device);
    torch::Tensor logits;
    {
      const HalfPrecision half{device};
      logits = logits_of(*net, images);
    }
    const auto loss = loss_of(logits, tensor_of(batch.targets, device));
    loss.backward();
    optimiser.step();
    ++steps;
    // While it is young, the average follows quickly: it began at random weights.
    blend(std::min(settings.average_decay,
                   static_cast<double>(steps) / static_cast<double>(steps + 10)));
    return loss.item<float>();
  }

  std::vector<float> logits(std::span<const float> images) {
    const torch::NoGradGuard guard;
    return values_of(logits_of(*average, tensor_of(images, device)));
  }

  void save(const std::filesystem::path& file) const {
    torch::serialize::OutputArchive archive;
    std::array<torch::serialize::OutputArchive, 3> parts;
    net->save(parts[0]);
    average->save(parts[1]);
    optimiser.save(parts[2]);
    archive.write("net", parts[0]);
    archive.write("average", parts[1]);
    archive.write("optimiser", parts[2]);
    archive.write("steps", torch::tensor(steps), true);
    archive.save_to(file.string());
  }

  void load(const std::filesystem::path& file, Part part) {
    torch::serialize::InputArchive archive;
    archive.load_from(file.string(), device);
    std::array<torch::serialize::InputArchive, 3> parts;
    archive.read("net", parts[0]);
    archive.read("average", parts[1]);
    archive.read("optimiser", parts[2]);
    torch::Tensor count;
    archive.read("steps", count, true);
    net->load(parts[0]);
    average->load(parts[1]);
    if (part == Part::kAll) optimiser.load(parts[2]);
    steps = count.item<std::int64_t>();
    place(net);
    place(average);
  }

  void take(const FoldedNet& folded, const std::function<std::vector<float>()>& faces) {
    unfold(*net, folded);
    for (auto images = faces(); !images.empty(); images = faces()) {
      watch(*net, tensor_of(images, device));
    }
    settle(*net);
    blend(0);
    steps = kGrown;
  }
};

Learner::Learner(std::unique_ptr<Inside> inside) : inside_{std::move(inside)} {}
Learner::~Learner() = default;
Learner::Learner(Learner&&) noexcept = default;
Learner& Learner::operator=(Learner&&) noexcept = default;

namespace {

tl::unexpected<Error> torch_failed(ErrorKind kind, std::string_view what, const std::exception& e) {
  const std::string_view words{e.what()};
  return fail(kind, std::string{what} + ": " + std::string{words.substr(0, words.find('\n'))});
}

}  // namespace

Result<Learner> Learner::create(const LearnerSettings& settings) {
  try {
    // libtorch 1.13 takes AVX2 for its own loops unless told, and believes what it is told.
    if (has_avx512()) setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
    at::set_num_threads(settings.threads);
    torch::manual_seed(settings.seed);
    return Learner{std::make_unique<Inside>(settings)};
  } catch (const std::exception& e) {
    return torch_failed(ErrorKind::kUnavailable, "the network cannot be made", e);
  }
}

void Learner::start_epoch(std::uint64_t seed) { torch::manual_seed(seed); }

Result<float> Learner::step(const Batch& batch, double rate) {
  try {
    const float loss = inside_->step(batch, rate);
    if (!std::isfinite(loss)) {
      return fail(ErrorKind::kUnavailable, "the loss is no number any more: lower --rate");
    }
    return loss;
  } catch (const std::exception& e) {
    return torch_failed(ErrorKind::kUnavailable, "a training step failed", e);
  }
}

Result<std::vector<float>> Learner::logits(std::span<const float> images) const {
  try {
    return inside_->logits(images);
  } catch (const std::exception& e) {
    return torch_failed(ErrorKind::kUnavailable, "the network could not be asked", e);
  }
}

Result<void> Learner::save(const std::filesystem::path& file) const {
  const auto partial = file.string() + ".partial";
  try {
    inside_->save(partial);
    std::filesystem::rename(partial, file);
    return {};
  } catch (const std::exception& e) {
    return torch_failed(ErrorKind::kUnavailable, file.string() + " cannot be written", e);
  }
}

Result<void> Learner::load(const std::filesystem::path& file) { return load(file, Part::kAll); }

Result<void> Learner::begin_at(const std::filesystem::path& file) {
  return load(file, Part::kWeights);
}

Result<void> Learner::load(const std::filesystem::path& file, Part part) {
  if (!std::filesystem::exists(file)) {
    return fail(ErrorKind::kNotFound, file.string() + " does not exist: train first");
  }
  try {
    inside_->load(file, part);
    return {};
  } catch (const std::exception& e) {
    return torch_failed(ErrorKind::kCorrupt, file.string() + " is no checkpoint of this network",
                        e);
  }
}

namespace {

/// Whether all numbers are alike but for rounding.
bool alike(const FoldedNet& a, const FoldedNet& b) {
  const auto near = [](float x, float y) {
    return std::abs(x - y) <= 1e-4F * std::max(1.0F, std::abs(x));
  };
  return std::ranges::equal(a.steps, b.steps, [near](const auto& x, const auto& y) {
    return std::ranges::equal(x.weight, y.weight, near) && std::ranges::equal(x.bias, y.bias, near);
  });
}

}  // namespace

Result<void> Learner::begin_at(const FoldedNet& net,
                               const std::function<std::vector<float>()>& faces) {
  try {
    inside_->take(net, faces);
  } catch (const std::exception& e) {
    return torch_failed(ErrorKind::kUnavailable, "the network cannot go on from another", e);
  }
  if (!alike(folded(), net)) {
    return fail(ErrorKind::kInvalidInput,
                "this recipe cannot go on from a network whose certainty was set after training: "
                "export it with --raw");
  }
  return {};
}

FoldedNet Learner::folded() const {
  const torch::NoGradGuard guard;
  return train::folded(*inside_->average);
}

}  // namespace harmonic::train
