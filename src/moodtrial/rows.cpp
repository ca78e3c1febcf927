#include "moodtrial/rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include "audio/analyse.h"
#include "moodtrial/midi.h"
#include "moodtrial/parallel.h"
#include "moodtrial/wave.h"

namespace harmonic::moodtrial {

namespace fs = std::filesystem;

namespace {

using Row = std::vector<float>;
using Rows = std::map<std::string, Row>;
using Hear = std::function<Result<audio::Analysis>(const Piece&)>;

std::string header() { return "analysis " + std::to_string(audio::kVectorVersion); }

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

/// Keeps what is heard as soon as it is heard.
class Keeper {
 public:
  Keeper(Rows rows, std::ofstream out, fs::path file, std::size_t all, const OnPiece& on_piece)
      : rows_{std::move(rows)},
        out_{std::move(out)},
        file_{std::move(file)},
        all_{all},
        on_piece_{on_piece},
        done_{rows_.size()} {}

  /// Errors  kUnavailable: the cache cannot be written.
  Result<void> keep(const std::string& id, const Row& row) {
    const std::lock_guard lock{mutex_};
    write_row(out_, id, row);
    out_.flush();
    if (!out_)
      return fail(ErrorKind::kUnavailable,
                  file_.string() + " cannot be written: free some space, then start again");
    rows_.insert_or_assign(id, row);
    if (on_piece_) on_piece_(++done_, all_);
    return {};
  }
  [[nodiscard]] const Rows& rows() const { return rows_; }

 private:
  std::mutex mutex_;
  Rows rows_;
  std::ofstream out_;
  fs::path file_;
  std::size_t all_;
  const OnPiece& on_piece_;
  std::size_t done_;
};

/// `make_ears` makes what hears, once for each thread that has something to hear.
Result<void> hear_missing(const PieceSet& set, std::size_t jobs,
                          const std::function<Hear()>& make_ears, Keeper& keeper) {
  std::vector<const Piece*> missing;
  for (const auto& piece : set.pieces) {
    if (!keeper.rows().contains(piece.id)) missing.push_back(&piece);
  }
  return in_parallel(missing.size(), jobs, [&]() -> Work {
    return [&, ears = make_ears()](std::size_t at) -> Result<void> {
      const auto& piece = *missing[at];
      const auto heard = ears(piece);
      if (!heard)
        return fail(heard.error().kind, piece.file.string() + ": " + heard.error().message);
      return keeper.keep(piece.id, heard->features);
    };
  });
}

Result<Table> hear_all(const PieceSet& set, const std::string& name, const Hearing& hearing,
                       const std::function<Hear()>& make_ears) {
  const auto file = hearing.cache / (name + ".tsv");
  Rows known = read_rows(file);
  HARMONIC_TRY(auto out, reopen(file, known));
  Keeper keeper{std::move(known), std::move(out), file, set.pieces.size(), hearing.on_piece};
  HARMONIC_CHECK(hear_missing(set, hearing.jobs, make_ears, keeper));
  Table table;
  for (const auto feature : audio::feature_names()) table.columns.emplace_back(feature);
  table.questions = set.questions;
  for (const auto& piece : set.pieces) {
    table.ids.push_back(piece.id);
    table.groups.push_back(piece.group);
    table.x.push_back(keeper.rows().at(piece.id));
    table.y.push_back(piece.answers);
  }
  return table;
}

}  // namespace

Result<Table> hear_files(const PieceSet& set, const Hearing& hearing) {
  return hear_all(set, set.name, hearing,
                  [] { return [](const Piece& piece) { return audio::analyse(piece.file); }; });
}

Result<Table> hear_midi(const PieceSet& set, const fs::path& sound_font, const Hearing& hearing) {
  const auto make_ears = [&sound_font]() -> Hear {
    const auto synth = std::make_shared<Result<Synth>>(Synth::open(sound_font));
    return [synth](const Piece& piece) -> Result<audio::Analysis> {
      if (!*synth) return tl::unexpected{synth->error()};
      HARMONIC_TRY(const auto sound, (*synth)->play(piece.file));
      return audio::analyse(as_wav(sound, 2, kRenderRate));
    };
  };
  return hear_all(set, set.name + "-" + sound_font.stem().string(), hearing, make_ears);
}

}  // namespace harmonic::moodtrial
