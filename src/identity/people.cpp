#include "identity/people.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "base/digest.h"
#include "image/codec.h"

namespace harmonic::identity {

namespace {

namespace fs = std::filesystem;

constexpr int kOrlPeople = 40, kOrlPictures = 10;
constexpr int kMostSide = 4096;

Result<std::string> text_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream) {
    return fail(ErrorKind::kNotFound,
                "there is no " + file.string() + "; unpack the data and name its folder");
  }
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

/// The next number of a header, separated by white space; nothing when there is none up to
/// kMostSide.
std::optional<int> take_number(std::string_view& text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == 0 || start == std::string_view::npos) return std::nullopt;
  text.remove_prefix(start);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value < 1 || value > kMostSide) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

Result<image::Picture> read_picture(const fs::path& file) {
  if (file.extension() != ".pgm") return image::decode_file(file);
  HARMONIC_TRY(const auto bytes, text_of(file));
  return decode_pgm(bytes);
}

}  // namespace

Result<std::vector<PersonFiles>> list_muxspace(const fs::path& folder) {
  HARMONIC_TRY(const auto text, text_of(folder / "labels.csv"));
  std::map<std::string, std::vector<fs::path>> found;
  std::string_view left{text};
  for (std::size_t number = 1; !left.empty(); ++number) {
    auto line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(line.size() + 1, left.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (number == 1) continue;
    const auto picture = line.substr(0, line.find(','));
    const auto last = line.rfind(',');
    if (last == std::string_view::npos || last + 1 == line.size() || picture.empty()) {
      return fail(ErrorKind::kCorrupt, (folder / "labels.csv").string() + ": line " +
                                           std::to_string(number) + " names no picture and person");
    }
    found[std::string{line.substr(last + 1)}].push_back(folder / picture);
  }
  std::vector<PersonFiles> people;
  for (auto& [name, pictures] : found) {
    if (pictures.size() != 2) {
      return fail(ErrorKind::kCorrupt, (folder / "labels.csv").string() + ": " + name + " has " +
                                           std::to_string(pictures.size()) + " pictures, not two");
    }
    std::sort(pictures.begin(), pictures.end());
    people.push_back({name, std::move(pictures)});
  }
  return people;
}

Result<std::vector<PersonFiles>> list_orl(const fs::path& folder) {
  std::vector<PersonFiles> people;
  for (int person = 1; person <= kOrlPeople; ++person) {
    PersonFiles files{"s" + std::to_string(person), {}};
    for (int picture = 1; picture <= kOrlPictures; ++picture) {
      files.pictures.push_back(folder / files.name / (std::to_string(picture) + ".pgm"));
      std::error_code ignored;
      if (!fs::exists(files.pictures.back(), ignored)) {
        return fail(ErrorKind::kNotFound, "there is no " + files.pictures.back().string() +
                                              "; unpack orl_att_faces and name its folder");
      }
    }
    people.push_back(std::move(files));
  }
  return people;
}

Result<image::Picture> decode_pgm(std::string_view bytes) {
  const auto refuse = [] {
    return fail(ErrorKind::kInvalidInput, "not a binary grey map (P5) of 8 bits");
  };
  if (!bytes.starts_with("P5")) return refuse();
  bytes.remove_prefix(2);
  const auto width = take_number(bytes);
  const auto height = take_number(bytes);
  const auto most = take_number(bytes);
  if (!width || !height || most != 255 || bytes.empty()) return refuse();
  bytes.remove_prefix(1);
  const auto count = static_cast<std::size_t>(*width) * static_cast<std::size_t>(*height);
  if (bytes.size() != count) return refuse();
  return image::Picture{*width, *height, 1, {bytes.begin(), bytes.end()}};
}

Result<People> paint_all(const Portraitist& portraitist, const std::vector<PersonFiles>& people,
                         const Progress& progress) {
  People painted;
  std::size_t all = 0;
  for (const auto& person : people) all += person.pictures.size();
  for (const auto& files : people) {
    Person person{files.name, {}};
    for (const auto& file : files.pictures) {
      auto picture = read_picture(file);
      if (!picture) return tl::unexpected{std::move(picture).error().while_doing(file.string())};
      HARMONIC_TRY(auto portrait, portraitist.paint(*picture));
      if (!portrait) ++painted.not_found;
      person.portraits.push_back(portrait ? std::move(portrait->picture)
                                          : whole_portrait(*picture));
      progress(++painted.pictures, all);
    }
    painted.people.push_back(std::move(person));
  }
  return painted;
}

Result<std::string> digest_of(const std::vector<PersonFiles>& people) {
  std::string lines;
  for (const auto& person : people) {
    for (const auto& picture : person.pictures) {
      HARMONIC_TRY(const auto digest, sha256_of_file(picture));
      lines += picture.filename().string() + " " + digest + "\n";
    }
  }
  return sha256_hex(lines);
}

std::vector<Person> part_of(const std::vector<Person>& people, Part part) {
  std::vector<Person> chosen;
  for (std::size_t place = 0; place < people.size(); ++place) {
    if (part_of(place) == part) chosen.push_back(people[place]);
  }
  return chosen;
}

}  // namespace harmonic::identity
