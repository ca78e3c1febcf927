#include "targets_file.h"

#include <fstream>
#include <iterator>

#include "base/paths.h"

namespace harmonic::app {

namespace {

Result<std::filesystem::path> targets_path(const std::string& named,
                                           const std::filesystem::path& data) {
  if (!named.empty()) return named;
  std::error_code error;
  if (auto own = data / "targets.txt"; std::filesystem::exists(own, error)) return own;
  HARMONIC_TRY(const auto share, share_dir());
  return share / "share" / "targets.txt";
}

}  // namespace

Result<std::shared_ptr<const recommend::Targets>> open_targets(const std::string& named,
                                                               const std::filesystem::path& data) {
  HARMONIC_TRY(const auto path, targets_path(named, data));
  std::ifstream file{path, std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  // Opening a folder succeeds, reading it does not.
  if (!file || text.empty()) {
    return fail(ErrorKind::kNotFound, "the targets " + path.string() +
                                          " could not be read; share/targets.txt of the program "
                                          "shows what one looks like");
  }
  HARMONIC_TRY(const auto targets, recommend::Targets::read(text, path.string()));
  return std::make_shared<const recommend::Targets>(targets);
}

}  // namespace harmonic::app
