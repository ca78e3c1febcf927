#include "moodtrial/rows.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "audio/analyse.h"
#include "moodtrial/midi.h"
#include "moodtrial/wave.h"

namespace harmonic::moodtrial {

namespace fs = std::filesystem;

namespace {

using Row = std::vector<float>;
using Rows = std::map<std::string, Row>;
using Hear = std::function<Result<audio::Analysis>(const Piece&)>;

std::string header() { return "analysis " + std::to_string(audio::kAnalysisVersion); }

/// Nothing of a line that was cut off by a kill.
std::optional<std::pair<std::string, Row>> parse(std::string_view line) {
  Row row;
  std::string id;
  for (std::size_t field = 0; !line.empty() || field == 0; ++field) {
    const auto comma = line.find('\t');
    const auto text = line.substr(0, comma);
    line = comma == std::string_view::npos ? std::string_view{} : line.substr(comma + 1);
    if (field == 0) {
      id = text;
      continue;
    }
    float value = 0.0F;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
      return std::nullopt;
    row.push_back(value);
  }
  if (row.size() != audio::feature_names().size()) return std::nullopt;
  return std::pair{id, row};
}

Rows read_rows(const fs::path& file) {
  Rows rows;
  std::ifstream in{file};
  std::string line;
  if (!std::getline(in, line) || line != header()) return rows;
  while (std::getline(in, line)) {
    // The last line may be half: without its end it is not taken.
    if (in.eof()) break;
    if (auto row = parse(line)) rows.insert_or_assign(row->first, row->second);
  }
  return rows;
}

void write_row(std::ostream& out, const std::string& id, const Row& row) {
  out << id;
  for (const float value : row) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    out << '\t' << std::string_view{text.data(), end};
  }
  out << '\n';
}

/// Opens the cache for more rows, with those that are right in it and no others.
Result<std::ofstream> reopen(const fs::path& file, const Rows& rows) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream out{file, std::ios::trunc};
  out << header() << '\n';
  for (const auto& [id, row] : rows) write_row(out, id, row);
  out.flush();
  if (!out)
    return fail(ErrorKind::kUnavailable,
                file.string() + " cannot be written: name another --cache");
  return out;
}

Result<Table> hear_all(const PieceSet& set, const fs::path& file, const Hear& hear,
                       const OnPiece& on_piece) {
  Rows rows = read_rows(file);
  HARMONIC_TRY(auto out, reopen(file, rows));
  Table table;
  for (const auto name : audio::feature_names()) table.columns.emplace_back(name);
  table.questions = set.questions;
  for (const auto& piece : set.pieces) {
    auto known = rows.find(piece.id);
    if (known == rows.end()) {
      const auto heard = hear(piece);
      if (!heard)
        return fail(heard.error().kind, piece.file.string() + ": " + heard.error().message);
      write_row(out, piece.id, heard->features);
      out.flush();
      if (!out)
        return fail(ErrorKind::kUnavailable,
                    file.string() + " cannot be written: free some space, then start again");
      known = rows.emplace(piece.id, heard->features).first;
    }
    table.ids.push_back(piece.id);
    table.groups.push_back(piece.group);
    table.x.push_back(known->second);
    table.y.push_back(piece.answers);
    if (on_piece) on_piece(table.size(), set.pieces.size());
  }
  return table;
}

std::string name_of(const PieceSet& set, const Rendition& rendition) {
  auto name = set.name + "-" + rendition.sound_font.stem().string();
  for (const int program : rendition.programs) name += "-" + std::to_string(program);
  return name + ".tsv";
}

}  // namespace

Result<Table> hear_files(const PieceSet& set, const fs::path& cache, const OnPiece& on_piece) {
  return hear_all(
      set, cache / (set.name + ".tsv"),
      [](const Piece& piece) { return audio::analyse(piece.file); }, on_piece);
}

Result<Table> hear_midi(const PieceSet& set, const Rendition& rendition, const fs::path& cache,
                        const OnPiece& on_piece) {
  std::optional<Synth> synth;  // its sounds are only loaded when a piece is missing
  const auto hear = [&](const Piece& piece) -> Result<audio::Analysis> {
    if (!synth) {
      HARMONIC_TRY(auto opened, Synth::open(rendition.sound_font));
      synth = std::move(opened);
    }
    const auto index = static_cast<std::size_t>(&piece - set.pieces.data());
    Manner manner;
    if (!rendition.programs.empty())
      manner.program = rendition.programs[index % rendition.programs.size()];
    HARMONIC_TRY(const auto sound, synth->play(piece.file, manner));
    return audio::analyse(as_wav(sound, 2, kRenderRate));
  };
  return hear_all(set, cache / name_of(set, rendition), hear, on_piece);
}

}  // namespace harmonic::moodtrial
