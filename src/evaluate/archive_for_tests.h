// evaluate/archive_for_tests.h - a FER2013 archive of a few drawn faces, for tests only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "evaluate/fer2013.h"

namespace harmonic::evaluate {

inline void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream{file, std::ios::binary} << bytes;
}

/// One split of `count` faces: picture i has a bright bar at the height of its label i % 7, over a
/// pattern that differs from picture to picture; nine raters say so and one says neutral.
inline void write_split(const std::filesystem::path& folder, std::string_view prefix,
                        std::size_t count, std::uint32_t first_row) {
  constexpr std::array<int, kFer2013Count> kColumnOfLabel{4, 5, 6, 1, 3, 2, 0};
  std::string images, labels;
  std::string votes =
      "row,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,nf\n";
  for (std::size_t i = 0; i < count; ++i) {
    const auto label = i % kFer2013Count;
    labels += static_cast<char>(label);
    for (std::size_t pixel = 0; pixel < kFacePixels; ++pixel) {
      const auto row = pixel / kFaceSide;
      const bool bar = row >= label * 6 + 2 && row < label * 6 + 6;
      images += static_cast<char>(bar ? 230 : 40 + (pixel * (i + first_row + 3)) % 61);
    }
    std::array<int, 10> counts{};
    counts.at(static_cast<std::size_t>(kColumnOfLabel.at(label))) += 9;
    counts[0] += 1;
    votes += std::to_string(first_row + i);
    for (const int n : counts) votes += "," + std::to_string(n);
    votes += "\n";
  }
  const std::string name{prefix};
  write_file(folder / (name + "_images.u8"), images);
  write_file(folder / (name + "_labels.u8"), labels);
  write_file(folder / (name + "_ferplus.csv"), votes);
}

/// All three splits of `count` faces each; the first of PrivateTest is listed as a copy of row 0,
/// the second and third as copies of each other only.
inline void write_archive(const std::filesystem::path& folder, std::size_t count) {
  const auto n = static_cast<std::uint32_t>(count);
  write_split(folder, "train", count, 0);
  write_split(folder, "public_test", count, n);
  write_split(folder, "private_test", count, 2 * n);
  const auto row = [](int group, std::uint32_t at, const char* split) {
    return std::to_string(group) + "," + std::to_string(at) + "," + split + ",3,ab\n";
  };
  write_file(folder / "duplicates.csv",
             "group,row,split,label,sha256\n" + row(0, 0, "train") + row(0, 2 * n, "private_test") +
                 row(1, 2 * n + 1, "private_test") + row(1, 2 * n + 2, "private_test"));
}

}  // namespace harmonic::evaluate
