#include "bandittrial/listeners.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "audio/features.h"
#include "corpus/archive.h"
#include "mood/committee.h"
#include "mood/model.h"
#include "songlist/csv_table.h"

namespace harmonic::bandittrial {

namespace fs = std::filesystem;

namespace {

/// In the order of mood::kGems.
constexpr std::array<std::pair<double, double>, mood::kGems.size()> kPoints{{{0.4, 0.2},
                                                                             {0.0, -0.3},
                                                                             {0.5, -0.5},
                                                                             {0.0, -0.4},
                                                                             {0.4, -0.8},
                                                                             {0.3, 0.7},
                                                                             {0.8, 0.6},
                                                                             {-0.6, 0.6},
                                                                             {-0.7, -0.5}}};

/// The answers' columns, by name.
class Columns {
 public:
  Columns(const songlist::Table& table, const fs::path& file) : table_{table}, file_{file} {}

  Result<std::size_t> at(std::string_view name) const {
    const auto found = std::find(table_.columns.begin(), table_.columns.end(), name);
    if (found != table_.columns.end())
      return static_cast<std::size_t>(found - table_.columns.begin());
    return fail(ErrorKind::kInvalidInput,
                file_.string() + " has no column \"" + std::string{name} + "\"");
  }

 private:
  const songlist::Table& table_;
  const fs::path& file_;
};

struct AnswerColumns {
  std::size_t track = 0, mood = 0, liked = 0, disliked = 0, age = 0, gender = 0, tongue = 0;
  std::array<std::size_t, mood::kGems.size()> gems{};
};

Result<AnswerColumns> columns_of(const songlist::Table& table, const fs::path& file) {
  const Columns columns{table, file};
  AnswerColumns found;
  HARMONIC_TRY(found.track, columns.at("track id"));
  HARMONIC_TRY(found.mood, columns.at("mood"));
  HARMONIC_TRY(found.liked, columns.at("liked"));
  HARMONIC_TRY(found.disliked, columns.at("disliked"));
  HARMONIC_TRY(found.age, columns.at("age"));
  HARMONIC_TRY(found.gender, columns.at("gender"));
  HARMONIC_TRY(found.tongue, columns.at("mother tongue"));
  for (std::size_t i = 0; i < mood::kGems.size(); ++i) {
    HARMONIC_TRY(found.gems.at(i), columns.at(mood::kGems.at(i)));
  }
  return found;
}

std::optional<int> number_at(const std::vector<std::string>& row, std::size_t column) {
  int value = 0;
  const auto& text = row[column];
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<ValenceArousal> felt_in(const std::vector<std::string>& row,
                                      const AnswerColumns& columns) {
  double valence = 0;
  double arousal = 0;
  double named = 0;
  for (std::size_t i = 0; i < columns.gems.size(); ++i) {
    const auto said = number_at(row, columns.gems.at(i));
    if (!said) return std::nullopt;
    if (*said == 0) continue;
    const auto point = point_of_emotion(i);
    valence += static_cast<double>(point.valence());
    arousal += static_cast<double>(point.arousal());
    named += 1;
  }
  if (named == 0) return ValenceArousal{};
  return ValenceArousal::clamped(valence / named, arousal / named);
}

/// "classical_1" is track 1, "rock_1" track 101.
std::map<int, std::size_t> song_of_track(const moodtrial::Table& heard) {
  std::map<int, std::size_t> songs;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    const auto& id = heard.ids[i];
    const auto cut = id.rfind('_');
    const auto* const genre =
        std::find(mood::kGenres.begin(), mood::kGenres.end(), id.substr(0, cut));
    songs[static_cast<int>(genre - mood::kGenres.begin()) * 100 + std::stoi(id.substr(cut + 1))] =
        i;
  }
  return songs;
}

Result<std::vector<Listener>> read_listeners(const fs::path& file, const moodtrial::Table& heard) {
  HARMONIC_TRY(const auto table, songlist::read_csv(file));
  HARMONIC_TRY(const auto columns, columns_of(table, file));
  const auto songs = song_of_track(heard);
  std::map<std::string, Listener> listeners;
  for (const auto& row : table.rows) {
    if (row.size() < table.columns.size()) continue;
    const auto track = number_at(row, columns.track);
    const auto mood = number_at(row, columns.mood);
    const auto liked = number_at(row, columns.liked);
    const auto disliked = number_at(row, columns.disliked);
    const auto felt = felt_in(row, columns);
    if (!track || !mood || !liked || !disliked || !felt || !songs.contains(*track)) continue;
    const auto name = row[columns.age] + ", " + row[columns.gender] + ", " + row[columns.tongue];
    auto& listener = listeners[name];
    listener.name = name;
    listener.answers.push_back(
        {songs.at(*track), *felt, static_cast<float>(*liked - *disliked), *mood});
  }
  std::vector<Listener> all;
  all.reserve(listeners.size());
  for (auto& [name, listener] : listeners) all.push_back(std::move(listener));
  return all;
}

/// The shipped committees that never saw Emotify, laid out over these songs.
mood::Model without_emotions(const mood::Model& shipped, const moodtrial::Table& heard) {
  std::vector<mood::Head> heads;
  std::copy_if(shipped.heads().begin(), shipped.heads().end(), std::back_inserter(heads),
               [](const mood::Head& head) { return !head.knows_emotions; });
  const mood::Model unplaced{heads, {}};
  std::vector<float> joints;
  for (const auto& row : heard.x) {
    const auto joint = unplaced.joint(row);
    joints.insert(joints.end(), joint.begin(), joint.end());
  }
  const auto spreads = mood::spreads_of(joints, 2);
  return {std::move(heads), {spreads[0], spreads[1]}};
}

recommend::Snapshot snapshot_of(const moodtrial::Table& heard, const mood::Model& moods) {
  const auto loudness = audio::feature_index("loudness_lufs");
  const auto tempo = audio::feature_index("tempo_log2");
  std::vector<catalog::Song> songs;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    catalog::Song song;
    song.id = SongId{static_cast<std::int64_t>(i) + 1};
    song.path = heard.ids[i];
    song.sound.version = audio::kAnalysisVersion;
    song.sound.vector = heard.x[i];
    song.sound.loudness_lufs = heard.x[i][loudness];
    if (auto bpm = Tempo::from_bpm(std::exp2(static_cast<double>(heard.x[i][tempo]))))
      song.sound.tempo = *bpm;
    song.sound.mood = moods.mood_of(heard.x[i]).point;
    song.sound.mood_version = 1;
    songs.push_back(std::move(song));
  }
  return recommend::Snapshot::build(songs);
}

}  // namespace

ValenceArousal point_of_emotion(std::size_t gem) {
  return ValenceArousal::clamped(kPoints.at(gem).first, kPoints.at(gem).second);
}

Result<Corpus> read_corpus(const fs::path& data, const fs::path& cache, const fs::path& share,
                           const moodtrial::OnPiece& on_piece) {
  HARMONIC_TRY(const auto folder, corpus::open_set(data, "emotify", "emotify.tar", cache));
  HARMONIC_TRY(const auto pieces, moodtrial::read_emotify(folder));
  HARMONIC_TRY(const auto heard, moodtrial::hear_files(pieces, {cache, 1, on_piece}));
  HARMONIC_TRY(auto listeners, read_listeners(folder / "data.csv", heard));
  HARMONIC_TRY(const auto shipped, mood::load_shipped_model(share));
  return Corpus{snapshot_of(heard, without_emotions(shipped, heard)), std::move(listeners)};
}

}  // namespace harmonic::bandittrial
