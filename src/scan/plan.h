// scan/plan.h - what a scan has to do: what is there against what is known. Pure but for
// is_surely_gone().
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "catalog/store.h"
#include "scan/walk.h"

namespace harmonic::scan {

/// A song that waits to be heard.
struct FileToHear {
  std::string path;  ///< as FoundFile's
  catalog::FileStamp stamp;
  std::optional<catalog::ContentKey> content;
};

struct Plan {
  struct Changed {
    FoundFile file;
    std::size_t known = 0;  ///< which of the known files
  };

  std::vector<FoundFile> fresh;      ///< no present song stands there
  std::vector<Changed> changed;      ///< one does, and its file became another
  std::vector<std::size_t> unkeyed;  ///< of the unchanged: stored without a content key
  std::vector<FileToHear> to_hear;   ///< unchanged and not heard, or by another analysis
  std::size_t unchanged = 0;         ///< songs that need no opening
  std::vector<Trouble> remembered;   ///< files that failed before and did not change
  std::vector<std::size_t> gone;     ///< which of the known files are not there any more
};

/// A song is gone only when its file cannot be found inside a root that is there, in a folder that
/// could be read: an unmounted disk takes no song away. A track of a cue sheet is gone with the
/// sheet, or with the file that carries it, and a file with the sheet that tells it apart.
[[nodiscard]] bool is_surely_gone(const Walk& walk, const std::filesystem::path& path);

/// `known` in the order of the bytes of the paths.
[[nodiscard]] Plan make_plan(const Walk& walk, const std::vector<catalog::KnownFile>& known,
                             const std::vector<catalog::FailedFile>& failed, int analysis_version);

}  // namespace harmonic::scan
