// session/acquaintances.h - the listeners who enrolled with `harmonic who`, known by their faces.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "face/detector.h"
#include "identity/gallery.h"
#include "identity/model.h"
#include "image/picture.h"

namespace harmonic::session {

/// Threads  name_of() from any number at once.
class Acquaintances {
 public:
  /// Reads the gallery of a data folder once; who enrols later is known to the next one.
  /// Errors  kNotFound: nobody is enrolled.  kCorrupt: a damaged gallery, or one of other weights
  ///         than `share` holds.  Those of identity::load_shipped_model.
  [[nodiscard]] static Result<Acquaintances> open(const std::filesystem::path& share,
                                                  const std::filesystem::path& data);

  /// The enrolled listener whose face this is most likely, if that is likely enough; how often it
  /// errs: docs/models/identity.md. Nobody where the finder gave no eyes and mouth.
  [[nodiscard]] std::optional<std::string> name_of(const image::Picture& picture,
                                                   const face::Detection& face) const;

 private:
  Acquaintances(identity::Model model, identity::Gallery gallery)
      : model_{std::move(model)}, gallery_{std::move(gallery)} {}

  identity::Model model_;
  identity::Gallery gallery_;
};

}  // namespace harmonic::session
