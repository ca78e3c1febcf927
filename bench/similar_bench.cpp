// How long the 100 nearest of many vectors take, exactly: similar_bench [ROWS [DIMENSIONS]]
// Rows that lie anywhere, and rows in clusters as songs do; one thread, 200 queries of one vector
// each. Beside it, on the same rows and queries: faiss's IndexFlatIP where libfaiss-dev is
// installed, and how long this machine takes to read the coarse codes of all. The aim is a
// p95 of 10 ms and a fifth of faiss's time at 1,000,000 x 64. Then whole playlists
// (recommend/rank.h) of as many songs with these rows as features; the aim is a p95 of 50 ms.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/dice.h"
#include "clock.h"
#include "recommend/rank.h"
#include "similar/vector_index.h"

#if defined(HARMONIC_FAISS)
#include <faiss/IndexFlat.h>
#include <omp.h>
#endif

namespace {

using namespace harmonic;
using similar::Neighbour;

constexpr std::size_t kQueries = 200;
constexpr std::size_t kBest = 100;
constexpr std::size_t kClusters = 2000;

/// Unit vectors; with a `spread`, that far around the middles of clusters.
std::vector<float> made_up(std::size_t rows, std::size_t d, float spread, std::uint64_t seed) {
  std::vector<float> middles(kClusters * d);
  Dice dice{1};
  for (float& value : middles) value = dice.normal();
  std::vector<float> all(rows * d);
  Dice own{seed};
  for (std::size_t row = 0; row < rows; ++row) {
    const float* middle = &middles[own.below(kClusters) * d];
    float* values = &all[row * d];
    for (std::size_t i = 0; i < d; ++i)
      values[i] = spread > 0.0F ? middle[i] + spread * own.normal() : own.normal();
    const double length = similar::length_of({values, d});
    for (std::size_t i = 0; i < d; ++i) values[i] = static_cast<float>(values[i] / length);
  }
  return all;
}

void tell(const char* what, const std::vector<double>& sorted) {
  std::printf("  %-34s median %7.2f ms, p95 %7.2f ms\n", what, 1e3 * sorted[sorted.size() / 2],
              1e3 * sorted[sorted.size() * 95 / 100]);
  std::fflush(stdout);
}

double gigabytes_at_most() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024e-9;
}

/// Calls `work` for each query in turn.
template <typename Work>
std::vector<double> of_queries(Work work) {
  std::size_t next = 0;
  return bench::seconds_of(static_cast<int>(kQueries), [&] { work(next++); });
}

/// Sums of many streams at once, so that memory is what is waited for.
void read_all(std::size_t bytes) {
  const std::vector<std::uint64_t> words(bytes / sizeof(std::uint64_t), 1);
  volatile std::uint64_t kept = 0;
  tell("reading the coarse codes", of_queries([&](std::size_t) {
         std::array<std::uint64_t, 16> sums{};
         for (std::size_t i = 0; i + sums.size() <= words.size(); i += sums.size()) {
           for (std::size_t lane = 0; lane < sums.size(); ++lane) sums.at(lane) += words[i + lane];
         }
         kept = std::accumulate(sums.begin(), sums.end(), std::uint64_t{0});
       }));
}

#if defined(HARMONIC_FAISS)
/// The same queries by faiss; how many places of its lists hold another product than ours.
void by_faiss(const std::vector<float>& rows, const std::vector<float>& queries, std::size_t d,
              const std::vector<std::vector<Neighbour>>& ours) {
  omp_set_num_threads(1);
  faiss::IndexFlatIP index{static_cast<faiss::Index::idx_t>(d)};
  index.add(static_cast<faiss::Index::idx_t>(rows.size() / d), rows.data());
  std::vector<float> products(kQueries * kBest);
  std::vector<faiss::Index::idx_t> labels(kQueries * kBest);
  tell("faiss IndexFlatIP, one at a time", of_queries([&](std::size_t q) {
         index.search(1, &queries[q * d], kBest, &products[q * kBest], &labels[q * kBest]);
       }));
  float farthest = 0.0F;
  std::size_t others = 0;
  for (std::size_t q = 0; q < kQueries; ++q) {
    for (std::size_t i = 0; i < ours[q].size(); ++i) {
      farthest = std::max(farthest, std::abs(products[q * kBest + i] - ours[q][i].product));
      others += static_cast<std::size_t>(labels[q * kBest + i] != ours[q][i].row);
    }
  }
  std::printf("  products differ by %.1e at most, %zu of %zu places hold another row\n",
              static_cast<double>(farthest), others, kQueries * kBest);
  const auto batch = bench::seconds_of(
      3, [&] { index.search(kQueries, queries.data(), kBest, products.data(), labels.data()); });
  std::printf("  faiss, all queries in one batch    %7.2f ms each\n",
              1e3 * batch.front() / static_cast<double>(kQueries));
  if (farthest > 1e-5F) std::exit(1);
}
#else
void by_faiss(const std::vector<float>&, const std::vector<float>&, std::size_t,
              const std::vector<std::vector<Neighbour>>&) {
  std::printf("  faiss was not there when this was built: apt-get install libfaiss-dev\n");
}
#endif

