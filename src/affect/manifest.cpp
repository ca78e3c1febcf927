#include "affect/manifest.h"

#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "affect/emotion.h"

namespace harmonic::affect {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 7> kFer2013Order{"angry", "disgusted", "afraid", "happy",
                                                        "sad",   "surprised", "neutral"};

template <std::size_t N>
bool same(const Json& labels, const std::array<std::string_view, N>& expected) {
  const auto read = labels.get<std::vector<std::string>>();
  return std::equal(read.begin(), read.end(), expected.begin(), expected.end());
}

tl::unexpected<Error> corrupt(const std::string& what) {
  return fail(ErrorKind::kCorrupt, "the expression network's manifest: " + what);
}

// Throws nlohmann's exceptions, which name the key.
Result<Manifest> read(const Json& json) {
  Manifest manifest;
  manifest.file = json.at("file").get<std::string>();
  manifest.sha256 = json.at("sha256").get<std::string>();
  if (manifest.file.empty() || manifest.file.find('/') != std::string::npos) {
    return corrupt("\"file\" must be a name in the manifest's own folder");
  }
  const Json& input = json.at("input");
  manifest.input = input.at("name").get<std::string>();
  manifest.epsilon = input.at("epsilon").get<float>();
  if (input.at("shape").get<std::vector<int>>() != std::vector<int>{1, 1, kFaceSide, kFaceSide} ||
      input.at("preprocess").get<std::string>() != "standardise" || !(manifest.epsilon > 0)) {
    return corrupt("\"input\" is not a standardised face of 48x48");
  }
  for (const Json& output : json.at("outputs")) {
    const auto name = output.at("name").get<std::string>();
    if (name == "fer2013" && same(output.at("labels"), kFer2013Order)) manifest.fer2013 = name;
    if (name == "ferplus" && same(output.at("labels"), kEmotionNames)) manifest.ferplus = name;
  }
  if (manifest.fer2013.empty() || manifest.ferplus.empty()) {
    return corrupt("\"outputs\" are not fer2013 and ferplus with this program's labels");
  }
  manifest.parameters = json.at("parameters").get<std::int64_t>();
  manifest.recipe = json.value("recipe", manifest.recipe);
  if (json.contains("training")) manifest.seed = json.at("training").value("seed", manifest.seed);
  return manifest;
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view json) {
  try {
    return read(Json::parse(json));
  } catch (const Json::exception& error) {
    return corrupt(error.what());
  }
}

}  // namespace harmonic::affect
