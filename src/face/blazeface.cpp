#include "face/blazeface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "face/nms.h"
#include "image/transform.h"

namespace harmonic::face {

namespace {

using image::Picture;
using image::Point;

// Chosen on dlib's nine photographs with 43 marked faces, and one of two dogs: at .6 both networks
// together find 42 and nothing else; at .5 the same 42, at .7 40 (docs/decisions/0012).
constexpr float kLeastFront = 0.6F;
constexpr float kLeastBack = 0.6F;
constexpr float kSameFace = 0.3F;  // overlap, as in MediaPipe's graph

constexpr int kNumbers = 16;

struct Letterbox {
  nn::Tensor input;
  float scale = 1;  ///< picture pixels to input pixels
  float left = 0, top = 0;
  int side = 0;

  [[nodiscard]] Point back(Point unit) const {
    const auto full = static_cast<float>(side);
    return {(unit.x * full - left) / scale, (unit.y * full - top) / scale};
  }
};

// f32 [1, side, side, 3] in [-1, 1], the picture centred, black bars.
Letterbox letterbox(const Picture& picture, int side) {
  Letterbox made;
  made.side = side;
  made.scale =
      static_cast<float>(side) / static_cast<float>(std::max(picture.width, picture.height));
  const auto fitted = [&](int length) {
    const auto pixels = std::lround(static_cast<float>(length) * made.scale);
    return static_cast<int>(std::clamp<long>(pixels, 1, side));
  };
  const Picture small = image::resize(picture, fitted(picture.width), fitted(picture.height));
  const int left = (side - small.width) / 2, top = (side - small.height) / 2;
  made.left = static_cast<float>(left);
  made.top = static_cast<float>(top);
  const auto row_length = static_cast<std::size_t>(small.width) * 3;
  const auto full = static_cast<std::size_t>(side);
  made.input = {{1, side, side, 3}, std::vector<float>(full * full * 3, -1.0F)};
  for (int y = 0; y < small.height; ++y) {
    const auto* from = small.pixels.data() + static_cast<std::size_t>(y) * row_length;
    const std::size_t row = static_cast<std::size_t>(y + top) * full;
    float* to = made.input.values.data() + (row + static_cast<std::size_t>(left)) * 3;
    std::transform(from, from + row_length, to,
                   [](std::uint8_t v) { return static_cast<float>(v) / 127.5F - 1.0F; });
  }
  return made;
}

Detection in_picture(const Detection& unit, const Letterbox& box) {
  const Point low = box.back({unit.box.x, unit.box.y});
  const Point high = box.back({unit.box.x + unit.box.width, unit.box.y + unit.box.height});
  Detection found{{low.x, low.y, high.x - low.x, high.y - low.y}, unit.confidence, unit.points};
  for (Point* p : {&found.points->right_eye, &found.points->left_eye, &found.points->nose,
                   &found.points->mouth, &found.points->right_ear, &found.points->left_ear}) {
    *p = box.back(*p);
  }
  return found;
}

struct Stage {
  nn::Network network;
  int side = 0;
  float least = 0;
};

// The four outputs are told apart by their shapes: [1, 512 or 384, 1 or 16].
Result<std::vector<Detection>> look(const Stage& stage, const Picture& picture) {
  static const std::vector<std::string> outputs_wanted{"Identity:0", "Identity_1:0", "Identity_2:0",
                                                       "Identity_3:0"};
  const Letterbox box = letterbox(picture, stage.side);
  HARMONIC_TRY(const auto outputs, stage.network.run(box.input, outputs_wanted));
  std::vector<RawFinds> stages(2);
  for (const nn::Tensor& output : outputs) {
    const auto rows = output.shape.size() == 3 ? output.shape[1] : 0;
    if (rows != 512 && rows != 384) {
      return fail(ErrorKind::kCorrupt, "the weights are not BlazeFace's: unknown output shape");
    }
    RawFinds& half = stages[rows == 512 ? 0 : 1];
    (output.shape[2] == kNumbers ? half.regressions : half.scores) = output.values;
  }
  std::vector<Detection> finds;
  for (const Detection& unit : blend(decode_finds(stages, stage.side, stage.least), kSameFace)) {
    finds.push_back(in_picture(unit, box));
  }
  sort_by_size(finds);
  return finds;
}

class BlazeFace final : public Detector {
 public:
  BlazeFace(Stage front, Stage back, Care care)
      : front_{std::move(front)}, back_{std::move(back)}, care_{care} {}

