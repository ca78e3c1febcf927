// The one file that knows libtorch: a plan becomes its modules, and these learn. It is long because
// no header may name the library's types.
#include "train/learner.h"

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "evaluate/fer2013.h"

namespace harmonic::train {
namespace {

constexpr double kDropout = 0.2;
constexpr auto kSide = evaluate::kFaceSide;
constexpr auto kFer2013Logits = static_cast<std::int64_t>(evaluate::kFer2013Count);
constexpr auto kFerPlusLogits = static_cast<std::int64_t>(affect::kEmotionCount);

std::vector<float> values_of(const torch::Tensor& tensor) {
  const auto plain = tensor.detach().to(torch::kCPU, torch::kFloat).contiguous().flatten();
  return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

class LayerImpl : public torch::nn::Module {
 public:
  virtual torch::Tensor forward(torch::Tensor x) = 0;
  /// Adds the layer as it is shipped, reading step `from` (none: the face); its last step.
  virtual std::size_t fold_into(FoldedNet& net, const std::vector<std::size_t>& from) const = 0;
};

torch::nn::Conv2d conv_of(int in, int out, int kernel, int stride, int groups) {
  return torch::nn::Conv2d{torch::nn::Conv2dOptions(in, out, kernel)
                               .stride(stride)
                               .padding(kernel / 2)
                               .groups(groups)
                               .bias(false)};
}

/// A convolution without its numbers.
FoldedStep folded_shape(const torch::nn::Conv2d& conv, const std::vector<std::size_t>& from) {
  const auto& options = conv->options;
  FoldedStep step;
  step.operation = Operation::kConv;
  step.inputs = from;
  step.in = static_cast<int>(options.in_channels());
  step.out = static_cast<int>(options.out_channels());
  step.kernel = static_cast<int>(options.kernel_size()->at(0));
  step.stride = static_cast<int>(options.stride()->at(0));
  step.groups = static_cast<int>(options.groups());
  return step;
}

class ConvNormImpl : public LayerImpl {
 public:
  ConvNormImpl(int in, int out, int kernel, int stride, bool relu)
      : conv{register_module("conv", conv_of(in, out, kernel, stride, 1))},
        norm{register_module("norm", torch::nn::BatchNorm2d{out})},
        relu_{relu} {
    torch::nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
  }
  torch::Tensor forward(torch::Tensor x) override {
    x = norm(conv(x));
    return relu_ ? x.relu_() : x;
  }

  /// norm(conv(x)) = conv'(x) + bias' with the weights scaled by gamma / sqrt(var + eps).
  std::size_t fold_into(FoldedNet& net, const std::vector<std::size_t>& from) const override {
    const auto scale = norm->weight / torch::sqrt(norm->running_var + norm->options.eps());
    auto step = folded_shape(conv, from);
    step.weight = values_of(conv->weight.contiguous(at::MemoryFormat::Contiguous) *
                            scale.reshape({-1, 1, 1, 1}));
    step.bias = values_of(norm->bias - norm->running_mean * scale);
    const auto last = net.add(std::move(step));
    return relu_ ? net.add(Operation::kRelu, {last}) : last;
  }

  torch::nn::Conv2d conv;
  torch::nn::BatchNorm2d norm;

 private:
  bool relu_;
};
TORCH_MODULE(ConvNorm);

class BlockImpl : public LayerImpl {
 public:
  BlockImpl(int in, int out, int stride)
      : first{register_module("first", ConvNorm{in, out, 3, stride, true})},
        second{register_module("second", ConvNorm{out, out, 3, 1, false})} {
    if (in != out || stride != 1) {
      shortcut = register_module("shortcut", ConvNorm{in, out, 1, stride, false});
    }
  }
  torch::Tensor forward(torch::Tensor x) override {
    const auto beside = shortcut.is_empty() ? x : shortcut(x);
    return second(first(x)).add_(beside).relu_();
  }
  std::size_t fold_into(FoldedNet& net, const std::vector<std::size_t>& from) const override {
    const auto outer = second->fold_into(net, {first->fold_into(net, from)});
    const auto beside = shortcut.is_empty() ? from.at(0) : shortcut->fold_into(net, from);
    return net.add(Operation::kRelu, {net.add(Operation::kAdd, {outer, beside})});
  }

  ConvNorm first;
  ConvNorm second;
  ConvNorm shortcut{nullptr};
};

/// Each channel by itself, then all of each pixel; only the latter has a norm.
class SeparableImpl : public LayerImpl {
 public:
  SeparableImpl(int in, int out, bool relu)
      : depth{register_module("depth", conv_of(in, in, 3, 1, in))},
        point{register_module("point", ConvNorm{in, out, 1, 1, relu})} {
    torch::nn::init::kaiming_normal_(depth->weight, 0, torch::kFanIn, torch::kLinear);
  }
  torch::Tensor forward(torch::Tensor x) override { return point(depth(x)); }
  std::size_t fold_into(FoldedNet& net, const std::vector<std::size_t>& from) const override {
    auto step = folded_shape(depth, from);
    step.weight = values_of(depth->weight.contiguous(at::MemoryFormat::Contiguous));
    return point->fold_into(net, {net.add(std::move(step))});
  }

  torch::nn::Conv2d depth;
  ConvNorm point;
};
TORCH_MODULE(Separable);

torch::Tensor pooled(const torch::Tensor& x) {
  return torch::max_pool2d(x, kPoolKernel, kPoolStride, kPoolKernel / 2);
}

class XceptionImpl : public LayerImpl {
 public:
  XceptionImpl(int in, int out)
      : first{register_module("first", Separable{in, out, true})},
        second{register_module("second", Separable{out, out, false})},
        shortcut{register_module("shortcut", ConvNorm{in, out, 1, kPoolStride, false})} {}
  torch::Tensor forward(torch::Tensor x) override {
    return pooled(second(first(x))).add_(shortcut(x));
  }
  std::size_t fold_into(FoldedNet& net, const std::vector<std::size_t>& from) const override {
    const auto inner = second->fold_into(net, {first->fold_into(net, from)});
    const auto outer = net.add(Operation::kMaxPool, {inner});
    return net.add(Operation::kAdd, {outer, shortcut->fold_into(net, from)});
  }

  Separable first;
  Separable second;
  ConvNorm shortcut;
};

class MaxPoolImpl : public LayerImpl {
 public:
  torch::Tensor forward(torch::Tensor x) override { return pooled(x); }
  std::size_t fold_into(FoldedNet& net, const std::vector<std::size_t>& from) const override {
    return net.add(Operation::kMaxPool, from);
  }
};

/// Rows [begin, end) of a linear layer.
FoldedStep folded_rows(const torch::nn::Linear& linear, std::size_t from, int begin, int end) {
  FoldedStep step;
  step.operation = Operation::kLinear;
  step.inputs = {from};
  step.in = static_cast<int>(linear->options.in_features());
  step.out = end - begin;
  step.weight = values_of(linear->weight.slice(0, begin, end));
  step.bias = values_of(linear->bias.slice(0, begin, end));
  return step;
}

class FullImpl : public LayerImpl {
 public:
  FullImpl(int in, int out)
      : linear{register_module("linear", torch::nn::Linear{in, out})}, out_{out} {}
  torch::Tensor forward(torch::Tensor x) override { return linear(x.flatten(1)).relu_(); }
  std::size_t fold_into(FoldedNet& net, const std::vector<std::size_t>& from) const override {
    const auto flat = net.add(Operation::kFlatten, from);
    return net.add(Operation::kRelu, {net.add(folded_rows(linear, flat, 0, out_))});
  }

  torch::nn::Linear linear;

 private:
  int out_;
};

/// From the features to one head's logits.
class Head {
 public:
  Head(int features, std::span<const std::string_view> labels, bool two_levels)
      : labels_{static_cast<int>(labels.size())} {
    if (two_levels) levels_ = levels_of(labels);
    linear = torch::nn::Linear{features, levels_ ? levels_->all() : labels_};
  }

  torch::Tensor logits(const torch::Tensor& features) {
    const auto said = linear(features).to(torch::kFloat);
    return levels_ ? joined(said) : said;
  }

  std::size_t fold_into(FoldedNet& net, std::size_t features) const {
    if (!levels_) return net.add(folded_rows(linear, features, 0, labels_));
    const auto level = [&](int begin, int end) {
      const auto said = net.add(folded_rows(linear, features, begin, end));
      return net.add(Operation::kLogSoftmax, {said});
    };
    const auto group = level(0, levels_->groups);
    const auto negative = level(levels_->groups, levels_->all());
    FoldedStep sum;
    sum.operation = Operation::kLinear;
    sum.inputs = {net.add(Operation::kConcat, {group, negative})};
    sum.in = levels_->all();
    sum.out = labels_;
    sum.weight = levels_->sums;
    sum.bias.assign(static_cast<std::size_t>(labels_), 0.0F);
    return net.add(std::move(sum));
  }

  torch::nn::Linear linear{nullptr};

 private:
  /// log P(emotion) = log P(group) + log P(emotion | group). No matrix product, which autocast
  /// would round to bfloat16.
  torch::Tensor joined(const torch::Tensor& said) const {
    const auto parts = said.split_with_sizes({levels_->groups, levels_->negatives}, 1);
    const auto both =
        torch::cat({torch::log_softmax(parts[0], 1), torch::log_softmax(parts[1], 1)}, 1);
    const auto sums = torch::tensor(levels_->sums).reshape({labels_, -1}).to(both.device());
    return (both.unsqueeze(1) * sums).sum(2);
  }

  int labels_;
  std::optional<Levels> levels_;
};

class NetImpl : public torch::nn::Module {
 public:
  explicit NetImpl(const NetPlan& plan) : flat_{plan.layers.back().kind == LayerKind::kLinear} {
    int channels = 1;
    int side = kInputSide;
    for (const auto& layer : plan.layers) {
      layers_.push_back(layer_for(layer, channels, side));
      const auto place = layers_.size() == 1 ? "stem" : name_of(layer.kind, layers_.size() - 2);
      register_module(place, layers_.back());
      if (layer.channels > 0) channels = layer.channels;
      side = (side + layer.stride - 1) / layer.stride;
    }
    register_module("dropout", dropout_);
    fer2013_ = Head{channels, evaluate::kFer2013Names, plan.two_levels};
    ferplus_ = Head{channels, affect::kEmotionNames, plan.two_levels};
    register_module("fer2013", fer2013_->linear);
    register_module("ferplus", ferplus_->linear);
  }

  torch::Tensor forward(torch::Tensor x) {
    x = layers_.front()->forward(x).contiguous(at::MemoryFormat::ChannelsLast);
    for (std::size_t i = 1; i < layers_.size(); ++i) x = layers_[i]->forward(x);
    x = x.to(torch::kFloat);
    x = dropout_(flat_ ? x : x.mean({2, 3}));
    return torch::cat({fer2013_->logits(x), ferplus_->logits(x)}, 1);
  }

  FoldedNet folded() const {
    FoldedNet net;
    std::vector<std::size_t> at;
    for (const auto& layer : layers_) at = {layer->fold_into(net, at)};
    if (!flat_) at = {net.add(Operation::kFlatten, {net.add(Operation::kMean, at)})};
    net.fer2013 = fer2013_->fold_into(net, at.front());
    net.ferplus = ferplus_->fold_into(net, at.front());
    return net;
  }

 private:
  static std::shared_ptr<LayerImpl> layer_for(const LayerPlan& layer, int channels, int side) {
    const int out = layer.channels;
    switch (layer.kind) {
      case LayerKind::kConv:
        return std::make_shared<ConvNormImpl>(channels, out, layer.kernel, layer.stride,
                                              layer.relu);
      case LayerKind::kBlock: return std::make_shared<BlockImpl>(channels, out, layer.stride);
      case LayerKind::kXception: return std::make_shared<XceptionImpl>(channels, out);
      case LayerKind::kMaxPool: return std::make_shared<MaxPoolImpl>();
      case LayerKind::kLinear: break;
    }
    return std::make_shared<FullImpl>(channels * side * side, out);
  }

  /// As checkpoints know it; the first layer is the stem.
  static std::string name_of(LayerKind kind, std::size_t place) {
    constexpr std::array<const char*, 5> kNames{"conv", "block", "xception", "pool", "full"};
    return kNames.at(static_cast<std::size_t>(kind)) + std::to_string(place);
  }

  std::vector<std::shared_ptr<LayerImpl>> layers_;
  bool flat_;
  torch::nn::Dropout dropout_{kDropout};
  std::optional<Head> fer2013_;
  std::optional<Head> ferplus_;
};
TORCH_MODULE(Net);

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

std::vector<torch::Tensor> state_of(const Net& net) {
  auto state = net->parameters();
  for (const auto& buffer : net->buffers()) state.push_back(buffer);
  return state;
}

}  // namespace

struct Learner::Inside {
  LearnerSettings settings;
  torch::Device device;
  Net net{nullptr};
  Net average{nullptr};
  torch::optim::SGD optimiser;
  std::int64_t steps = 0;

  explicit Inside(const LearnerSettings& wanted)
      : settings{wanted},
        device{torch::cuda::is_available() ? torch::kCUDA : torch::kCPU},
        net{wanted.plan},
        average{wanted.plan},
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
      logits = net(images);
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
    return values_of(average(tensor_of(images, device)));
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
    // libtorch 1.13 takes AVX2 for its own loops unless told; where AVX-512 is not there it still
    // does.
    setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
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

FoldedNet Learner::folded() const {
  const torch::NoGradGuard guard;
  return inside_->average->folded();
}

}  // namespace harmonic::train
