#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "audio/analyse.h"
#include "base/test_folder.h"
#include "corpus/archive.h"
#include "moodtrial/sets.h"

namespace harmonic::moodtrial {
namespace {

namespace fs = std::filesystem;

// The table is librosa's: where our features mean something else, a network that it taught hears
// nonsense. Mean over ten clips of ours against the table's.
TEST(Deam, ExcerptsAgreeWithTheTable) {
  const char* shared = std::getenv("HARMONIC_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "HARMONIC_SHARED names no folder of shared data";
  const TestFolder scratch;
  const auto folder =
      corpus::open_set(fs::path{shared} / "data" / "music", "deam", "deam.tar.zst", scratch.path());
  ASSERT_TRUE(folder) << folder.error().message;
  const auto table = read_deam(*folder);
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_GT(table->size(), 1790U);

  std::vector<double> ratio(audio::kExcerptNames.size(), 0.0);
  const std::vector<std::string> songs{"2", "3", "4", "5", "7", "8", "10", "12", "13", "17"};
  for (const auto& song : songs) {
    const auto row = std::find(table->ids.begin(), table->ids.end(), song) - table->ids.begin();
    const auto heard = audio::analyse(*folder / "clips" / (song + ".mp3"));
    ASSERT_TRUE(heard) << song << ": " << heard.error().message;
    const auto first = audio::feature_index(audio::kExcerptNames.front());
    for (std::size_t i = 0; i < ratio.size(); ++i)
      ratio[i] += static_cast<double>(heard->features[first + i]) /
                  static_cast<double>(table->x[static_cast<std::size_t>(row)][i]);
  }
  for (std::size_t i = 0; i < ratio.size(); ++i) {
    // A mean over coefficients of both signs lies near 0: its ratio says less.
    const double bound = audio::kExcerptNames[i] == "excerpt_mfcc_mean" ? 0.05 : 0.02;
    EXPECT_NEAR(ratio[i] / static_cast<double>(songs.size()), 1.0, bound)
        << audio::kExcerptNames[i];
  }
}

}  // namespace
}  // namespace harmonic::moodtrial
