#include "moodtrial/release.h"

#include <nlohmann/json.hpp>

#include "audio/features.h"
#include "base/digest.h"
#include "base/whole_file.h"

namespace harmonic::moodtrial {

namespace fs = std::filesystem;

namespace {

std::size_t numbers_of(const mood::Model& model) {
  std::size_t count = 0;
  for (const auto& head : model.heads()) {
    for (const auto& member : head.committee.members)
      count += member.first.size() + member.first_bias.size() + member.second.size() +
               member.second_bias.size();
  }
  return count;
}

}  // namespace

Result<void> write_model(const mood::Model& model, const Corpora& corpora, std::uint64_t seed,
                         const fs::path& folder) {
  const auto bytes = mood::encode_model(model);
  const nlohmann::ordered_json manifest{
      {"name", "music"},
      {"file", "mood.bin"},
      {"sha256", sha256_hex(bytes)},
      {"analysis_version", audio::kVectorVersion},
      {"parameters", numbers_of(model)},
      {"training",
       {{"songs",
         {{"deam", corpora.deam.size()},
          {"emotify", corpora.emotify.size()},
          {"emopia", corpora.emopia.front().size()},
          {"vgmidi", corpora.vgmidi.front().size()}}},
        {"renditions", corpora.emopia.size()},
        {"seed", seed},
        {"command", "harmonic-train music --data DIR --cache CACHE --out models/music"}}},
      {"licence",
       "GPL-3.0-or-later for the program; the corpora that taught these numbers are for research "
       "(DEAM) and CC BY-NC-SA (Emotify's music, EMOPIA)"}};
  std::error_code error;
  fs::create_directories(folder, error);
  HARMONIC_CHECK(write_whole(folder / "mood.bin", bytes));
  return write_whole(folder / "manifest.json", manifest.dump(2) + "\n");
}

}  // namespace harmonic::moodtrial
