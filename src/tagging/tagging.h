// Module tagging: the mood of a library's song -> fields in its file, and back again.
//
// Uses     base, audio, catalog, songlist.  Used by the `tag` command alone: no scan and no server
//          ever writes into music.
// Threads  one call per file at a time.
// Read     tagging.h, then former_tags.h (what is kept) and whole_file.h (how a file is replaced).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/song.h"

namespace harmonic::tagging {

/// One field that is written: what it said, and what it says then.
struct Difference {
  std::string field;
  std::string before;  ///< several values joined by "; ", empty where it was absent
  std::string after;
};

/// The fields that a song is given: MOOD (the nearest of eight words), HARMONIC_VALENCE and
/// HARMONIC_AROUSAL in [-1, 1] with three digits; BPM and INITIALKEY ("Am") where the library knows
/// them and the file names none. Only those that change.
/// Errors  those of audio/retag.h, with the path.
[[nodiscard]] Result<std::vector<Difference>> differences(const catalog::Song& song);

/// Writes them, after what the file was is kept in the data folder. Rights and owner stay; the time
/// of the last change is now, so that a backup sees it. Gives the file's new stamp.
/// Errors  those of `differences` and of whole_file.h; the file is then as it was.
[[nodiscard]] Result<catalog::FileStamp> write_tags(const catalog::Song& song,
                                                    const std::vector<Difference>& differences,
                                                    const std::filesystem::path& data_folder);

/// The file as it was before the first write_tags, to the last byte and with its old time. Gives
/// its stamp; nothing where we never wrote into it.
/// Errors  kInvalidInput  another program wrote into the file since: it is left alone
///         kCorrupt       what was kept is damaged
[[nodiscard]] Result<std::optional<catalog::FileStamp>> restore_tags(
    const std::filesystem::path& song, const std::filesystem::path& data_folder);

/// The word in MOOD.
[[nodiscard]] std::string mood_word(ValenceArousal mood);
/// "Am", "F#": the key as DJ software writes it.
[[nodiscard]] std::string initial_key(Key key);

}  // namespace harmonic::tagging
