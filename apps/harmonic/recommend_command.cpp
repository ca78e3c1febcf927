#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "affect/circumplex.h"
#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "library_answers.h"
#include "recommend/rank.h"
#include "recommend/replay.h"
#include "recommend/wish.h"
#include "songlist/elsewhere.h"
#include "store/sqlite_lists.h"
#include "store/sqlite_preferences.h"
#include "store/sqlite_store.h"
#include "targets_file.h"
#include "tastelibrary/company.h"
#include "tastelibrary/installed.h"
#include "tastelibrary/library_taste.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;

struct RecommendOptions {
  std::string emotion;
  std::optional<double> valence;
  std::optional<double> arousal;
  std::string strategy{recommend::name_of(recommend::Strategy::kMatch)};
  std::string order{recommend::kOrderNames[0]};
  std::string weights;
  std::string targets;
  std::size_t per_artist = 0;
  std::size_t per_album = 0;
  std::uint64_t seed = 0;
  std::optional<double> familiar;
  std::string listener{catalog::kOnlyListener};
  std::size_t count = 10;
  std::size_t elsewhere = 0;
  std::string data;
  bool json = false;
};

struct Recommendation {
  std::vector<catalog::Song> songs;  ///< by index of the snapshot that was ranked
  std::size_t unheard = 0;           ///< songs that no mood can find yet
  recommend::Ranking ranking;
  std::vector<catalog::SongList> lists;
  std::vector<songlist::Elsewhere> elsewhere;  ///< points into lists
};

/// The order of songs on one place changes every day.
std::uint64_t today() {
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())
          .time_since_epoch()
          .count());
}

ValenceArousal mood_of(const RecommendOptions& options) {
  if (options.valence) return ValenceArousal::clamped(*options.valence, *options.arousal);
  return affect::point_of(*affect::emotion_named(options.emotion));
}

Result<Recommendation> recommend_songs(const RecommendOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  // Asking makes no library: a folder without one is told, not filled.
  if (!store::holds_library(data)) return no_songs(data);
  HARMONIC_TRY(const auto store, store::open(data));
  HARMONIC_TRY(auto songs, store->songs());
  if (songs.empty() && options.elsewhere == 0) return no_songs(data);
  HARMONIC_TRY(const auto listener, store->find_or_add_listener(options.listener));
  HARMONIC_TRY(const auto history, store->history(listener));
  HARMONIC_TRY(const auto preferences, store::open_preferences(data));
  HARMONIC_TRY(auto bans, preferences->bans(listener));

  recommend::Options wanted;
  wanted.banned_artists = std::move(bans.artists);
  wanted.exclude = std::move(bans.songs);
  wanted.count = options.count;
  wanted.strategy = *recommend::strategy_named(options.strategy);
  HARMONIC_TRY(wanted.targets, open_targets(options.targets, data));
  wanted.now = std::chrono::system_clock::now();
  if (options.order == recommend::kOrderNames[1]) wanted.order = recommend::Order::kPlays;
  wanted.seed = options.seed;
  wanted.familiar = options.familiar;
  wanted.at_most_per_artist = options.per_artist;
  wanted.at_most_per_album = options.per_album;
  if (!options.weights.empty()) {
    HARMONIC_TRY(wanted.weights, recommend::Weights::read(options.weights, wanted.weights));
  }
  const auto unheard = static_cast<std::size_t>(
      std::count_if(songs.begin(), songs.end(), [](const auto& song) { return !song.sound.mood; }));
  if (unheard == songs.size() && options.elsewhere == 0) return none_heard(songs.size());
  const songlist::Shelf shelf{songs};
  const auto snapshot = recommend::Snapshot::build(songs);
  Recommendation made{std::move(songs), unheard, {}, {}, {}};
  HARMONIC_TRY(const auto model, tastelibrary::installed_model(data));
  std::vector<float> taste;
  if (model) taste = tastelibrary::LibraryTaste{*model, snapshot}.of(history);
  HARMONIC_TRY(const auto company,
               tastelibrary::company_of(snapshot, *store, *preferences, listener, history));
  taste = tastelibrary::joined(taste, company);
  HARMONIC_TRY(const auto wishes, recommend::wishes_of(snapshot, *preferences, listener, history));
  const auto mood = mood_of(options);
  const auto wish = recommend::wish_of(snapshot, wishes, mood, options.seed);
  made.ranking = recommend::rank(snapshot, mood, history, wanted, {wish, taste, company});
  if (options.elsewhere > 0) {
    HARMONIC_TRY(const auto lists, store::open_lists(data));
    HARMONIC_TRY(made.lists, lists->lists());
    made.elsewhere = songlist::songs_elsewhere(made.lists, shelf, made.ranking.target,
                                               options.elsewhere, today());
  }
  return made;
}

