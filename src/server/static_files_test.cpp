#include "server/static_files.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"

namespace harmonic::server {
namespace {

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

// The failure guarded against: ../../etc/passwd, a link out of the folder, the folder as a file.
TEST(StaticFiles, NothingOutsideTheFolderIsServed) {
  const TestFolder folder;
  folder.write("secret.txt", "secret");
  folder.write("dist-other/a.txt", "neighbour");
  folder.write("dist/index.html", "<html>");
  folder.write("dist/assets/index-1a2b.js", "1");
  std::filesystem::create_symlink(folder.path() / "secret.txt", folder.path() / "dist/link.txt");
  const StaticFiles files{folder.path() / "dist"};
  struct Case {
    std::string_view path;
    int status;
  };
  const Case cases[] = {
      {"/", 200},
      {"/index.html", 200},
      {"/assets/index-1a2b.js", 200},
      {"/assets/../index.html", 200},
      {"/../secret.txt", 404},
      {"/assets/../../secret.txt", 404},
      {"/../dist-other/a.txt", 404},
      {"//etc/passwd", 404},
      {"/link.txt", 404},
      {"/assets", 404},
      {"/assets/", 404},
      {"/.", 404},
      {"/..", 404},
      {"/index.html/", 404},
      {"/absent.js", 404},
  };
  for (const auto& [path, status] : cases) {
    EXPECT_EQ(files.answer({}, path).status, status) << path;
  }
}

TEST(StaticFiles, HashedNamesMayBeKeptOthersAreAskedForAgain) {
  const TestFolder folder;
  folder.write("index.html", "<html>");
  folder.write("assets/a-1.woff2", "f");
  const StaticFiles files{folder.path()};
  const auto page = files.answer({}, "/");
  EXPECT_EQ(header(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
  EXPECT_NE(header(page, "Content-Security-Policy").find("default-src 'self'"), std::string::npos);
  const auto font = files.answer({}, "/assets/a-1.woff2");
  EXPECT_EQ(header(font, "Content-Type"), "font/woff2");
  EXPECT_NE(header(font, "Cache-Control").find("immutable"), std::string::npos);
  Request again;
  again.if_none_match = header(page, "ETag");
  EXPECT_EQ(files.answer(again, "/").status, 304);
}

TEST(StaticFiles, APageThatWasNeverBuiltIsSaidSo) {
  const StaticFiles files{"/nonexistent/dist"};
  const auto response = files.answer({}, "/");
  EXPECT_EQ(response.status, 503);
  EXPECT_NE(std::get<std::string>(response.body).find("web/dist"), std::string::npos);
}

}  // namespace
}  // namespace harmonic::server
