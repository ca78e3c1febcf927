// apps/harmonic/eval_recipes.h - harmonic eval faces --all: the literature on one table.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the name is CLI11's
class App;
}

namespace harmonic::app {

/// The options of eval faces that belong to the table.
struct RecipesWanted {
  bool all = false;
  std::vector<std::string> recipes;   ///< parts of rows' names; none asks for every row
  std::vector<std::string> networks;  ///< manifests measured beside the one that ships
  std::string folder;                 ///< of exported networks, one in each folder inside
  std::string docs;                   ///< folder for the page and the pictures
  std::string cache;                  ///< folder for finished rows
  std::size_t limit = 0;              ///< faces of every split; 0 for all

  [[nodiscard]] bool any() const { return all || !recipes.empty(); }
  /// An option that says nothing without the table.
  [[nodiscard]] bool stray() const {
    return !any() &&
           (!networks.empty() || !folder.empty() || !docs.empty() || !cache.empty() || limit > 0);
  }
};

void add_recipe_options(CLI::App& faces, RecipesWanted& wanted);

/// Prints the table of `split` ("private" or "public") of the archive in `data`.
/// Errors  kInvalidInput: no row has such a name; those of training, measuring and writing.
[[nodiscard]] Result<void> evaluate_recipes(const RecipesWanted& wanted, const std::string& data,
                                            const std::string& split, bool json);

}  // namespace harmonic::app