/// A playlist of the same rows as songs' features, by all parts of a score: every tenth song has a
/// history, a wish and a taste are known of all, 20 artists are banned, one song of an artist.
void by_playlists(const std::vector<float>& rows, std::size_t d) {
  const std::size_t count = rows.size() / d;
  Dice dice{5};
  std::vector<catalog::Song> songs(count);
  std::vector<catalog::SongHistory> history;
  std::vector<float> wish(count), taste(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto& song = songs[i];
    song.id = SongId{static_cast<std::int64_t>(i + 1)};
    song.path = "/music/" + std::to_string(i / 12) + "/" + std::to_string(i) + ".flac";
    song.tags.title = "Title " + std::to_string(i);
    song.tags.artist = "Artist " + std::to_string(i / 60);
    song.tags.album = "Album " + std::to_string(i / 12);
    song.duration = std::chrono::milliseconds{120'000 + dice.below(200'000)};
    song.sound.version = song.sound.mood_version = 1;
    song.sound.mood = ValenceArousal::clamped(2.0 * static_cast<double>(dice.unit()) - 1.0,
                                              2.0 * static_cast<double>(dice.unit()) - 1.0);
    const auto row = std::span{rows}.subspan(i * d, d);
    song.sound.vector.assign(row.begin(), row.end());
    wish[i] = dice.unit();
    taste[i] = dice.unit();
    if (i % 10 == 0)
      history.push_back({song.id, static_cast<int>(dice.below(9)), 1, i % 50 == 0, std::nullopt});
  }
  const auto snapshot = recommend::Snapshot::build(songs);
  songs = {};
  recommend::Options options{.count = 50, .at_most_per_artist = 1, .seed = 3};
  for (int i = 0; i < 20; ++i) options.banned_artists.push_back("artist " + std::to_string(i * 7));
  tell("a playlist of 50, all parts", of_queries([&](std::size_t) {
         const auto mood = ValenceArousal::clamped(2.0 * static_cast<double>(dice.unit()) - 1.0,
                                                   2.0 * static_cast<double>(dice.unit()) - 1.0);
         if (recommend::rank(snapshot, mood, history, options, {wish, taste}).picks.size() != 50)
           std::exit(1);
       }));
}

void measure(const char* name, std::size_t count, std::size_t d, float spread) {
  const auto rows = made_up(count, d, spread, 2);
  const auto queries = made_up(kQueries, d, spread, 3);
  auto index = similar::VectorIndex::build(rows, d).value();
  const similar::Shape shape{static_cast<std::uint32_t>(d), static_cast<std::uint32_t>(count), 0};
  const auto coarse = shape.blocks() * shape.coarse_bytes();
  std::printf(
      "%zu rows of %zu, %s: %.0f MB of coarse codes, %.0f MB of fine ones, %.0f MB of vectors\n",
      count, d, name, static_cast<double>(coarse) * 1e-6,
      static_cast<double>(shape.blocks() * shape.block_bytes()) * 1e-6,
      static_cast<double>(rows.size() * sizeof(float)) * 1e-6);
  std::vector<std::vector<Neighbour>> best(kQueries);
  for (const auto instructions : similar::kAllInstructions) {
    if (!similar::has(instructions)) continue;
    index.use(instructions);
    std::printf(" %s\n", similar::name_of(instructions));
    tell("the 100 best", of_queries([&](std::size_t q) {
           const auto query = index.query({&queries[q * d], d}).value();
           best[q] = index.top(query, kBest).value();
         }));
    std::vector<float> scores(count);
    tell("scores of all", of_queries([&](std::size_t q) {
           index.scores(index.query({&queries[q * d], d}).value(), scores);
         }));
  }
  std::printf(" beside it\n");
  read_all(coarse);
  by_faiss(rows, queries, d, best);
  by_playlists(rows, d);
  std::printf("  %.2f GB at most so far\n", gigabytes_at_most());
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t rows = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000;
  const std::size_t d = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 64;
  if (rows < kBest || d == 0 || d > similar::kMostDimensions) {
    std::fprintf(stderr, "similar_bench: at least %zu rows, of 1 to %zu values\n", kBest,
                 similar::kMostDimensions);
    return 2;
  }
  measure("anywhere", rows, d, 0.0F);
  measure("in clusters", rows, d, 0.5F);
  return 0;
}
