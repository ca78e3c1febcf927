#include "moodtrial/sets.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string_view>

#include "audio/excerpt.h"
#include "mood/model.h"
#include "songlist/csv_table.h"

namespace harmonic::moodtrial {

namespace fs = std::filesystem;
using songlist::read_csv;

namespace {

std::optional<float> number_of(std::string_view text) {
  float value = 0.0F;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

Result<std::size_t> column_of(const songlist::Table& table, std::string_view name,
                              const fs::path& file) {
  const auto found = std::find(table.columns.begin(), table.columns.end(), name);
  if (found == table.columns.end())
    return fail(ErrorKind::kInvalidInput,
                file.string() + " has no column \"" + std::string{name} + "\"");
  return static_cast<std::size_t>(found - table.columns.begin());
}

/// The columns that are numbers, of each row that has them all.
Result<std::vector<std::size_t>> columns_of(const songlist::Table& table,
                                            std::span<const std::string_view> names,
                                            const fs::path& file) {
  std::vector<std::size_t> columns;
  for (const auto name : names) {
    HARMONIC_TRY(const auto column, column_of(table, name, file));
    columns.push_back(column);
  }
  return columns;
}

std::optional<std::vector<float>> numbers_of(const std::vector<std::string>& row,
                                             std::span<const std::size_t> columns) {
  std::vector<float> numbers;
  for (const auto column : columns) {
    const auto number = column < row.size() ? number_of(row[column]) : std::nullopt;
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

using mood::kGems;
using mood::kGenres;

struct Votes {
  std::string genre;
  std::vector<float> sum = std::vector<float>(kGems.size(), 0.0F);
  float count = 0.0F;
};

Result<std::map<int, Votes>> read_votes(const fs::path& file) {
  HARMONIC_TRY(const auto table, read_csv(file));
  HARMONIC_TRY(const auto gems, columns_of(table, kGems, file));
  HARMONIC_TRY(const auto track, column_of(table, "track id", file));
  HARMONIC_TRY(const auto genre, column_of(table, "genre", file));
  std::map<int, Votes> votes;
  for (const auto& row : table.rows) {
    const auto answer = numbers_of(row, gems);
    const auto id = row.size() > track ? number_of(row[track]) : std::nullopt;
    if (!answer || !id || row.size() <= genre) continue;
    auto& song = votes[static_cast<int>(*id)];
    song.genre = row[genre];
    song.count += 1.0F;
    for (std::size_t i = 0; i < kGems.size(); ++i) song.sum[i] += (*answer)[i];
  }
  return votes;
}

}  // namespace

Result<std::vector<fs::path>> midi_files(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{folder, error}) {
    if (entry.path().extension() == ".mid") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) return fail(ErrorKind::kNotFound, folder.string() + " holds no MIDI files");
  return files;
}

Result<PieceSet> read_emotify(const fs::path& folder) {
  HARMONIC_TRY(const auto votes, read_votes(folder / "data.csv"));
  PieceSet set{"emotify", {kGems.begin(), kGems.end()}, {}};
  set.questions.emplace_back("genre");
  for (const auto& [track, song] : votes) {
    // Tracks are numbered through the genres, files within each.
    const auto genre = static_cast<std::size_t>((track - 1) / 100);
    if (genre >= kGenres.size()) continue;
    const auto name = std::string{kGenres[genre]} + "_" + std::to_string((track - 1) % 100 + 1);
    Piece piece{name, name, folder / "audio" / (name + ".opus"), {}};
    for (const float sum : song.sum) piece.answers.push_back(sum / song.count);
    piece.answers.push_back(static_cast<float>(genre));
    set.pieces.push_back(std::move(piece));
  }
  return set;
}

Result<PieceSet> read_emopia(const fs::path& folder) {
  HARMONIC_TRY(const auto files, midi_files(folder / "midis"));
  PieceSet set{"emopia", {"valence", "arousal"}, {}};
  for (const auto& file : files) {
    // Q2_SONG_7.mid: the quadrant, the song, the clip.
    const auto name = file.stem().string();
    const auto last = name.rfind('_');
    if (name.size() < 4 || name[0] != 'Q' || name[2] != '_' || last <= 2) continue;
    const char quadrant = name[1];
    const float valence = quadrant == '1' || quadrant == '4' ? 1.0F : -1.0F;
    const float arousal = quadrant == '1' || quadrant == '2' ? 1.0F : -1.0F;
    set.pieces.push_back({name, name.substr(3, last - 3), file, {valence, arousal}});
  }
  return set;
}

Result<PieceSet> read_vgmidi(const fs::path& table_file, const fs::path& phrases) {
  HARMONIC_TRY(const auto table, read_csv(table_file));
  constexpr std::array<std::string_view, 2> kAnswers{"valence", "arousal"};
  HARMONIC_TRY(const auto answers, columns_of(table, kAnswers, table_file));
  HARMONIC_TRY(const auto midi, column_of(table, "midi", table_file));
  HARMONIC_TRY(const auto piece, column_of(table, "piece", table_file));
  PieceSet set{"vgmidi", {"valence", "arousal"}, {}};
  for (const auto& row : table.rows) {
    const auto numbers = numbers_of(row, answers);
    if (!numbers || row.size() <= std::max(midi, piece)) continue;
    const auto name = fs::path{row[midi]}.filename();
    set.pieces.push_back({name.stem().string(), row[piece], phrases / name, *numbers});
  }
  return set;
}

Result<Table> read_deam(const fs::path& folder) {
  const auto file = folder / "librosa_features.csv";
  HARMONIC_TRY(const auto table, read_csv(file));
  // In the order of audio/excerpt.h.
  constexpr std::array<std::string_view, 12> kFamilies{"spectral_centroid",
                                                       "spectral_bandwidth",
                                                       "spectral_rolloff",
                                                       "chroma_stft",
                                                       "chroma_cqt",
                                                       "chroma_cens",
                                                       "melspectrogram",
                                                       "rhythm.tempogram",
                                                       "mfcc",
                                                       "onset_detect",
                                                       "rms",
                                                       "zero_crossing_rate"};
  std::vector<std::size_t> features;
  for (const auto family : kFamilies) {
    for (const auto* statistic : {"_mean", "_std"}) {
      HARMONIC_TRY(const auto column, column_of(table, std::string{family} + statistic, file));
      features.push_back(column);
    }
  }
  constexpr std::array<std::string_view, 2> kAnswers{"valence_mean", "arousal_mean"};
  HARMONIC_TRY(const auto answers, columns_of(table, kAnswers, file));
  HARMONIC_TRY(const auto song, column_of(table, "song_id", file));
  Table result;
  result.columns.assign(audio::kExcerptNames.begin(), audio::kExcerptNames.end());
  result.questions = {"valence", "arousal"};
  for (const auto& row : table.rows) {
    auto x = numbers_of(row, features);
    auto y = numbers_of(row, answers);
    if (!x || !y) continue;
    for (float& answer : *y) answer = (answer - 5.0F) / 4.0F;
    result.ids.push_back(row[song]);
    result.groups.push_back(row[song]);
    result.x.push_back(std::move(*x));
    result.y.push_back(std::move(*y));
  }
  return result;
}

}  // namespace harmonic::moodtrial
