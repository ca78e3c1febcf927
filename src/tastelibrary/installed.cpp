#include "tastelibrary/installed.h"

#include "base/whole_file.h"

namespace harmonic::tastelibrary {

std::filesystem::path model_file_of(const std::filesystem::path& data) {
  return data / "taste.model";
}

Result<std::optional<taste::IalsModel>> installed_model(const std::filesystem::path& data) {
  const auto file = model_file_of(data);
  const auto bytes = read_whole(file);
  if (!bytes && bytes.error().kind == ErrorKind::kNotFound) return std::nullopt;
  if (!bytes) return tl::unexpected{bytes.error()};
  auto model = taste::decode_model(*bytes);
  if (!model) {
    return fail(model.error().kind, file.string() + ": " + model.error().message +
                                        ", or remove the file to go on without it");
  }
  return *std::move(model);
}

}  // namespace harmonic::tastelibrary
