#include "scan/rescore.h"

#include <chrono>
#include <vector>

#include "audio/features.h"

namespace harmonic::scan {

namespace {

constexpr std::size_t kBatch = 2000;

std::vector<catalog::SongMood> moods_of(const mood::Model& model,
                                        const std::vector<catalog::HeardFeatures>& songs) {
  std::vector<catalog::SongMood> moods;
  for (const auto& [song, vector] : songs) {
    // Another length under the same version was not made by this program: hearing mends it.
    if (vector.size() == audio::feature_names().size())
      moods.push_back({song, model.mood_of(vector).point});
  }
  return moods;
}

}  // namespace

Result<std::size_t> rescore(catalog::Store& store, const mood::Model& model,
                            const OnProgress& on_progress, const std::stop_token& stop) {
  const auto start = std::chrono::steady_clock::now();
  std::size_t done = 0;
  SongId last;
  while (!stop.stop_requested()) {
    HARMONIC_TRY(const auto songs,
                 store.features_to_score(audio::kAnalysisVersion, model.version(), last, kBatch));
    if (songs.empty()) break;
    last = songs.back().song;
    const auto moods = moods_of(model, songs);
    HARMONIC_CHECK(store.put_moods(moods, model.version()));
    done += moods.size();
    if (!on_progress) continue;
    const auto elapsed = std::chrono::steady_clock::now() - start;
    on_progress({Phase::kScoring, done, done, 0.0, elapsed, std::nullopt});
  }
  return done;
}

}  // namespace harmonic::scan
