// base/result.h - how a function of this project says that it could not do its work.
//
//   no such thing    std::optional, an empty vector   a frame without a face is a fact, not a
//   failure it failed        Result<T>                        file, device, database or sender
//   misbehaved we are wrong     assert                           a caller broke the contract: stop
//   exceptions       stay inside the .cpp that called the library which throws them
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace harmonic {

/// What the caller can do about it. Each kind has one exit code and one HTTP status
/// (base/status.h).
enum class ErrorKind : std::uint8_t {
  kInvalidInput,  ///< What was handed in is malformed: mend it and try again.
  kNotFound,      ///< No such file, song, listener, model.
  kUnavailable,   ///< Device, disk, port or database is busy, full or gone: later may work.
  kCorrupt,       ///< Stored bytes fail their check: only a restore or a new install helps.
};

/// A failure on its way to somebody who can act. `message` names the thing and the remedy, for a
/// person; programs look at `kind`.
struct Error {
  ErrorKind kind;
  std::string message;

  /// The same failure with what this layer was doing put in front.
  [[nodiscard]] Error while_doing(std::string_view activity) && {
    return {kind, std::string{activity} + ": " + std::move(message)};
  }
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>{Error{kind, std::move(message)}};
}

}  // namespace harmonic

#define HARMONIC_JOIN_TOKENS(a, b) a##b
#define HARMONIC_JOIN(a, b) HARMONIC_JOIN_TOKENS(a, b)

/// Binds the value of a Result, or leaves the function with its error:
///   HARMONIC_TRY(const auto song, store.song(id));
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses
#define HARMONIC_TRY(declaration, expression)                                  \
  auto HARMONIC_JOIN(tried_, __LINE__) = (expression);                         \
  if (!HARMONIC_JOIN(tried_, __LINE__)) {                                      \
    return tl::unexpected{std::move(HARMONIC_JOIN(tried_, __LINE__)).error()}; \
  }                                                                            \
  declaration = *std::move(HARMONIC_JOIN(tried_, __LINE__))

/// The same for Result<void>.
#define HARMONIC_CHECK(expression)                                                                 \
  if (auto HARMONIC_JOIN(checked_, __LINE__) = (expression); !HARMONIC_JOIN(checked_, __LINE__)) { \
    return tl::unexpected{std::move(HARMONIC_JOIN(checked_, __LINE__)).error()};                   \
  }
// NOLINTEND(bugprone-macro-parentheses)
