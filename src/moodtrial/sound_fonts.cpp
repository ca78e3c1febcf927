#include "moodtrial/sound_fonts.h"

#include <string>

namespace harmonic::moodtrial {

namespace fs = std::filesystem;

namespace {

Result<fs::path> find_font(const char* file, const char* package) {
  const auto path = fs::path{"/usr/share/sounds/sf2"} / file;
  if (fs::is_regular_file(path)) return path;
  return fail(ErrorKind::kNotFound,
              path.string() + " is not there: install the package " + package);
}

}  // namespace

Result<Sources> find_sources(const fs::path& data, const fs::path& cache) {
  Sources sources{data, cache, {}, {}, 1};
  HARMONIC_TRY(sources.unheard_font, find_font("FluidR3_GM.sf2", "fluid-soundfont-gm"));
  for (const auto& [file, package] : {std::pair{"TimGM6mb.sf2", "timgm6mb-soundfont"},
                                      {"sf_GMbank.sf2", "csound-soundfont"},
                                      {"OPL-3_FM_128M.sf2", "opl3-soundfont"}}) {
    HARMONIC_TRY(auto font, find_font(file, package));
    sources.fonts.push_back(std::move(font));
  }
  return sources;
}

Result<Sources> find_sources_for_ears(const fs::path& data, const fs::path& cache) {
  Sources sources{data, cache, {}, {}, 1};
  HARMONIC_TRY(auto font, find_font("TimGM6mb.sf2", "timgm6mb-soundfont"));
  sources.fonts.push_back(std::move(font));
  return sources;
}

}  // namespace harmonic::moodtrial
