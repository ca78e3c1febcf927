#include <algorithm>
#include <cmath>
#include <map>

#include "evaluate/spotting.h"
#include "image/codec.h"
#include "motion/steady_crop.h"

namespace harmonic::evaluate {
namespace {

namespace fs = std::filesystem;

/// Photographs by person, people by name: "Aaron_Sorkin_0002.jpg" is one of Aaron_Sorkin.
Result<std::map<std::string, std::vector<fs::path>>> people_of(const fs::path& dir) {
  std::map<std::string, std::vector<fs::path>> people;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{dir, error}) {
    const auto stem = entry.path().stem().string();
    const auto number = stem.rfind('_');
    if (entry.path().extension() != ".jpg" || number == std::string::npos) continue;
    people[stem.substr(0, number)].push_back(entry.path());
  }
  if (people.empty()) {
    return fail(ErrorKind::kNotFound,
                dir.string() + " holds no photographs: unpack muxspace_pairs and name its folder");
  }
  for (auto& [name, photographs] : people) std::ranges::sort(photographs);
  return people;
}

/// Seen from the front, upright, at about the size of the steady crop, and down to the chin.
bool poses(const image::Picture& photograph, const face::Detection& face) {
  if (!face.points) return false;
  const auto& points = *face.points;
  const float dx = points.left_eye.x - points.right_eye.x;
  const float dy = points.left_eye.y - points.right_eye.y;
  const float apart = std::hypot(dx, dy);
  const auto chin = motion::crop_place(face).apply({64, 122});
  const float nose = points.nose.x - (points.left_eye.x + points.right_eye.x) / 2;
  return apart > 36 && apart < 50 && std::abs(dy) < 0.12F * apart &&
         std::abs(nose) < 0.15F * apart && chin.y < static_cast<float>(photograph.height);
}

}  // namespace

Result<std::vector<Sitter>> read_sitters(const fs::path& dir, const face::Detector& detector,
                                         Cast cast, std::size_t most) {
  HARMONIC_TRY(const auto people, people_of(dir));
  std::vector<std::pair<std::string, std::vector<fs::path>>> ours;
  std::size_t place = 0;
  for (const auto& person : people) {
    const bool reported = place++ % 2 == 1;
    if (reported == (cast == Cast::kReported)) ours.emplace_back(person);
  }
  std::vector<Sitter> sitters;
  // A few more are asked than wanted, since not everybody looks ahead.
  const auto step = std::max<std::size_t>(1, ours.size() / std::max<std::size_t>(1, 4 * most));
  for (std::size_t i = 0; i < ours.size() && sitters.size() < most; i += step) {
    for (const auto& photograph : ours[i].second) {
      HARMONIC_TRY(auto picture, image::decode_file(photograph));
      HARMONIC_TRY(const auto faces, detector.find(picture));
      if (faces.empty() || !poses(picture, faces.front())) continue;
      sitters.push_back({ours[i].first, std::move(picture), faces.front()});
      break;
    }
  }
  return sitters;
}

}  // namespace harmonic::evaluate
