#include "server/http.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/test_folder.h"
#include "server/file.h"

namespace harmonic::server {
namespace {

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(Http, APathIsDecodedOnceAndNeverHoldsAZero) {
  struct Case {
    std::string_view target;
    std::string_view path;
  };
  const Case cases[] = {
      {"/", "/"},
      {"/a?b=c", "/a"},
      {"/a%20b", "/a b"},
      {"/%2e%2E/x", "/../x"},
      {"/%252e", "/%2e"},
      {"/%C3%A9", "/\xC3\xA9"},
      {"/a%00b", ""},
      {"/a%", ""},
      {"/a%2", ""},
      {"/a%2g", ""},
      {"/a%-1", ""},
      {"a", ""},
      {"", ""},
      {"?x", ""},
      {"http://evil.example/", ""},
  };
  for (const auto& [target, path] : cases) EXPECT_EQ(decoded_path(target), path) << target;
}

TEST(Http, AQueryIsReadByItsNames) {
  const auto ids = [](std::string_view target) { return query_value(target, "ids").value_or("-"); };
  EXPECT_EQ(ids("/songs?ids=1,2"), "1,2");
  EXPECT_EQ(ids("/songs?a=b&ids=3&ids=4"), "3");
  EXPECT_EQ(ids("/songs?ids="), "");
  EXPECT_EQ(ids("/songs?ids"), "-");
  EXPECT_EQ(ids("/songs?idsx=1&xids=2"), "-");
  EXPECT_EQ(ids("/songs"), "-");
  EXPECT_EQ(ids("/songs&ids=1"), "-");
}

TEST(Http, AFileIsAnsweredAsRangesAndConditionsSay) {
  const TestFolder folder;
  const auto file = *File::open(folder.write("a.ogg", "0123456789"));
  const auto& etag = file->etag();
  struct Case {
    const char* what;
    std::string range, if_range, if_none_match;
    int status;
    std::uint64_t length;
    std::string content_range;
  };
  const Case cases[] = {
      {"all", "", "", "", 200, 10, ""},
      {"a slice", "bytes=2-4", "", "", 206, 3, "bytes 2-4/10"},
      {"a slice of the same file", "bytes=2-4", etag, "", 206, 3, "bytes 2-4/10"},
      {"a slice of a file that changed", "bytes=2-4", "\"old\"", "", 200, 10, ""},
      {"a weak tag cannot glue halves", "bytes=2-4", "W/" + etag, "", 200, 10, ""},
      {"past the end", "bytes=10-", "", "", 416, 0, "bytes */10"},
      {"past the end of a file that changed", "bytes=10-", "\"old\"", "", 200, 10, ""},
      {"known", "", "", etag, 304, 0, ""},
      {"known among others", "", "", "\"x\", W/" + etag, 304, 0, ""},
      {"known slice", "bytes=2-4", "", etag, 304, 0, ""},
      {"known before the change", "", "", "\"old\"", 200, 10, ""},
      {"anything", "", "", "*", 304, 0, ""},
  };
  for (const auto& c : cases) {
    Request request;
    request.range = c.range;
    request.if_range = c.if_range;
    request.if_none_match = c.if_none_match;
    const auto response = file_response(request, file, "audio/ogg");
    EXPECT_EQ(response.status, c.status) << c.what;
    EXPECT_EQ(header(response, "Content-Range"), c.content_range) << c.what;
    if (c.status != 416) {
      EXPECT_EQ(response.length(), c.length) << c.what;
      EXPECT_EQ(header(response, "ETag"), etag) << c.what;
    }
  }
}

TEST(Http, TheTagOfAFileChangesWithTheFile) {
  const TestFolder folder;
  const auto path = folder.write("a", "one");
  const auto before = (*File::open(path))->etag();
  folder.write("a", "three");
  EXPECT_NE((*File::open(path))->etag(), before);
}

// A named pipe among the music would otherwise hang the thread that opens it.
TEST(Http, OnlyRegularFilesAreOpened) {
  const TestFolder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  for (const char* name : {"pipe", "absent", "."}) {
    const auto file = File::open(folder.path() / name);
    ASSERT_FALSE(file) << name;
    EXPECT_EQ(file.error().kind, ErrorKind::kNotFound) << name;
  }
}

TEST(Http, ReadingPastTheEndGivesWhatThereIs) {
  const TestFolder folder;
  const auto file = *File::open(folder.write("a", "0123456789"));
  std::string bytes(8, '-');
  EXPECT_EQ(file->read_at(6, bytes), 4U);
  EXPECT_EQ(bytes, "6789----");
  EXPECT_EQ(file->read_at(10, bytes), 0U);
}

TEST(Http, TheHeadSaysLengthAndWhetherTheLineStaysOpen) {
  auto response = json_response(200, "{}");
  EXPECT_EQ(
      write_head(response, true),
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n"
      "Content-Length: 2\r\nX-Content-Type-Options: nosniff\r\nConnection: keep-alive\r\n\r\n");
  response.status = 304;
  EXPECT_EQ(write_head(response, false).find("Content-Length"), std::string::npos);
}

// A file's name may be any bytes; an error that quotes it must still be JSON.
TEST(Http, AnErrorIsJsonWhateverItQuotes) {
  const auto response = error_response({ErrorKind::kNotFound, "\"\xFF\n\" is gone"});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(std::get<std::string>(response.body), R"({"error":"\")"
                                                  "\xEF\xBF\xBD"
                                                  R"(\n\" is gone"})");
}

}  // namespace
}  // namespace harmonic::server
