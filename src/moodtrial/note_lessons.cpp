#include "moodtrial/note_lessons.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <span>

#include "audio/decode.h"
#include "base/dice.h"
#include "moodtrial/wave.h"

namespace harmonic::moodtrial {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kHeard{60};

/// The row whose middle is at `seconds`.
double row_at(double seconds) {
  constexpr double kHalf = audio::kSemitoneFrame / 2.0;
  return (seconds * audio::kFeatureRate - kHalf) / audio::kSemitoneHop;
}

/// Another key, tempo and instrument for each piece.
Manner another_manner(std::size_t piece) {
  constexpr int kPianos = 8;
  constexpr int kInstruments = 88;  // what follows are pads and effects
  Dice dice{piece};
  Manner manner;
  manner.program = static_cast<int>(dice.below(dice.chance(0.3F) ? kPianos : kInstruments));
  manner.transpose = static_cast<int>(dice.below(12)) - 6;
  manner.tempo = static_cast<double>(dice.between(0.75F, 1.35F));
  return manner;
}

Manner as_written(std::size_t) { return {}; }

/// Plays every piece that `wanted` takes by `font`, and adds them to `pieces`.
Result<void> hear(const Sources& sources, const std::vector<fs::path>& games, const fs::path& font,
                  bool (*wanted)(const fs::path&), Manner (*manner)(std::size_t),
                  const OnHeard& on_heard, std::vector<NotedPiece>& pieces) {
  std::vector<fs::path> files;
  std::copy_if(games.begin(), games.end(), std::back_inserter(files), wanted);
  std::vector<NotedPiece> heard(files.size());
  const auto salt = pieces.size();  // so that each font varies in its own way
  auto with_font = sources;
  with_font.fonts = {font};
  HARMONIC_CHECK(play_each(
      with_font, files.size(), "pieces by " + font.stem().string(),
      [&](Synth& synth, std::size_t at) -> Result<void> {
        HARMONIC_TRY(const auto performance, synth.perform(files[at], manner(salt + at), kHeard));
        HARMONIC_TRY(heard[at], note_piece(performance));
        return {};
      },
      on_heard));
  std::move(heard.begin(), heard.end(), std::back_inserter(pieces));
  return {};
}

/// Odds of a beginning in each row of one key.
std::vector<float> beginnings(const NotedPiece& piece, std::size_t key,
                              const audio::NoteWeights& weights) {
  std::vector<float> odds(piece.rows.size(), 0.0F);
  for (std::size_t row = 0; row < odds.size(); ++row) {
    const auto window = audio::window_at(piece.rows, row);
    if (audio::is_audible(window, key))
      odds[row] = audio::odds_of(audio::inputs_of_note(window, key), weights).begins;
  }
  return odds;
}

/// Rows where two neighbours together are sure of a note, and surer than those around.
std::vector<double> found_notes(const std::vector<float>& odds) {
  constexpr float kSure = 0.5F;
  const auto both = [&odds](std::size_t row) {
    return row + 1 < odds.size() ? odds[row] + odds[row + 1] : 0.0F;
  };
  std::vector<double> found;
  for (std::size_t row = 1; row + 1 < odds.size(); ++row) {
    if (both(row) < kSure || both(row) < both(row - 1) || both(row) <= both(row + 1)) continue;
    found.push_back(static_cast<double>(row) + static_cast<double>(odds[row + 1] / both(row)));
  }
  return found;
}

template <std::size_t Size>
void put(std::string& text, const std::array<float, Size>& values) {
  text += "    {";
  for (std::size_t i = 0; i < Size; ++i) {
    std::array<char, 32> number{};
    std::snprintf(number.data(), number.size(), "%.4gF", static_cast<double>(values[i]));
    std::string word{number.data()};
    if (word.find_first_of(".e") == std::string::npos) word.insert(word.size() - 1, ".0");
    text += word + (i + 1 == Size ? "},\n" : i % 12 == 11 ? ",\n     " : ", ");
  }
}

}  // namespace

Result<NotedPiece> note_piece(const Performance& performance) {
  NotedPiece piece;
  audio::SemitoneMeter meter;
  HARMONIC_CHECK(hear_mono(performance.sound, 2, kRenderRate, [&](std::span<const float> mono) {
    meter.push(mono, [&](const audio::SemitoneRow& row) { piece.rows.emplace_back(row.height); });
  }));
  for (const auto& [key, start, end] : performance.notes) {
    const int place = key - audio::kLowestSemitone;
    if (place < 0 || place >= static_cast<int>(audio::kPianoKeys)) continue;
    // A row later than the middle one: most of the note is in it.
    piece.notes.push_back({static_cast<std::size_t>(place), row_at(start) + 1.0, row_at(end)});
  }
  return piece;
}

Result<NotedPieces> hear_noted_pieces(const Sources& sources, const OnHeard& on_heard) {
  HARMONIC_TRY(const auto games, find_games(sources));
  const auto judges = [](const fs::path& game) { return !may_teach(game); };
  NotedPieces pieces;
  for (const auto& font : sources.fonts) {
    HARMONIC_CHECK(hear(sources, games, font, may_teach, as_written, on_heard, pieces.taught));
    HARMONIC_CHECK(hear(sources, games, font, may_teach, another_manner, on_heard, pieces.taught));
    HARMONIC_CHECK(hear(sources, games, font, judges, as_written, on_heard, pieces.judged));
  }
  HARMONIC_CHECK(hear(sources, games, sources.unheard_font, judges, as_written, on_heard,
                      pieces.judged_unheard));
  return pieces;
}

double NoteShares::f1() const {
  const double sum = recall.value() + precision.value();
  return sum > 0.0 ? 2.0 * recall.value() * precision.value() / sum : 0.0;
}

NoteShares judge_notes(const std::vector<NotedPiece>& pieces, const audio::NoteWeights& weights) {
  constexpr double kNear = 2.0;
  NoteShares shares;
  for (const auto& piece : pieces) {
    for (std::size_t key = 0; key < audio::kPianoKeys; ++key) {
      auto found = found_notes(beginnings(piece, key, weights));
      const auto all = found.size();
      std::size_t hits = 0;
      for (const auto& note : piece.notes) {
        if (note.key != key || note.start >= static_cast<double>(piece.rows.size())) continue;
        const auto hit = std::find_if(found.begin(), found.end(), [&note](double row) {
          return std::abs(row - note.start) <= kNear;
        });
        shares.recall.add(hit != found.end());
        if (hit == found.end()) continue;
        found.erase(hit);
        ++hits;
      }
      shares.precision.add({hits, all});
    }
  }
  return shares;
}

std::string as_header(const audio::NoteWeights& weights) {
  std::string text{
      "// audio/note_weights.h - what hears the notes. Written by `harmonic-train notes`; not to "
      "be\n"
      "// changed by hand.\n"
      "#pragma once\n\n#include \"audio/note_network.h\"\n\n"
      "namespace harmonic::audio {\n\n"
      "// clang-format off\n"
      "inline constexpr NoteWeights kNoteWeights{\n"};
  put(text, weights.first);
  put(text, weights.first_bias);
  put(text, weights.second);
  put(text, weights.second_bias);
  put(text, weights.last);
  put(text, weights.last_bias);
  return text + "};\n// clang-format on\n\n}  // namespace harmonic::audio\n";
}

}  // namespace harmonic::moodtrial
