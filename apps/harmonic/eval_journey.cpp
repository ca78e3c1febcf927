// harmonic eval journey: whether journeys keep what they promise, from many random starts.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/dice.h"
#include "base/paths.h"
#include "commands.h"
#include "journey/costs.h"
#include "journey/curve.h"
#include "journey/journey.h"
#include "library_answers.h"
#include "store/sqlite_store.h"

namespace harmonic::app {
namespace {

using Json = nlohmann::ordered_json;

struct Wanted {
  std::string data;
  std::size_t synthetic = 0;
  std::size_t starts = 1000;
  std::size_t songs = 8;
  std::uint64_t seed = 1;
  bool json = false;
};

ValenceArousal anywhere(Dice& dice) {
  const auto valence = static_cast<double>(dice.between(-1, 1));
  return ValenceArousal::clamped(valence, static_cast<double>(dice.between(-1, 1)));
}

/// Songs all over the plane, whose sound and tempo follow their mood with noise.
std::vector<catalog::Song> made_up(std::size_t count, std::uint64_t seed) {
  std::vector<catalog::Song> songs(count);
  for (std::size_t i = 0; i < count; ++i) {
    Dice dice{seed, 1, i};
    auto& song = songs[i];
    song.id = SongId{static_cast<std::int64_t>(i + 1)};
    song.tags.artist = "artist " + std::to_string(dice.below(std::max<std::size_t>(1, count / 8)));
    song.duration = std::chrono::seconds{120 + dice.below(240)};
    song.sound.version = song.sound.mood_version = 1;
    const auto mood = anywhere(dice);
    song.sound.mood = mood;
    song.sound.tempo = Tempo::from_bpm(110 + 40 * static_cast<double>(mood.arousal()) +
                                       20 * static_cast<double>(dice.between(-1, 1)))
                           .value();
    for (int f = 0; f < 12; ++f)
      song.sound.vector.push_back((f % 2 == 0 ? mood.valence() : mood.arousal()) +
                                  0.5F * dice.normal());
  }
  return songs;
}

/// What the journeys of one kind came to.
struct Tally {
  std::size_t steps = 0, nearer = 0, tempos = 0;
  double octaves = 0, likeness = 0, longest = 0;

