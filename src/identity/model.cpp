#include "identity/model.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/digest.h"
#include "identity/descriptor.h"

namespace harmonic::identity {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> corrupt(const std::string& what) {
  return fail(ErrorKind::kCorrupt, "the manifest of the weights that tell people apart: " + what +
                                       "; install the program again");
}

Result<std::string> text_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream) {
    return fail(ErrorKind::kNotFound, "there is no " + file.string() +
                                          ", without which nobody can be told apart; install the "
                                          "program again");
  }
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

Result<ModelManifest> parse_model_manifest(std::string_view json) {
  try {
    const auto read = nlohmann::json::parse(json);
    ModelManifest manifest{read.at("file").get<std::string>(), read.at("sha256").get<std::string>(),
                           read.at("threshold").get<double>()};
    if (manifest.file.empty() || manifest.file.find('/') != std::string::npos) {
      return corrupt("\"file\" must be a name in the manifest's own folder");
    }
    if (!std::isfinite(manifest.threshold)) return corrupt("\"threshold\" is no number");
    return manifest;
  } catch (const nlohmann::json::exception& error) {
    return corrupt(error.what());
  }
}

Result<Model> load_model(const fs::path& manifest) {
  HARMONIC_TRY(const auto text, text_of(manifest));
  HARMONIC_TRY(const auto read, parse_model_manifest(text));
  const auto file = manifest.parent_path() / read.file;
  HARMONIC_TRY(const auto bytes, text_of(file));
  if (sha256_hex(bytes) != read.sha256) {
    return fail(ErrorKind::kCorrupt,
                file.string() +
                    " is not the file that its manifest names; install the program "
                    "again");
  }
  HARMONIC_TRY(auto weights, decode_weights(bytes));
  if (weights.inputs != kDescriptorLength) {
    return corrupt("the weights take " + std::to_string(weights.inputs) + " numbers, not " +
                   std::to_string(kDescriptorLength));
  }
  return Model{make_embedding(std::move(weights)), read.threshold, read.sha256};
}

Result<Model> load_shipped_model(const fs::path& share) {
  return load_model(share / "models" / "identity" / "manifest.json");
}

Result<void> check_model(const Gallery& gallery, const Model& model) {
  if (gallery.listeners.empty() || gallery.model == model.digest) return {};
  return fail(ErrorKind::kCorrupt,
              "the listeners were enrolled with other weights than these; forget them with "
              "`harmonic who --forget NAME` and enrol them again");
}

}  // namespace harmonic::identity
