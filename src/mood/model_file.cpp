#include <cmath>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "audio/features.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "mood/model.h"

namespace harmonic::mood {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMagic = "HFMD";
constexpr std::uint32_t kVersion = 2;
constexpr std::uint32_t kMost = 4096;  // of anything that is counted

tl::unexpected<Error> corrupt(const std::string& what) {
  return fail(ErrorKind::kCorrupt, "the weights that hear a song's mood: " + what +
                                       "; install the program again or train them anew");
}

void put_size(std::string& bytes, std::size_t size) {
  put_u32(bytes, static_cast<std::uint32_t>(size));
}

void put_spreads(std::string& bytes, std::span<const Spread> spreads) {
  put_size(bytes, spreads.size());
  for (const auto& spread : spreads)
    put_all(bytes, std::vector<float>{spread.mean, spread.deviation});
}

void put_head(std::string& bytes, const Head& head) {
  put_size(bytes, head.name.size());
  bytes += head.name;
  put_size(bytes, static_cast<std::size_t>(head.view));
  put_u32(bytes, head.knows_emotions ? 1 : 0);
  put_spreads(bytes, head.committee.inputs);
  put_spreads(bytes, head.committee.outputs);
  put_size(bytes, head.committee.members.size());
  for (const auto& member : head.committee.members) {
    put_size(bytes, static_cast<std::size_t>(member.unit));
    put_size(bytes, member.hidden);
    for (const auto* values :
         {&member.first, &member.first_bias, &member.second, &member.second_bias})
      put_all(bytes, *values);
  }
}

/// Takes what put_... wrote; remembers the first thing that was not there.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : left_{bytes} {}

  std::size_t size() {
    const auto value = left_.u32();
    if (!value || *value > kMost) return lose<std::size_t>();
    return *value;
  }
  std::string text() {
    const auto value = left_.text(size());
    return value ? std::string{*value} : lose<std::string>();
  }
  std::vector<float> numbers(std::size_t count) {
    auto values = left_.numbers<float>(count);
    if (!values) return lose<std::vector<float>>();
    for (const float value : *values) {
      if (!std::isfinite(value)) return lose<std::vector<float>>();
    }
    return *std::move(values);
  }
  std::vector<Spread> spreads() {
    const auto values = numbers(2 * size());
    std::vector<Spread> spreads;
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
      if (values[i + 1] <= 0.0F) return lose<std::vector<Spread>>();
      spreads.push_back({values[i], values[i + 1]});
    }
    return spreads;
  }
  View view() {
    const auto value = size();
    return value <= static_cast<std::size_t>(View::kNotes) ? static_cast<View>(value)
                                                           : lose<View>();
  }
  Unit unit() {
    const auto value = size();
    return value <= static_cast<std::size_t>(Unit::kCosine) ? static_cast<Unit>(value)
                                                            : lose<Unit>();
  }
  Head head() {
    Head head;
    head.name = text();
    head.view = view();
    head.knows_emotions = size() == 1;
    auto& committee = head.committee;
    committee.inputs = spreads();
    committee.outputs = spreads();
    const auto members = size();
    for (std::size_t m = 0; m < members && whole_; ++m)
      committee.members.push_back(member(committee));
    return head;
  }
  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] bool empty() const { return left_.empty(); }

 private:
  template <typename T>
  T lose() {
    whole_ = false;
    return T{};
  }
  Network member(const Committee& committee) {
    const auto kind = unit();
    Network network{
        committee.inputs.size(), size(), committee.outputs.size(), {}, {}, {}, {}, kind};
    network.first = numbers(network.inputs * network.hidden);
    network.first_bias = numbers(network.hidden);
    network.second = numbers(network.hidden * network.outputs);
    network.second_bias = numbers(network.outputs);
    return network;
  }

  Bytes left_;
  bool whole_ = true;
};

/// The first 31 bits of the digest, as a number that is not 0.
int version_of(std::string_view bytes) {
  const auto digest = sha256_hex(bytes).substr(0, 8);
  return static_cast<int>(std::stoul(digest, nullptr, 16) & 0x7fffffffU) | 1;
}

/// What the rest of the program takes for granted.
bool fits(const Head& head) {
  const auto outputs = head.knows_emotions ? 2 + kGems.size() + kGenres.size() : 2;
  return !head.committee.members.empty() &&
         head.committee.inputs.size() == input_names(head.view).size() &&
         head.committee.outputs.size() == outputs;
}

Result<std::string> read(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in)
    return fail(ErrorKind::kNotFound,
                file.string() + " is not there or cannot be read: install the program again");
  return std::string{std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

std::string encode_model(const Model& model) {
  std::string bytes{kMagic};
  put_u32(bytes, kVersion);
  put_spreads(bytes, model.reference());
  put_size(bytes, model.heads().size());
  for (const auto& head : model.heads()) put_head(bytes, head);
  return bytes;
}

Result<Model> decode_model(std::string_view bytes) {
  if (bytes.size() < kMagic.size() + 4 || bytes.substr(0, kMagic.size()) != kMagic)
    return corrupt("not such a file");
  Taker taker{bytes.substr(kMagic.size())};
  if (taker.size() != kVersion) return corrupt("not a file of this version");
  const auto reference = taker.spreads();
  std::vector<Head> heads;
  const auto count = taker.size();
  for (std::size_t h = 0; h < count && taker.whole(); ++h) {
    heads.push_back(taker.head());
    if (taker.whole() && !fits(heads.back())) return corrupt("made for other features");
  }
  if (!taker.whole() || heads.empty() || reference.size() != 2)
    return corrupt("cut off, or numbers that cannot be");
  if (!taker.empty()) return corrupt("longer than it says");
  return Model{std::move(heads), {reference[0], reference[1]}, version_of(bytes)};
}

Result<Model> load_model(const fs::path& manifest) {
  HARMONIC_TRY(const auto text, read(manifest));
  const auto json = nlohmann::json::parse(text, nullptr, false);
  const auto string_at = [&json](const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string()
               ? json[key].get<std::string>()
               : std::string{};
  };
  const auto file = string_at("file");
  if (file.empty() || file.find('/') != std::string::npos)
    return fail(ErrorKind::kCorrupt, manifest.string() + ": \"file\" must name a file beside it");
  if (!json.is_object() || !json.contains("analysis_version") ||
      json["analysis_version"] != audio::kVectorVersion)
    return fail(ErrorKind::kCorrupt,
                manifest.string() +
                    ": \"analysis_version\" is not that of this program: train the "
                    "model anew (harmonic-train music)");
  HARMONIC_TRY(const auto bytes, read(manifest.parent_path() / file));
  if (sha256_hex(bytes) != string_at("sha256"))
    return fail(ErrorKind::kCorrupt, (manifest.parent_path() / file).string() +
                                         " is not the file that its manifest names: install the "
                                         "program again");
  return decode_model(bytes);
}

Result<Model> load_shipped_model(const fs::path& share) {
  return load_model(share / "models" / "music" / "manifest.json");
}

}  // namespace harmonic::mood
