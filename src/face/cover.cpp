#include "face/cover.h"

#include <array>
#include <cassert>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "nn/network.h"
#include "nn/standardise.h"

namespace harmonic::face {

namespace {

constexpr std::array kParts{"eyes", "mouth"};

}  // namespace

struct CoverReader::Model {
  nn::Network network;
  std::string output;
  float epsilon = 1;
  std::array<float, kParts.size()> bounds{};  ///< logits above which a part is hidden
};

Result<CoverReader> CoverReader::open(const std::filesystem::path& share) {
  const auto manifest = share / "models" / "cover" / "manifest.json";
  std::ifstream stream{manifest};
  if (!stream) return fail(ErrorKind::kNotFound, "there is no " + manifest.string());
  try {
    const auto json = nlohmann::json::parse(stream);
    HARMONIC_TRY(auto network,
                 nn::Network::load(manifest.parent_path() / json.at("file").get<std::string>(),
                                   json.at("sha256").get<std::string>()));
    const auto& output = json.at("output");
    Model model{std::move(network),
                output.at("name").get<std::string>(),
                json.at("input").at("epsilon").get<float>(),
                {}};
    for (std::size_t part = 0; part < kParts.size(); ++part) {
      const auto& logit = output.at("logits").at(part);
      if (logit.at("label") != kParts.at(part))
        return fail(ErrorKind::kCorrupt, manifest.string() + ": the parts are not eyes and mouth");
      model.bounds.at(part) = logit.at("bound").get<float>();
    }
    CoverReader reader{std::make_shared<const Model>(std::move(model))};
    // A network of other shapes must fail here, not at the first face.
    HARMONIC_CHECK(reader.read({48, 48, 1, std::vector<std::uint8_t>(48UL * 48UL)}));
    return reader;
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorKind::kCorrupt, manifest.string() + ": " + error.what());
  }
}

Result<Hidden> CoverReader::read(const image::Picture& aligned) const {
  assert(aligned.channels == 1);
  const auto input =
      nn::standardised(aligned.pixels, aligned.width, aligned.height, model_->epsilon);
  HARMONIC_TRY(const auto outputs, model_->network.run(input, std::array{model_->output}));
  const auto& logits = outputs.front().values;
  if (logits.size() != kParts.size())
    return fail(ErrorKind::kCorrupt, "the network of covers does not tell eyes and mouth");
  return Hidden{logits[0] > model_->bounds[0], logits[1] > model_->bounds[1]};
}

}  // namespace harmonic::face