Json elsewhere_of(const Recommendation& made) {
  Json songs = Json::array();
  for (const auto& [song, list] : made.elsewhere) {
    songs.push_back({{"title", song->title},
                     {"artist", song->artist},
                     {"list", *list},
                     {"mood", song->mood_word},
                     {"valence", shown(song->mood->valence())},
                     {"arousal", shown(song->mood->arousal())},
                     {"link", songlist::link_of(*song)}});
  }
  return songs;
}

Json shares_of(const recommend::Pick& pick) {
  Json shares;
  for (std::size_t part = 0; part < recommend::kParts; ++part)
    shares[std::string{recommend::kPartNames.at(part)}] = shown(pick.shares.at(part));
  shares["recent"] = shown(-pick.lost);
  return shares;
}

Json json_of(const Recommendation& made) {
  Json songs = Json::array();
  for (const auto& pick : made.ranking.picks) {
    const auto& song = made.songs[pick.index];
    Json reasons = Json::array();
    for (const auto& reason : pick.reasons) reasons.push_back(reason.text);
    songs.push_back({{"id", song.id.value},
                     {"title", song.shown_title()},
                     {"artist", song.shown_artist()},
                     {"path", song.path.string()},
                     {"valence", shown(song.sound.mood->valence())},
                     {"arousal", shown(song.sound.mood->arousal())},
                     {"score", shown(pick.score)},
                     {"shares", shares_of(pick)},
                     {"reasons", reasons}});
  }
  const auto target = made.ranking.target;
  return {{"target", {{"valence", shown(target.valence())}, {"arousal", shown(target.arousal())}}},
          {"songs", songs},
          {"unheard", made.unheard},
          {"elsewhere", elsewhere_of(made)}};
}

void print_for_people(const Recommendation& made) {
  const auto target = made.ranking.target;
  std::printf("music near valence %+.2f, arousal %+.2f\n", static_cast<double>(target.valence()),
              static_cast<double>(target.arousal()));
  int number = 0;
  for (const auto& pick : made.ranking.picks) {
    const auto& song = made.songs[pick.index];
    std::printf("%3d. %s - %s (%.3f)\n", ++number, song.shown_title().c_str(),
                song.shown_artist().c_str(), pick.score);
    for (const auto& reason : pick.reasons) std::printf("     %s\n", reason.text.c_str());
  }
  if (made.unheard > 0) {
    std::printf("%zu songs were not heard yet; `harmonic scan` goes on with them\n", made.unheard);
  }
  if (!made.elsewhere.empty()) std::printf("not in your library:\n");
  for (const auto& [song, list] : made.elsewhere) {
    std::printf("   - %s - %s (%s)\n     %s\n", song->title.c_str(), song->artist.c_str(),
                list->c_str(), songlist::link_of(*song).c_str());
  }
}

int run_recommend(const RecommendOptions& options) {
  if (options.emotion.empty() && !options.valence) {
    std::cerr
        << "harmonic recommend: name a mood with --emotion, or with --valence and --arousal\n";
    return kExitUsage;
  }
  const auto made = recommend_songs(options);
  if (!made) {
    std::cerr << "harmonic recommend: " << made.error().message << '\n';
    return exit_code(made.error().kind);
  }
  if (options.json) {
    // Tags and paths may hold any bytes; the output stays valid JSON.
    std::cout << json_of(*made).dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  } else {
    print_for_people(*made);
  }
  return kExitDone;
}

/// CLI::Range lets "nan" through.
CLI::Validator in_plane() {
  const auto fault_of = [](std::string& text) -> std::string {
    double value = 0;
    const bool number = CLI::detail::lexical_cast(text, value);
    if (number && value >= -1 && value <= 1) return {};
    return text + " is not a number from -1 to 1";
  };
  return {fault_of, "-1..1"};
}

