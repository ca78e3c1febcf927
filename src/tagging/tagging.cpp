#include "tagging/tagging.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include "audio/cue_song.h"
#include "audio/retag.h"
#include "base/digest.h"
#include "songlist/mood_words.h"
#include "tagging/delta.h"
#include "tagging/former_tags.h"
#include "tagging/whole_file.h"

namespace harmonic::tagging {

namespace {

namespace fs = std::filesystem;

// All around the circle, and each a word that other programs' users sort by.
constexpr std::array<std::string_view, 8> kMoods{"happy", "energetic",   "tense",  "angry",
                                                 "sad",   "melancholic", "sleepy", "relaxed"};

std::string three_digits(float value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%+.3f", static_cast<double>(value));
  return text.data();
}

Error of_file(const fs::path& path, Error error) {
  return {error.kind, path.string() + ": " + std::move(error.message)};
}

/// A track of a cue sheet has no fields of its own in its file.
Result<void> check_whole(const fs::path& song) {
  if (!audio::sheet_of(song)) return {};
  return fail(ErrorKind::kInvalidInput,
              song.string() + " is a part of a larger file, into which no song's mood is written");
}

Result<std::vector<Difference>> differences_in(const catalog::Song& song, std::string_view bytes) {
  if (!song.sound.mood) {
    return fail(ErrorKind::kInvalidInput,
                song.path.string() + " has no mood yet: run harmonic scan on its folder first");
  }
  const auto words = audio::read_words(std::as_bytes(std::span{bytes}));
  if (!words) return tl::unexpected{of_file(song.path, words.error())};
  std::vector<Difference> all;
  const auto add = [&](const char* field, const std::string& after, bool only_if_absent) {
    std::string before;
    if (const auto found = words->find(field); found != words->end()) {
      for (const auto& value : found->second)
        before.append(before.empty() ? "" : "; ").append(value);
    }
    if (before == after || (only_if_absent && !before.empty())) return;
    all.push_back({field, before, after});
  };
  add("MOOD", mood_word(*song.sound.mood), false);
  add("HARMONIC_VALENCE", three_digits(song.sound.mood->valence()), false);
  add("HARMONIC_AROUSAL", three_digits(song.sound.mood->arousal()), false);
  if (song.sound.tempo) add("BPM", std::to_string(std::lround(song.sound.tempo->bpm())), true);
  if (song.sound.key) add("INITIALKEY", initial_key(*song.sound.key), true);
  return all;
}

Result<catalog::FileStamp> stamp_of(const fs::path& path) {
  HARMONIC_TRY(const auto whole, read_whole(path));
  return catalog::FileStamp{whole.bytes.size(), whole.facts.modified_ns};
}

/// What is to be kept: the file before our first write, also where this is the second.
Result<FormerTags> former_of(const std::optional<FormerTags>& kept, const WholeFile& now,
                             std::string_view written) {
  const auto digest = sha256_hex(now.bytes);
  if (!kept || kept->written_digest != digest) {
    return FormerTags{digest, sha256_hex(written), now.facts.modified_ns,
                      make_delta(now.bytes, written)};
  }
  HARMONIC_TRY(const auto former, apply_delta(now.bytes, kept->delta));
  return FormerTags{kept->former_digest, sha256_hex(written), kept->former_modified_ns,
                    make_delta(former, written)};
}

}  // namespace

std::string mood_word(ValenceArousal mood) {
  std::string nearest;
  float least = std::numeric_limits<float>::max();
  for (const auto word : kMoods) {
    const auto point = songlist::point_of_word(word);
    if (!point || distance(*point, mood) >= least) continue;
    least = distance(*point, mood);
    nearest = word;
  }
  nearest.front() = static_cast<char>(nearest.front() - 'a' + 'A');
  return nearest;
}

std::string initial_key(Key key) {
  const auto name = name_of(key);
  return name.substr(0, name.find(' ')) + (key.mode == Mode::kMinor ? "m" : "");
}

Result<std::vector<Difference>> differences(const catalog::Song& song) {
  HARMONIC_CHECK(check_whole(song.path));
  HARMONIC_TRY(const auto file, read_whole(song.path));
  return differences_in(song, file.bytes);
}

Result<catalog::FileStamp> write_tags(const catalog::Song& song,
                                      const std::vector<Difference>& differences,
                                      const fs::path& data_folder) {
  std::vector<audio::TagChange> changes;
  changes.reserve(differences.size());
  for (const auto& [field, before, after] : differences) changes.push_back({field, after});
  HARMONIC_TRY(const auto now, read_whole(song.path));
  const auto written = audio::retagged(now.bytes, changes);
  if (!written) return tl::unexpected{of_file(song.path, written.error())};
  const FormerTagsFolder folder{data_folder};
  HARMONIC_TRY(const auto kept, folder.find(song.path));
  HARMONIC_TRY(const auto former, former_of(kept, now, *written));
  // First what undoes it: a crash in between leaves a file that is the former one already.
  HARMONIC_CHECK(folder.keep(song.path, former));
  HARMONIC_CHECK(replace_whole(song.path, *written, now.facts));
  return stamp_of(song.path);
}

Result<std::optional<catalog::FileStamp>> restore_tags(const fs::path& song,
                                                       const fs::path& data_folder) {
  const FormerTagsFolder folder{data_folder};
  HARMONIC_TRY(const auto kept, folder.find(song));
  if (!kept) return std::optional<catalog::FileStamp>{};
  HARMONIC_TRY(const auto now, read_whole(song));
  const auto digest = sha256_hex(now.bytes);
  if (digest != kept->former_digest) {
    if (digest != kept->written_digest) {
      return fail(ErrorKind::kInvalidInput,
                  song.string() + ": another program wrote into it since; it is left alone");
    }
    HARMONIC_TRY(const auto former, apply_delta(now.bytes, kept->delta));
    if (sha256_hex(former) != kept->former_digest) {
      return fail(
          ErrorKind::kCorrupt,
          song.string() + ": what was kept of its former tags is damaged; it is left alone");
    }
    HARMONIC_CHECK(replace_whole(song, former, now.facts, kept->former_modified_ns));
  }
  HARMONIC_CHECK(folder.forget(song));
  HARMONIC_TRY(const auto stamp, stamp_of(song));
  return std::optional{stamp};
}

}  // namespace harmonic::tagging
