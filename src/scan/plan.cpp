#include "scan/plan.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <unordered_map>

#include "audio/cue_song.h"

namespace harmonic::scan {

namespace {

using catalog::FailedFile;
using catalog::KnownFile;
using Failures = std::unordered_map<std::string, const FailedFile*>;

Failures by_path(const std::vector<FailedFile>& failed) {
  Failures map;
  for (const auto& file : failed) map.emplace(file.path.native(), &file);
  return map;
}

bool can_tell(const Walk& walk, const std::filesystem::path& path) {
  const bool in_root = std::any_of(walk.roots.begin(), walk.roots.end(),
                                   [&path](const auto& root) { return is_inside(path, root); });
  return in_root &&
         std::none_of(walk.unreadable.begin(), walk.unreadable.end(),
                      [&path](const Trouble& trouble) { return is_inside(path, trouble.path); });
}

void plan_fresh(const FoundFile& file, const Failures& failures, Plan& plan) {
  const auto failure = failures.find(file.path);
  if (failure != failures.end() && failure->second->stamp == file.stamp) {
    plan.remembered.push_back({file.path, failure->second->reason});
  } else {
    plan.fresh.push_back(file);
  }
}

void plan_known(const FoundFile& file, const KnownFile& song, std::size_t index,
                int analysis_version, Plan& plan) {
  if (song.stamp != file.stamp) {
    plan.changed.push_back({file, index});
    return;
  }
  if (song.analysis_version == analysis_version) {
    ++plan.unchanged;
    if (!song.content) plan.unkeyed.push_back(index);
  } else {
    plan.to_hear.push_back({file.path, file.stamp, song.content});
  }
}

bool was_looked_into(const Walk& walk, const std::string& sound) {
  return std::ranges::binary_search(walk.told_apart, sound) ||
         std::ranges::binary_search(walk.files, sound, {}, &FoundFile::path);
}

/// Not being able to look is not the same as not being there.
bool is_not_there(const std::filesystem::path& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

}  // namespace

bool is_surely_gone(const Walk& walk, const std::filesystem::path& path) {
  if (!can_tell(walk, path)) return false;
  if (const auto sheet = audio::sheet_of(path)) {
    if (std::ranges::binary_search(walk.tracks, path.native())) return false;
    // A file that is being written was not looked into for its sheet.
    return audio::is_cue_sheet(sheet->native()) || was_looked_into(walk, sheet->native()) ||
           is_not_there(*sheet);
  }
  return std::ranges::binary_search(walk.told_apart, path.native()) || is_not_there(path);
}

Plan make_plan(const Walk& walk, const std::vector<KnownFile>& known,
               const std::vector<FailedFile>& failed, int analysis_version) {
  Plan plan;
  const auto failures = by_path(failed);
  // Both lists are in one order, so one pass over the two finds what they share.
  std::size_t at = 0;
  const auto pass_over = [&](const auto& is_before) {
    for (; at < known.size() && is_before(known[at].path.native()); ++at) {
      if (is_surely_gone(walk, known[at].path)) plan.gone.push_back(at);
    }
  };
  for (const auto& file : walk.files) {
    pass_over([&](const std::string& path) { return path < file.path; });
    if (at < known.size() && known[at].path.native() == file.path) {
      plan_known(file, known[at], at, analysis_version, plan);
      ++at;
    } else {
      plan_fresh(file, failures, plan);
    }
  }
  pass_over([](const std::string&) { return true; });
  return plan;
}

}  // namespace harmonic::scan