/// A word or a number -> the number.
CLI::Validator share_of_known() {
  const auto read = [](std::string& text) -> std::string {
    for (const auto& [word, share] :
         {std::pair{"known", "1"}, std::pair{"mixed", "0.5"}, std::pair{"new", "0"}}) {
      if (text == word) text = share;
    }
    double value = 0;
    const bool number = CLI::detail::lexical_cast(text, value);
    if (number && value >= 0 && value <= 1) return {};
    return text + " is not known, mixed, new or a number from 0 to 1";
  };
  return {read, "known|mixed|new|0..1"};
}

}  // namespace

void add_recommend(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<RecommendOptions>();
  auto* command = app.add_subcommand("recommend", "Songs of the library that fit a mood, and why");
  const std::vector<std::string> emotions(affect::kEmotionNames.begin(),
                                          affect::kEmotionNames.end());
  const std::vector<std::string> strategies(recommend::kStrategyNames.begin(),
                                            recommend::kStrategyNames.end());
  auto* emotion = command->add_option("--emotion", options->emotion, "the mood by name")
                      ->check(CLI::IsMember(emotions));
  auto* valence = command->add_option("--valence", options->valence,
                                      "the mood by its place: -1 unpleasant .. 1 pleasant");
  auto* arousal = command->add_option("--arousal", options->arousal, "and -1 calm .. 1 excited");
  valence->check(in_plane())->needs(arousal)->excludes(emotion);
  arousal->check(in_plane())->needs(valence)->excludes(emotion);
  command
      ->add_option("--strategy", options->strategy,
                   "match stays with the mood, lift leads to a brighter one, calm to a quiet one, "
                   "focus plays quiet, even music")
      ->check(CLI::IsMember(strategies))
      ->capture_default_str();
  command
      ->add_option("--order", options->order,
                   "fit: what fits best first; plays: of the songs of this mood, the most played")
      ->check(CLI::IsMember(
          std::vector<std::string>(recommend::kOrderNames.begin(), recommend::kOrderNames.end())))
      ->capture_default_str();
  command
      ->add_option(
          "--weights", options->weights,
          "what counts how much, as \"mood=6,habit=3\"; \"*\" in front sets the rest to 0; "
          "novelty below 0 asks for the familiar")
      ->default_str(recommend::Weights{}.text());
  command->add_option("--targets", options->targets, kTargetsHelp);
  command->add_option("--per-artist", options->per_artist, "songs of an artist at most; 0: any");
  command->add_option("--per-album", options->per_album, "songs of an album at most; 0: any");
  command
      ->add_option(
          "--familiar", options->familiar,
          "known, mixed or new songs, or what share of them is known, 0 to 1: heard to the "
          "end or liked before; else whatever fits")
      ->transform(share_of_known());
  command->add_option("--seed", options->seed,
                      "any number but 0 gives another order to songs that fit about equally well");
  command->add_option("--listener", options->listener, "whose plays, likes and skips count")
      ->check([](const std::string& name) {
        return name.empty() ? std::string{"a listener needs a name"} : std::string{};
      })
      ->capture_default_str();
  command->add_option("--count", options->count, "how many songs at most")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--elsewhere", options->elsewhere,
                      "how many songs of the catalogue's lists besides, that have no file");
  command->add_option("--data", options->data,
                      "data folder of the library (default: ~/.local/share/harmonic)");
  command->add_flag(
      "--json", options->json,
      "{target: {valence, arousal}, songs: [{id, title, artist, path, valence, "
      "arousal, score, shares, reasons}], unheard, elsewhere: [{title, artist, list, mood, "
      "valence, arousal, link}]}");
  command->footer(
      "Examples:\n"
      "  harmonic recommend --emotion sad --count 5\n"
      "  harmonic recommend --emotion angry --strategy calm\n"
      "  harmonic recommend --valence 0.6 --arousal -0.2 --listener ann --json\n"
      "  harmonic recommend --emotion happy --order plays\n"
      "  harmonic recommend --emotion happy --familiar new\n"
      "  harmonic recommend --emotion happy --weights novelty=0.5 --per-artist 2\n"
      "A score is the sum of a song's shares; docs/recommend.md has the formula.");
  command->callback([options, set_exit] { set_exit(run_recommend(*options)); });
}

}  // namespace harmonic::app
