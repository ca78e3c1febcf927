#include "tastetrial/sets.h"

#include <algorithm>
#include <vector>

#include "corpus/archive.h"
#include "taste/triplets.h"

namespace harmonic::tastetrial {

namespace {

/// The first file is learned from; a second one is what the publisher holds back.
std::vector<std::string> files_of(std::string_view name) {
  if (name == "hetrec") return {"hetrec2011-lastfm-2k/user_artists.dat"};
  if (name == "million_song") return {"msd-turi-part/10000.txt"};
  return {"lightgcn-lastfm/data1.txt", "lightgcn-lastfm/test1.txt"};
}

/// A cell of both parts would be asked for and masked at once: it stays in the first.
taste::Split split_of(const taste::PlayLog& log, std::size_t learned) {
  const auto listeners = log.listeners.all().size();
  const auto songs = log.songs.all().size();
  const std::span all{log.triplets};
  taste::Plays learn{listeners, songs, all.first(learned)};
  std::vector<taste::Triplet> held;
  for (const auto& triplet : all.subspan(learned)) {
    const auto row = learn.row(triplet.listener);
    const bool known = std::any_of(row.begin(), row.end(), [&triplet](const taste::Play& cell) {
      return cell.song == triplet.song;
    });
    if (!known) held.push_back(triplet);
  }
  return {std::move(learn), {listeners, songs, held}};
}

}  // namespace

Result<TasteSet> read_taste_set(const std::filesystem::path& data, std::string_view name) {
  const auto files = files_of(name);
  HARMONIC_TRY(const auto texts, corpus::read_set(data, "taste", "taste.tar.zst", files));
  taste::PlayLog log;
  HARMONIC_CHECK(taste::add_triplets(texts.at(files.front()), files.front(), log));
  const auto learned = log.triplets.size();
  if (files.size() > 1) HARMONIC_CHECK(taste::add_triplets(texts.at(files[1]), files[1], log));
  if (learned == 0)
    return fail(ErrorKind::kInvalidInput, files.front() + " holds no plays: get the data set anew");
  TasteSet set{std::string{name}, log.plays(), {}};
  if (files.size() > 1) set.published = split_of(log, learned);
  return set;
}

}  // namespace harmonic::tastetrial
