// train/learner.h - the network while it learns: libtorch behind plain values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "train/plan.h"
#include "train/targets.h"

namespace harmonic::train {

/// n faces and what they should give.
struct Batch {
  std::vector<float> images;    ///< f32 [n, 1, 48, 48], standardised.
  std::vector<Target> targets;  ///< [n]

  [[nodiscard]] std::size_t size() const { return targets.size(); }
};

struct LearnerSettings {
  NetPlan plan;
  std::uint64_t seed = 1;
  int threads = 1;
  /// Share of the old average that each step keeps, once warmed up.
  double average_decay = 0.999;
  double weight_decay = 5e-4;
  double momentum = 0.9;
};

/// One network, its optimiser (SGD, Nesterov) and the moving average of its weights. On a GPU where
/// libtorch has one; convolutions in bfloat16 where the processor has the instructions.
/// Not for two threads at once. A failure inside libtorch becomes kUnavailable with its words.
class Learner {
 public:
  [[nodiscard]] static Result<Learner> create(const LearnerSettings& settings);
  ~Learner();
  Learner(Learner&&) noexcept;
  Learner& operator=(Learner&&) noexcept;

  /// Seeds what is random inside the network, so that an epoch after a resume equals the unbroken
  /// one.
  void start_epoch(std::uint64_t seed);

  /// One step down the gradient at learning rate `rate`; the mean loss of the batch before it.
  /// kUnavailable also when the loss is no number: a lower rate is needed.
  [[nodiscard]] Result<float> step(const Batch& batch, double rate);

  /// What the averaged weights say: f32 [n, 15], seven FER2013 logits, then eight FER+ logits,
  /// in full precision, as they are shipped.
  [[nodiscard]] Result<std::vector<float>> logits(std::span<const float> images) const;

  /// Weights, average and optimiser. The file appears whole or not at all.
  [[nodiscard]] Result<void> save(const std::filesystem::path& file) const;
  /// kCorrupt when the file is not of this network.
  [[nodiscard]] Result<void> load(const std::filesystem::path& file);
  /// As load(), but the optimiser stays as it was made: another run begins where one ended.
  [[nodiscard]] Result<void> begin_at(const std::filesystem::path& file);

  /// Begins at a network that was folded, such as one that was released. `faces` gives pictures as
  /// step() takes them, f32 [n, 1, 48, 48], until it gives none: each norm learns from them what is
  /// usual, and the network computes what `net` does.
  /// kInvalidInput when this network has no place for all of `net`: two levels (NetPlan) whose
  /// certainty was set after training.
  [[nodiscard]] Result<void> begin_at(const FoldedNet& net,
                                      const std::function<std::vector<float>()>& faces);

  /// The averaged weights with every batch norm folded into its convolution.
  [[nodiscard]] FoldedNet folded() const;

 private:
  struct Inside;
  enum class Part : std::uint8_t { kAll, kWeights };
  [[nodiscard]] Result<void> load(const std::filesystem::path& file, Part part);
  explicit Learner(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace harmonic::train
