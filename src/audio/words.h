// audio/words.h - the fields of a file's tags, with every value that a repeated field has.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace harmonic::audio {

class MediaFile;

/// Field name in capitals (TITLE, ARTIST, DISCNUMBER, MUSICBRAINZ_TRACKID, LYRICS, ...) -> its
/// values, as the file gives them: any length, not cleaned. At most 64 values a field.
/// Source  the names are those that TagLib gives to the fields of all containers.
using Words = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Empty where the file has no tags or where they cannot be parsed. Reads at most 64 MiB of the
/// file, whatever its headers claim.
[[nodiscard]] Words words_of(const MediaFile& file);

/// The first value of the first of these fields that has one; empty for none.
[[nodiscard]] std::string_view first_of(const Words& words,
                                        std::initializer_list<std::string_view> names);

}  // namespace harmonic::audio
