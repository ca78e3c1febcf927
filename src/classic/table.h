// classic/table.h - the rows side by side, for a terminal and for the documentation.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "classic/measure.h"

namespace harmonic::classic {

/// Figures of other people's networks, in per cent. They were measured on the same pixels, labels
/// and duplicates as ours, but by the networks' own runtimes and not by this program.
struct Rival {
  std::string_view name;
  /// Accuracy and macro-F1 of FER2013 PrivateTest, of the same without duplicates, of FER+.
  std::array<double, 2> fer2013, clean, ferplus;
};
[[nodiscard]] std::span<const Rival> rivals();

/// What was run, for the head of the page.
struct About {
  std::string command;  ///< with DIR for the data's folder
  std::string digest;   ///< of digest_of_archive()
  evaluate::Split split = evaluate::Split::kPrivateTest;
  std::size_t limit = 0;  ///< 0: all faces
};

/// One line a row, then the rivals. Where there is no figure there is a "-".
[[nodiscard]] std::string text_table(std::span<const Row> rows, const About& about);

/// docs/recipes/README.md; confusion pictures are named by picture_name().
[[nodiscard]] std::string markdown_page(std::span<const Row> rows, const About& about);

/// "eigenfaces + SVM" as "eigenfaces-svm.png": letters and digits in lower case, joined by "-".
[[nodiscard]] std::string picture_name(std::string_view row);

}  // namespace harmonic::classic
