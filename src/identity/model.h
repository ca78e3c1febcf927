// identity/model.h - the recogniser that ships, with its threshold.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "identity/embedding.h"
#include "identity/gallery.h"
#include "identity/recogniser.h"

namespace harmonic::identity {

/// What models/identity/manifest.json says and the program acts on.
struct ModelManifest {
  std::string file;      ///< of the weights, beside the manifest; a bare name
  std::string sha256;    ///< of that file
  double threshold = 0;  ///< least score at which a name is said
};

/// Errors  kCorrupt, naming the key.
[[nodiscard]] Result<ModelManifest> parse_model_manifest(std::string_view json);

struct Model {
  std::unique_ptr<Recogniser> recogniser;
  double threshold = 0;
  std::string digest;  ///< of the weights: features of other weights must not be compared
};

/// Reads a manifest and the weights beside it.
/// Errors  kNotFound: one of them is missing.  kCorrupt: malformed, or of another digest.
[[nodiscard]] Result<Model> load_model(const std::filesystem::path& manifest);

/// The model that ships: `share`/models/identity/manifest.json.
[[nodiscard]] Result<Model> load_shipped_model(const std::filesystem::path& share);

/// Whether the features of a gallery can be compared with this model's.
/// Errors  kCorrupt: they were made with other weights.
[[nodiscard]] Result<void> check_model(const Gallery& gallery, const Model& model);

}  // namespace harmonic::identity
