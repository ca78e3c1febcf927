#include "scan/plan.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace harmonic::scan {

namespace {

template <typename Entry>
std::unordered_map<std::string, const Entry*> by_path(const std::vector<Entry>& entries) {
  std::unordered_map<std::string, const Entry*> map;
  for (const auto& entry : entries) map.emplace(entry.path.native(), &entry);
  return map;
}

// Not being able to look is not the same as not being there.
bool is_surely_gone(const std::filesystem::path& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

bool can_tell(const Walk& walk, const std::filesystem::path& path) {
  const bool in_root = std::any_of(walk.roots.begin(), walk.roots.end(),
                                   [&path](const auto& root) { return is_inside(path, root); });
  return in_root &&
         std::none_of(walk.unreadable.begin(), walk.unreadable.end(),
                      [&path](const Trouble& trouble) { return is_inside(path, trouble.path); });
}

}  // namespace

Plan make_plan(const Walk& walk, const std::vector<catalog::KnownFile>& known,
               const std::vector<catalog::FailedFile>& failed, int analysis_version) {
  Plan plan;
  const auto known_at = by_path(known);
  const auto failed_at = by_path(failed);
  std::unordered_set<std::string> found;
  for (const auto& file : walk.files) {
    found.insert(file.path.native());
    const auto song = known_at.find(file.path.native());
    const auto failure = failed_at.find(file.path.native());
    if (song != known_at.end() && song->second->stamp == file.stamp &&
        song->second->analysis_version == analysis_version) {
      ++plan.unchanged;
    } else if (failure != failed_at.end() && failure->second->stamp == file.stamp) {
      plan.remembered.push_back({file.path, failure->second->reason});
    } else {
      plan.to_hear.push_back(file);
    }
  }
  for (const auto& song : known) {
    if (!found.contains(song.path.native()) && can_tell(walk, song.path) &&
        is_surely_gone(song.path)) {
      plan.gone.push_back(song.song);
    }
  }
  return plan;
}

}  // namespace harmonic::scan
