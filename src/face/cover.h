// face/cover.h - whether something lies before the eyes or the mouth: dark glasses, a mask, a hand.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::face {

struct Hidden {
  bool eyes = false;
  bool mouth = false;

  [[nodiscard]] bool any() const { return eyes || mouth; }
};

/// A small network of this project's own (docs/models/cover.md).
/// Threads  may be asked from any number at once.
class CoverReader {
 public:
  /// `share`/models/cover/manifest.json and the weights that it names.
  /// Errors  kNotFound; kCorrupt: other weights, or a manifest that is none.
  [[nodiscard]] static Result<CoverReader> open(const std::filesystem::path& share);

  /// Of a face as align() gives it: grey, 48x48. Errors  those of nn::Network::run.
  [[nodiscard]] Result<Hidden> read(const image::Picture& aligned) const;

 private:
  struct Model;
  explicit CoverReader(std::shared_ptr<const Model> model) : model_{std::move(model)} {}
  std::shared_ptr<const Model> model_;
};

}  // namespace harmonic::face
