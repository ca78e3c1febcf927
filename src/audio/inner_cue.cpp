#include "audio/inner_cue.h"

#include "audio/media_file.h"
#include "audio/text.h"
#include "audio/words.h"

namespace harmonic::audio {

bool may_carry_cue(std::string_view path) { return ends_in(path, ".flac"); }

Result<std::optional<CueSheet>> read_inner_cue(const std::filesystem::path& sound) {
  HARMONIC_TRY(const auto file, MediaFile::open(sound));
  const auto words = words_of(file);
  auto sheet = parse_cue(first_of(words, {"CUESHEET"}));
  if (!sheet || sheet->tracks.size() < 2) return std::nullopt;
  const auto named = sheet->tracks.front().file;
  for (auto& track : sheet->tracks) {
    if (track.file != named) return std::nullopt;
    track.file = sound.filename().native();
  }
  return *std::move(sheet);
}

}  // namespace harmonic::audio
