// identity/people.h - the two labelled sets that recognition is trained and measured on.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "identity/portrait.h"
#include "image/picture.h"

namespace harmonic::identity {

/// Where one person's pictures lie.
struct PersonFiles {
  std::string name;
  std::vector<std::filesystem::path> pictures;
};

/// muxspace_pairs: 1,616 people with two pictures each, by name. `folder` holds labels.csv.
/// Errors  kNotFound: no labels.csv.  kCorrupt: a line that is no picture and person, or a person
///         without exactly two pictures.
[[nodiscard]] Result<std::vector<PersonFiles>> list_muxspace(const std::filesystem::path& folder);

/// ORL (AT&T): s1 .. s40 with 1.pgm .. 10.pgm each. Errors  kNotFound: one of them is missing.
[[nodiscard]] Result<std::vector<PersonFiles>> list_orl(const std::filesystem::path& folder);

/// A grey picture of ORL's format: "P5", width, height, 255, then a byte a pixel.
/// Errors  kInvalidInput: anything else.
[[nodiscard]] Result<image::Picture> decode_pgm(std::string_view bytes);

/// One person's portraits, in the order of the files.
struct Person {
  std::string name;
  std::vector<image::Picture> portraits;
};

struct People {
  std::vector<Person> people;
  std::size_t not_found = 0;  ///< pictures without a face, taken whole
  std::size_t pictures = 0;
};

/// Told after every picture.
using Progress = std::function<void(std::size_t done, std::size_t all)>;

/// Every picture as a portrait. Errors  those of the files and of the face finder.
[[nodiscard]] Result<People> paint_all(const Portraitist& portraitist,
                                       const std::vector<PersonFiles>& people,
                                       const Progress& progress);

/// SHA-256 over a line "name digest" of every picture, in order.
[[nodiscard]] Result<std::string> digest_of(const std::vector<PersonFiles>& people);

/// Which of muxspace's people learn (six of eight), choose a threshold (the seventh) and are only
/// measured (the eighth), by their place in the list.
enum class Part { kLearn, kChoose, kHeldOut };
[[nodiscard]] constexpr Part part_of(std::size_t place) {
  return place % 8 < 6 ? Part::kLearn : place % 8 == 6 ? Part::kChoose : Part::kHeldOut;
}
[[nodiscard]] std::vector<Person> part_of(const std::vector<Person>& people, Part part);

}  // namespace harmonic::identity
