#include "session/acquaintances.h"

#include <utility>

#include "identity/portrait.h"

namespace harmonic::session {

Result<Acquaintances> Acquaintances::open(const std::filesystem::path& share,
                                          const std::filesystem::path& data) {
  HARMONIC_TRY(auto gallery, identity::read_gallery(data));
  if (gallery.listeners.empty()) {
    return fail(ErrorKind::kNotFound,
                "nobody is enrolled; `harmonic who --enrol NAME PICTURE...` does it");
  }
  HARMONIC_TRY(auto model, identity::load_shipped_model(share));
  HARMONIC_CHECK(identity::check_model(gallery, model));
  return Acquaintances{std::move(model), std::move(gallery)};
}

std::optional<std::string> Acquaintances::name_of(const image::Picture& picture,
                                                  const face::Detection& face) const {
  const auto portrait = identity::portrait_of(picture, face);
  if (portrait.empty()) return std::nullopt;
  const auto answer = identity::recognise(*model_.recogniser, gallery_.listeners,
                                          model_.recogniser->features(portrait), model_.threshold);
  if (!answer || !answer->known) return std::nullopt;
  return gallery_.listeners.at(answer->nearest).name;
}

}  // namespace harmonic::session
