#include "train/network.h"

#include <torch/torch.h>

#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "affect/emotion.h"
#include "evaluate/fer2013.h"

namespace harmonic::train {

std::vector<float> values_of(const torch::Tensor& tensor) {
  const auto plain = tensor.detach().to(torch::kCPU, torch::kFloat).contiguous().flatten();
  return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

namespace {

constexpr double kDropout = 0.2;
/// Kernels that learned nothing are not blown up to the length of others.
constexpr double kLeastLength = 1e-3;

/// The steps of a folded network that hold numbers, one after the other.
class Numbers {
 public:
  explicit Numbers(const FoldedNet& net) : net_{net} {}

  const FoldedStep& next() {
    while (net_.steps.at(at_).weight.empty()) ++at_;
    return net_.steps.at(at_++);
  }

 private:
  const FoldedNet& net_;
  std::size_t at_ = 0;
};

class LayerImpl : public torch::nn::Module {
 public:
  virtual torch::Tensor forward(torch::Tensor x) = 0;
  /// Adds the layer as it is shipped, reading step `from` (none: the face); its last step.
  virtual std::size_t fold_into(FoldedNet& net, const std::vector<std::size_t>& from) const = 0;
  /// Takes as many steps as fold_into() gave numbers to, in the same order.
  virtual void unfold(Numbers& numbers) = 0;
};

/// Both of one size, whatever the layout.
void copy_into(torch::Tensor to, const std::vector<float>& from) {
  to.copy_(torch::tensor(from).reshape(to.sizes()));
}

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

/// What a convolution gave for the faces that it was shown, channel by channel.
struct Watched {
  torch::Tensor sum;      ///< f64 [channels]
  torch::Tensor squares;  ///< f64 [channels]
  std::int64_t count = 0;

  void add(const torch::Tensor& given) {
    const auto exact = given.to(torch::kDouble);
    const auto sum_now = exact.sum({0, 2, 3});
    const auto squares_now = exact.square().sum({0, 2, 3});
    sum = count == 0 ? sum_now : sum + sum_now;
    squares = count == 0 ? squares_now : squares + squares_now;
    count += given.numel() / given.size(1);
  }
};

class ConvNormImpl : public LayerImpl {
 public:
  ConvNormImpl(int in, int out, int kernel, int stride, bool relu)
      : conv{register_module("conv", conv_of(in, out, kernel, stride, 1))},
        norm{register_module("norm", torch::nn::BatchNorm2d{out})},
        relu_{relu} {
    torch::nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
  }
  torch::Tensor forward(torch::Tensor x) override {
    x = conv(x);
    if (watched) watched->add(x);
    x = norm(x);
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

  /// The inverse of fold_into(), with a norm that changes nothing. Kernels are scaled to the length
  /// that new ones have and the norm undoes it: a learning rate means what it means for a new
  /// network, since only the direction of a kernel before a norm counts.
  void unfold(Numbers& numbers) override {
    const auto& step = numbers.next();
    const auto given = torch::tensor(step.weight).reshape(conv->weight.sizes());
    const auto& options = conv->options;
    const double usual = std::sqrt(2.0 * static_cast<double>(options.in_channels()) /
                                   static_cast<double>(options.out_channels()));
    const auto length = given.flatten(1).norm(2, 1).clamp_min(kLeastLength);
    const auto scale = usual / length;
    conv->weight.copy_(given * scale.reshape({-1, 1, 1, 1}));
    norm->weight.copy_(1 / scale);
    copy_into(norm->bias, step.bias);
    norm->running_mean.zero_();
    norm->running_var.fill_(1 - norm->options.eps());
  }

  /// From a norm that changes nothing to one that knows what its convolution gives.
  void settle() {
    const auto count = static_cast<double>(watched->count);
    const auto mean = watched->sum / count;
    const auto variance = (watched->squares / count - mean * mean).clamp_min(0);
    norm->bias.copy_(norm->bias + norm->weight * mean);
    norm->weight.copy_(norm->weight * torch::sqrt(variance + norm->options.eps()));
    norm->running_mean.copy_(mean);
    norm->running_var.copy_(variance);
    watched.reset();
  }

  torch::nn::Conv2d conv;
  torch::nn::BatchNorm2d norm;
  std::optional<Watched> watched;

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
  void unfold(Numbers& numbers) override {
    first->unfold(numbers);
    second->unfold(numbers);
    if (!shortcut.is_empty()) shortcut->unfold(numbers);
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
  void unfold(Numbers& numbers) override {
    copy_into(depth->weight, numbers.next().weight);
    point->unfold(numbers);
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
  void unfold(Numbers& numbers) override {
    first->unfold(numbers);
    second->unfold(numbers);
    shortcut->unfold(numbers);
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
  void unfold(Numbers& /*numbers*/) override {}
};

/// Rows [begin, end) of a linear layer, from what folded_rows() gave.
void unfold_rows(torch::nn::Linear& linear, int begin, int end, const FoldedStep& step) {
  copy_into(linear->weight.slice(0, begin, end), step.weight);
  copy_into(linear->bias.slice(0, begin, end), step.bias);
}

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
  void unfold(Numbers& numbers) override { unfold_rows(linear, 0, out_, numbers.next()); }

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

  void unfold(Numbers& numbers) {
    if (!levels_) return unfold_rows(linear, 0, labels_, numbers.next());
    unfold_rows(linear, 0, levels_->groups, numbers.next());
    unfold_rows(linear, levels_->groups, levels_->all(), numbers.next());
    (void)numbers.next();  // the sums, which are no weights
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

  void unfold(const FoldedNet& net) {
    Numbers numbers{net};
    for (const auto& layer : layers_) layer->unfold(numbers);
    fer2013_->unfold(numbers);
    ferplus_->unfold(numbers);
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

void for_each_norm(const torch::nn::Module& network, void (*act)(ConvNormImpl&)) {
  for (const auto& module : network.modules()) {
    if (auto* layer = dynamic_cast<ConvNormImpl*>(module.get())) act(*layer);
  }
}

}  // namespace

std::shared_ptr<torch::nn::Module> network_of(const NetPlan& plan) {
  return std::make_shared<NetImpl>(plan);
}

at::Tensor logits_of(torch::nn::Module& network, const at::Tensor& faces) {
  return dynamic_cast<NetImpl&>(network).forward(faces);
}

FoldedNet folded(const torch::nn::Module& network) {
  return dynamic_cast<const NetImpl&>(network).folded();
}

void unfold(torch::nn::Module& network, const FoldedNet& net) {
  const torch::NoGradGuard guard;
  dynamic_cast<NetImpl&>(network).unfold(net);
}

void watch(torch::nn::Module& network, const at::Tensor& faces) {
  const torch::NoGradGuard guard;
  for_each_norm(network, [](ConvNormImpl& layer) {
    if (!layer.watched) layer.watched.emplace();
  });
  network.eval();
  (void)logits_of(network, faces);
}

void settle(torch::nn::Module& network) {
  const torch::NoGradGuard guard;
  for_each_norm(network, [](ConvNormImpl& layer) {
    if (layer.watched) layer.settle();
  });
}

}  // namespace harmonic::train