  void add(const recommend::Snapshot& songs, std::size_t last, std::size_t next,
           ValenceArousal target) {
    const auto before = songs.song(last);
    const auto after = songs.song(next);
    ++steps;
    nearer += distance(*after.mood, target) < distance(*before.mood, target) ? 1U : 0U;
    longest = std::max(longest, static_cast<double>(distance(*after.mood, *before.mood)));
    likeness += static_cast<double>(songs.sound_cosine(last, next));
    if (!before.tempo || !after.tempo) return;
    ++tempos;
    octaves += static_cast<double>(journey::octaves_apart(*before.tempo, *after.tempo));
  }
  [[nodiscard]] Json json() const {
    const auto share = [](double sum, std::size_t of) {
      return of == 0 ? 0.0 : shown(sum / static_cast<double>(of));
    };
    return {{"steps", steps},
            {"nearer", share(static_cast<double>(nearer), steps)},
            {"longest_step", shown(longest)},
            {"tempo_octaves", share(octaves, tempos)},
            {"likeness", share(likeness, steps)}};
  }
};

/// What one would do without a search: at each place of the way the nearest song that is left.
void add_nearest(const recommend::Snapshot& songs, const journey::Options& options, Tally& tally) {
  const auto curve = journey::Curve::through(std::vector{options.from, options.to});
  std::vector<bool> used(songs.size());
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < options.songs; ++i) {
    const auto place = curve.at(static_cast<double>(i) /
                                static_cast<double>(std::max<std::size_t>(2, options.songs) - 1));
    std::optional<std::size_t> best;
    for (std::size_t k = 0; k < songs.size(); ++k) {
      if (used[k] || !songs.measured(k)) continue;
      if (!best || distance(*songs.mood(k), place) < distance(*songs.mood(*best), place)) best = k;
    }
    if (!best) return;
    used[*best] = true;
    if (last) tally.add(songs, *last, *best, options.to);
    last = best;
  }
}

Result<std::vector<catalog::Song>> songs_of(const Wanted& wanted) {
  if (wanted.synthetic > 0) return made_up(wanted.synthetic, wanted.seed);
  HARMONIC_TRY(const auto data, data_dir(wanted.data));
  if (!store::holds_library(data)) return no_songs(data);
  HARMONIC_TRY(const auto store, store::open(data));
  HARMONIC_TRY(auto songs, store->songs());
  std::erase_if(songs, [](const auto& song) { return !song.sound.mood; });
  if (songs.empty()) return no_songs(data);
  return songs;
}

Json measure(const recommend::Snapshot& songs, const Wanted& wanted) {
  Tally ours;
  Tally nearest;
  std::size_t over = 0, forced = 0, whole = 0, stops = 0;
  double first = 0, last = 0;
  std::vector<double> times;
  times.reserve(wanted.starts);
  Dice dice{wanted.seed};
  for (std::size_t i = 0; i < wanted.starts; ++i) {
    journey::Options options{.from = anywhere(dice), .to = anywhere(dice)};
    options.songs = wanted.songs;
    const auto begin = std::chrono::steady_clock::now();
    const auto journey = journey::plan(songs, {}, options);
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
    const auto mood = [&](const journey::Stop& stop) { return *songs.mood(stop.index); };
    for (std::size_t k = 1; k < journey.stops.size(); ++k) {
      const auto& before = journey.stops[k - 1];
      const auto& stop = journey.stops[k];
      ours.add(songs, before.index, stop.index, options.to);
      over += distance(mood(before), mood(stop)) > journey.bound ? 1U : 0U;
    }
    forced += journey.bound_by == journey::BoundBy::kLibrary ? 1U : 0U;
    whole += journey.stops.size() == wanted.songs ? 1U : 0U;
    stops += journey.stops.size();
    first += static_cast<double>(distance(mood(journey.stops.front()), options.from));
    last += static_cast<double>(distance(mood(journey.stops.back()), options.to));
    add_nearest(songs, options, nearest);
  }
  std::sort(times.begin(), times.end());
  const auto mean = [&](double sum) { return shown(sum / static_cast<double>(wanted.starts)); };
  return {{"library", songs.size()},
          {"starts", wanted.starts},
          {"asked", wanted.songs},
          {"songs", mean(static_cast<double>(stops))},
          {"whole", mean(static_cast<double>(whole))},
          {"over_bound", over},
          {"bound_by_library", mean(static_cast<double>(forced))},
          {"first_from_start", mean(first)},
          {"last_from_target", mean(last)},
          {"median_ms", shown(times[times.size() / 2])},
          {"slowest_ms", shown(times.back())},
          {"journey", ours.json()},
          {"nearest", nearest.json()}};
}

void print_table(const Json& made) {
  std::printf("%zu songs; %zu journeys of %zu songs from and to random places\n",
              made["library"].get<std::size_t>(), made["starts"].get<std::size_t>(),
              made["asked"].get<std::size_t>());
  std::printf("  %-26s %10s %10s\n", "", "journey", "nearest");
  for (const auto& [key, words] : {std::pair{"steps", "steps"},
                                   {"nearer", "share nearer the target"},
                                   {"longest_step", "longest step"},
                                   {"tempo_octaves", "tempo step, octaves"},
                                   {"likeness", "likeness of neighbours"}}) {
    std::printf("  %-26s %10.4g %10.4g\n", words, made["journey"][key].get<double>(),
                made["nearest"][key].get<double>());
  }
  std::printf("  steps over their bound: %zu; bound set by the library: %.1f %%\n",
              made["over_bound"].get<std::size_t>(), 100 * made["bound_by_library"].get<double>());
  std::printf("  as many songs as asked: %.1f %%; on average %.2f\n",
              100 * made["whole"].get<double>(), made["songs"].get<double>());
  std::printf("  first song from the start %.3f, last from the target %.3f\n",
              made["first_from_start"].get<double>(), made["last_from_target"].get<double>());
  std::printf("  median %.2f ms, slowest %.1f ms\n", made["median_ms"].get<double>(),
              made["slowest_ms"].get<double>());
}

Result<void> run(const Wanted& wanted) {
  HARMONIC_TRY(auto songs, songs_of(wanted));
  const auto made = measure(recommend::Snapshot::build(songs), wanted);
  if (wanted.json)
    std::printf("%s\n", made.dump().c_str());
  else
    print_table(made);
  return {};
}

}  // namespace

void add_eval_journey(CLI::App& eval, const SetExit& set_exit) {
  const auto wanted = std::make_shared<Wanted>();
  auto* command = eval.add_subcommand(
      "journey", "Counts the steps of journeys from random starts to random targets.");
  auto* data = command->add_option("--data", wanted->data,
                                   "data folder of a library (default: ~/.local/share/harmonic)");
  command
      ->add_option("--synthetic", wanted->synthetic,
                   "instead of it so many songs that are made up, all over the plane")
      ->check(CLI::Range(1, 1'000'000))
      ->excludes(data);
  command->add_option("--starts", wanted->starts, "how many journeys")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--songs", wanted->songs, "songs of a journey")
      ->check(CLI::Range(std::size_t{1}, journey::kMostSongs))
      ->capture_default_str();
  command->add_option("--seed", wanted->seed, "of the starts and of what is made up")
      ->capture_default_str();
  command->add_flag("--json", wanted->json, "one JSON object");
  command->footer(
      "Example:\n"
      "  harmonic eval journey\n"
      "  harmonic eval journey --synthetic 1000 --json\n"
      "\"nearest\" takes the nearest song of each place of the way, without a search.");
  command->callback([wanted, set_exit] { end_eval("journey", run(*wanted), set_exit); });
}

}  // namespace harmonic::app
