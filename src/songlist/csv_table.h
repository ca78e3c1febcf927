// Module songlist: songs known by name only, from files that people share.
//
//   CSV -> Table -> columns by name -> catalog::SongList      match with songs that have a file
//
// Uses     base, affect, catalog (libcsv inside the .cpp files).  Used by the commands.
// Read     read_list.h (a file to a list), elsewhere.h (what a mood finds in lists).
// Threads  every function is a pure function of its arguments and of the file that it names.
//
// songlist/csv_table.h - a CSV file as rows of text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace harmonic::songlist {

/// The first row names the columns. Rows may be shorter or longer than it. White space around a
/// value is taken off.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

inline constexpr std::size_t kMostBytes = std::size_t{64} << 20;

/// Comma, semicolon or tab separates, by what the first line has most of; RFC 4180 quotes, read
/// leniently: a quote inside a value is a character.
/// Errors  kInvalidInput: no row, text that is not UTF-8, a zero byte, a quote that never ends.
[[nodiscard]] Result<Table> parse_csv(std::string_view text);

/// Errors  kNotFound, kUnavailable (cannot be read), kInvalidInput (over kMostBytes, a folder, or
///         as parse_csv), each with the file's name.
[[nodiscard]] Result<Table> read_csv(const std::filesystem::path& file);

}  // namespace harmonic::songlist