  [[nodiscard]] Result<std::vector<Detection>> find(const Picture& picture) const override {
    HARMONIC_TRY(auto finds, look(front_, picture));
    if (care_ == Care::kQuick && !finds.empty()) return finds;
    HARMONIC_TRY(const auto far, look(back_, picture));
    finds.insert(finds.end(), far.begin(), far.end());
    finds = blend(std::move(finds), kSameFace);
    sort_by_size(finds);
    return finds;
  }

 private:
  Stage front_, back_;
  Care care_;
};

Result<Stage> load_stage(const nlohmann::json& entry, const std::filesystem::path& folder,
                         float least) {
  const auto file = folder / entry.at("file").get<std::string>();
  HARMONIC_TRY(auto network, nn::Network::load(file, entry.at("sha256").get<std::string>()));
  return Stage{std::move(network), entry.at("side").get<int>(), least};
}

}  // namespace

std::vector<Detection> decode_finds(std::span<const RawFinds> stages, int side, float least) {
  struct Grid {
    int cells, anchors;
  };
  static constexpr std::array<Grid, 2> kGrids{{{16, 2}, {8, 6}}};
  std::vector<Detection> finds;
  const auto full = static_cast<float>(side);
  for (std::size_t s = 0; s < std::min(stages.size(), kGrids.size()); ++s) {
    const auto [cells, anchors] = kGrids[s];
    for (std::size_t i = 0; i < stages[s].scores.size(); ++i) {
      const float confidence = 1.0F / (1.0F + std::exp(-stages[s].scores[i]));
      if (!(confidence >= least) || stages[s].regressions.size() < (i + 1) * kNumbers) continue;
      const int cell = static_cast<int>(i) / anchors;
      const int row = cell / cells;
      const float cx = (static_cast<float>(cell % cells) + 0.5F) / static_cast<float>(cells);
      const float cy = (static_cast<float>(row) + 0.5F) / static_cast<float>(cells);
      const auto raw = stages[s].regressions.subspan(i * kNumbers, kNumbers);
      const auto point = [&](std::size_t at) {
        return Point{cx + raw[at] / full, cy + raw[at + 1] / full};
      };
      const Point centre = point(0);
      const float width = raw[2] / full, height = raw[3] / full;
      if (!(width > 0 && height > 0)) continue;
      finds.push_back({{centre.x - width / 2, centre.y - height / 2, width, height},
                       confidence,
                       KeyPoints{point(4), point(6), point(8), point(10), point(12), point(14)}});
    }
  }
  return finds;
}

Result<std::unique_ptr<Detector>> make_blazeface(const std::filesystem::path& manifest, Care care) {
  std::ifstream stream{manifest};
  if (!stream) {
    return fail(ErrorKind::kNotFound, "there is no " + manifest.string());
  }
  try {
    const auto networks = nlohmann::json::parse(stream).at("networks");
    const auto folder = manifest.parent_path();
    HARMONIC_TRY(auto front, load_stage(networks.at("front"), folder, kLeastFront));
    HARMONIC_TRY(auto back, load_stage(networks.at("back"), folder, kLeastBack));
    return std::make_unique<BlazeFace>(std::move(front), std::move(back), care);
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorKind::kCorrupt, manifest.string() + ": " + error.what());
  }
}

}  // namespace harmonic::face
