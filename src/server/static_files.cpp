#include "server/static_files.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "server/file.h"

namespace harmonic::server {

namespace fs = std::filesystem;

namespace {

// Nothing from elsewhere, nothing inline that runs; pictures and sound also from the page's memory.
constexpr std::string_view kPolicy =
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: mediastream:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

/// The file that `path` names inside `folder`, links followed, or an empty path.
fs::path inside(const fs::path& folder, std::string_view path) {
  std::error_code error;
  const auto root = fs::canonical(folder, error);
  if (error) return {};
  const auto file = fs::canonical(root / fs::path{path}.relative_path(), error);
  if (error) return {};
  const auto [root_end, ignored] =
      std::mismatch(root.begin(), root.end(), file.begin(), file.end());
  return root_end == root.end() ? file : fs::path{};
}

}  // namespace

std::string_view media_type_of(const fs::path& file) {
  struct Kind {
    std::string_view ending;
    std::string_view type;
  };
  static constexpr std::array kKinds{
      Kind{".html", "text/html; charset=utf-8"},
      Kind{".js", "text/javascript; charset=utf-8"},
      Kind{".css", "text/css; charset=utf-8"},
      Kind{".json", "application/json"},
      Kind{".webmanifest", "application/manifest+json"},
      Kind{".svg", "image/svg+xml"},
      Kind{".png", "image/png"},
      Kind{".jpg", "image/jpeg"},
      Kind{".webp", "image/webp"},
      Kind{".ico", "image/x-icon"},
      Kind{".woff2", "font/woff2"},
      Kind{".wasm", "application/wasm"},
      Kind{".txt", "text/plain; charset=utf-8"},
  };
  const auto ending = file.extension().string();
  const auto* found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.ending == ending; });
  return found == kKinds.end() ? "application/octet-stream" : found->type;
}

Response StaticFiles::answer(const Request& request, std::string_view path) const {
  if (std::error_code error; !fs::is_directory(folder_, error)) {
    return error_response(503, "the page is not built: its folder web/dist is missing");
  }
  const auto file = inside(folder_, path == "/" ? "/index.html" : path);
  if (file.empty()) return error_response(404, "the page has no such file");
  auto opened = File::open(file);
  if (!opened) return error_response(404, "the page has no such file");
  auto response = file_response(request, *std::move(opened), media_type_of(file));
  response.headers.emplace_back("Content-Security-Policy", kPolicy);
  response.headers.emplace_back("Permissions-Policy", "camera=(self), microphone=()");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cache-Control", path.starts_with("/assets/")
                                                     ? "public, max-age=31536000, immutable"
                                                     : "no-cache");
  return response;
}

}  // namespace harmonic::server
