#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "base/status.h"

namespace harmonic {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(ErrorKind::kInvalidInput, std::to_string(number) + " is odd");
  return number / 2;
}

Result<int> quarter(int number) {
  HARMONIC_TRY(const int once, half(number));
  HARMONIC_TRY(const int twice, half(once));
  return twice;
}

Result<void> even(int number) {
  HARMONIC_CHECK(half(number));
  return {};
}

// The failure: an error is swallowed on its way out, or two tries in one function collide.
TEST(Result, TryGivesTheValueOrLeavesWithTheError) {
  struct Case {
    int number = 0;
    std::optional<int> value;
    const char* message = "";
  };
  for (const auto& [number, value, message] :
       {Case{12, 3, ""}, Case{7, {}, "7 is odd"}, Case{6, {}, "3 is odd"}}) {
    const auto result = quarter(number);
    ASSERT_EQ(result.has_value(), value.has_value()) << number;
    if (value) {
      EXPECT_EQ(*result, *value);
    } else {
      EXPECT_EQ(result.error().kind, ErrorKind::kInvalidInput);
      EXPECT_EQ(result.error().message, message);
    }
  }
}

TEST(Result, CheckLeavesOnlyWithAnError) {
  EXPECT_TRUE(even(2));
  ASSERT_FALSE(even(3));
  EXPECT_EQ(even(3).error().message, "3 is odd");
}

// The failure: a value that can only be moved does not compile or is copied.
TEST(Result, TryMovesWhatCannotBeCopied) {
  const auto boxed = [](int number) -> Result<std::unique_ptr<int>> {
    return std::make_unique<int>(number);
  };
  const auto opened = [&]() -> Result<int> {
    HARMONIC_TRY(const auto box, boxed(5));
    return *box;
  };
  EXPECT_EQ(*opened(), 5);
}

TEST(Error, KeepsItsKindAndSaysWhatWasBeingDone) {
  const auto error = Error{ErrorKind::kCorrupt, "bad page"}.while_doing("opening library.sqlite");
  EXPECT_EQ(error.kind, ErrorKind::kCorrupt);
  EXPECT_EQ(error.message, "opening library.sqlite: bad page");
}

// Scripts rely on these numbers; README.md states them.
TEST(Status, EachKindHasItsExitCodeAndHttpStatus) {
  struct Case {
    ErrorKind kind;
    int exit;
    int http;
  };
  for (const auto& [kind, exit, http] : {
           Case{ErrorKind::kInvalidInput, 3, 400},
           Case{ErrorKind::kNotFound, 4, 404},
           Case{ErrorKind::kUnavailable, 5, 503},
           Case{ErrorKind::kCorrupt, 6, 500},
       }) {
    EXPECT_EQ(exit_code(kind), exit);
    EXPECT_EQ(http_status(kind), http);
  }
  EXPECT_EQ(kExitDone, 0);
  EXPECT_EQ(kExitUsage, 2);
}

}  // namespace
}  // namespace harmonic
