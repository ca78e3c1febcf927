#include "scan/walk.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

namespace harmonic::scan {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

std::optional<struct stat> facts_of(const fs::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return std::nullopt;
  return facts;
}

catalog::FileStamp stamp_of(const struct stat& facts) {
  return {static_cast<std::uint64_t>(facts.st_size),
          static_cast<std::int64_t>(facts.st_mtim.tv_sec) * kNanosecondsPerSecond +
              facts.st_mtim.tv_nsec};
}

class Walker {
 public:
  explicit Walker(Walk& walk) : walk_{walk} {}

  void visit_root(const fs::path& root) {
    std::error_code error;
    const bool is_folder = fs::is_directory(root, error);
    if (is_folder && fs::is_empty(root, error) && !error) {
      walk_.empty_roots.push_back(root);
      return;
    }
    walk_.roots.push_back(root);
    is_folder ? folders_.push_back(root) : visit_file(root);
    while (!folders_.empty()) {
      const fs::path folder = std::move(folders_.back());
      folders_.pop_back();
      list(folder);
    }
  }

 private:
  void list(const fs::path& folder) {
    const auto facts = facts_of(folder);
    if (!facts || !seen_.insert({facts->st_dev, facts->st_ino}).second) return;
    walk_.folders.push_back(folder);
    std::error_code error;
    fs::directory_iterator entries{folder, error};
    for (; !error && entries != fs::directory_iterator{}; entries.increment(error)) visit(*entries);
    if (error)
      walk_.unreadable.push_back({folder, "the folder cannot be read: " + error.message()});
  }

  void visit(const fs::directory_entry& entry) {
    if (entry.path().filename().native().starts_with('.')) return;
    std::error_code error;
    const bool is_link = entry.is_symlink(error);
    if (entry.is_directory(error)) {
      folders_.push_back(entry.path());
    } else if (entry.is_regular_file(error)) {
      if (!is_link || !leads_inside(entry.path())) visit_file(entry.path());
    } else if (is_link && !fs::exists(entry.path(), error)) {
      walk_.unreadable.push_back({entry.path(), "a link that leads nowhere"});
    }
  }

  bool leads_inside(const fs::path& link) const {
    std::error_code error;
    const auto target = fs::canonical(link, error);
    return !error &&
           std::any_of(walk_.roots.begin(), walk_.roots.end(),
                       [&target](const fs::path& root) { return is_inside(target, root); });
  }

  void visit_file(const fs::path& path) {
    if (const auto facts = facts_of(path)) walk_.files.push_back({path, stamp_of(*facts)});
  }

  Walk& walk_;
  std::vector<fs::path> folders_;
  std::set<std::pair<dev_t, ino_t>> seen_;
};

}  // namespace

bool is_inside(const fs::path& path, const fs::path& folder) {
  const auto& inner = path.native();
  const auto& outer = folder.native();
  return inner.starts_with(outer) &&
         (inner.size() == outer.size() || outer.ends_with('/') || inner[outer.size()] == '/');
}

std::vector<fs::path> folders_below(const std::vector<fs::path>& roots) {
  auto walked = walk(roots);
  auto folders = std::move(walked.folders);
  folders.insert(folders.end(), walked.empty_roots.begin(), walked.empty_roots.end());
  return folders;
}

Walk walk(const std::vector<fs::path>& roots) {
  Walk walk;
  Walker walker{walk};
  for (const auto& root : roots) {
    std::error_code error;
    const auto real = fs::canonical(root, error);
    if (error) {
      walk.absent_roots.push_back(
          {fs::absolute(root), "there is no such folder: is its disk mounted?"});
    } else {
      walker.visit_root(real);
    }
  }
  const auto by_path = [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; };
  const auto same = [](const FoundFile& a, const FoundFile& b) { return a.path == b.path; };
  std::sort(walk.files.begin(), walk.files.end(), by_path);
  walk.files.erase(std::unique(walk.files.begin(), walk.files.end(), same), walk.files.end());
  return walk;
}

}  // namespace harmonic::scan
