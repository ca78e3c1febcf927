#include "base/paths.h"

#include <cstdlib>

namespace harmonic {

namespace fs = std::filesystem;

namespace {

bool is_folder(const fs::path& path) {
  std::error_code trouble;  // an unreadable ancestor is simply not it
  return fs::is_directory(path, trouble);
}

const char* of_this_process(const char* name) { return std::getenv(name); }

}  // namespace

Result<fs::path> share_dir_of(const fs::path& executable, const Environment& environment) {
  if (const char* named = environment("HARMONIC_SHARE"); named != nullptr && *named != '\0') {
    if (is_folder(named)) return fs::path{named};
    return fail(ErrorKind::kNotFound,
                "HARMONIC_SHARE names " + std::string{named} + ", which is no folder");
  }
  const fs::path bin = executable.parent_path();
  for (fs::path at = bin; at != at.root_path(); at = at.parent_path()) {
    if (is_folder(at / "models")) return at;
  }
  const fs::path installed = bin.parent_path() / "share" / "harmonic";
  if (is_folder(installed)) return installed;
  return fail(ErrorKind::kNotFound,
              "no folder with models/ above " + bin.string() + " and no " + installed.string() +
                  ": set HARMONIC_SHARE to the folder that holds models/ and web/dist/");
}

Result<fs::path> share_dir() {
  std::error_code trouble;
  const fs::path self = fs::read_symlink("/proc/self/exe", trouble);
  if (trouble) {
    return fail(ErrorKind::kUnavailable, "this program cannot tell where it is installed (" +
                                             trouble.message() + "): set HARMONIC_SHARE");
  }
  return share_dir_of(self, of_this_process);
}

Result<fs::path> default_data_dir(const Environment& environment) {
  if (const char* data = environment("XDG_DATA_HOME"); data != nullptr && *data == '/') {
    return fs::path{data} / "harmonic";
  }
  if (const char* home = environment("HOME"); home != nullptr && *home == '/') {
    return fs::path{home} / ".local" / "share" / "harmonic";
  }
  return fail(ErrorKind::kNotFound,
              "neither HOME nor XDG_DATA_HOME is set: name the data folder with --data DIR");
}

Result<fs::path> default_data_dir() { return default_data_dir(of_this_process); }

Result<fs::path> data_dir(const std::string& named) {
  if (!named.empty()) return fs::path{named};
  return default_data_dir();
}

}  // namespace harmonic
