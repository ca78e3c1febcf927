#include "evaluate/poses.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include "evaluate/votes.h"
#include "face/quality.h"
#include "image/draw.h"
#include "image/transform.h"

namespace harmonic::evaluate {

namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();
constexpr std::array kTurnEdges{0.0, 0.1, 0.2, 0.3, 0.4, 0.6, kAny};
constexpr std::array kNodEdges{-kAny, 0.3, 0.4, 0.5, 0.6, 0.7, kAny};

constexpr int kLarger = 4;
constexpr int kMargin = 64;

image::Picture on_ground(const image::Picture& face) {
  const auto large = image::resize(face, kLarger * kFaceSide, kLarger * kFaceSide);
  auto scene =
      image::canvas(large.width + 2 * kMargin, large.height + 2 * kMargin, {110, 110, 110});
  const auto colour = image::colour(large);
  const auto row_bytes = static_cast<std::ptrdiff_t>(3) * large.width;
  for (int y = 0; y < large.height; ++y) {
    std::copy_n(colour.pixels.begin() + y * row_bytes, row_bytes,
                scene.pixels.begin() +
                    (static_cast<std::ptrdiff_t>(y + kMargin) * scene.width + kMargin) * 3);
  }
  return scene;
}

/// The answers of the faces of each bin.
class Bins {
 public:
  explicit Bins(std::span<const double> edges) : edges_{edges}, answers_(edges.size() - 1) {}

  void add(double pose, const Answer& fer2013, const std::optional<Answer>& ferplus) {
    const auto above = std::upper_bound(edges_.begin(), edges_.end(), pose);
    if (above == edges_.begin() || above == edges_.end()) return;
    auto& bin = answers_[static_cast<std::size_t>(above - edges_.begin()) - 1];
    bin.fer2013.push_back(fer2013);
    if (ferplus) bin.ferplus.push_back(*ferplus);
  }
  [[nodiscard]] std::vector<PoseBin> scored() const {
    std::vector<PoseBin> bins;
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      bins.push_back(
          {edges_[i], edges_[i + 1], score(answers_[i].fer2013), score(answers_[i].ferplus)});
    }
    return bins;
  }

 private:
  struct OfBin {
    std::vector<Answer> fer2013;
    std::vector<Answer> ferplus;
  };
  std::span<const double> edges_;
  std::vector<OfBin> answers_;
};

}  // namespace

Result<PoseReport> evaluate_poses(const Reader& reader, const face::Finder& finder,
                                  const std::filesystem::path& dir, Split split,
                                  const OnFace& on_face) {
  HARMONIC_TRY(const auto faces, read_split(dir, split));
  PoseReport report;
  Bins turns{kTurnEdges}, nods{kNodEdges};
  for (std::size_t i = 0; i < faces.size(); ++i) {
    on_face(i + 1, faces.size());
    const auto face = faces.picture(i);
    HARMONIC_TRY(const auto found, finder.detect(on_ground(face)));
    if (found.empty() || !found.front().points) {
      ++report.without;
      continue;
    }
    HARMONIC_TRY(const auto reading, reader(face));
    const Answer fer2013{emotion_of_label(faces.labels[i]), shares_of_fer2013(reading.fer2013)};
    std::optional<Answer> ferplus;
    if (const auto majority = majority_of(faces.votes[i]))
      ferplus = Answer{*majority, shares_of_ferplus(reading.scores)};
    turns.add(face::turn(*found.front().points), fer2013, ferplus);
    nods.add(face::nod(*found.front().points), fer2013, ferplus);
  }
  report.turns = turns.scored();
  report.nods = nods.scored();
  return report;
}

}  // namespace harmonic::evaluate
