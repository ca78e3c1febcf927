#include "base/log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace harmonic {
namespace {

// A song's title or a request's header must not be able to forge a second line of the log.
TEST(Log, AMessageStaysOnOneLine) {
  testing::internal::CaptureStderr();
  log::warning("title \"a\nb\x1b[31m{}\"");
  const auto shown = testing::internal::GetCapturedStderr();
  EXPECT_NE(shown.find("title \"a?b?[31m{}\""), std::string::npos) << shown;
  EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), 1) << shown;
}

TEST(Log, QuietKeepsWarnings) {
  log::set_quiet(true);
  testing::internal::CaptureStderr();
  log::info("unseen");
  log::error("seen");
  log::set_quiet(false);
  const auto shown = testing::internal::GetCapturedStderr();
  EXPECT_EQ(shown.find("unseen"), std::string::npos);
  EXPECT_NE(shown.find("error seen"), std::string::npos) << shown;
}

}  // namespace
}  // namespace harmonic
