// store/migrations.h - the tables, and how older ones become today's.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "store/sqlite.h"

namespace harmonic::store {

/// Marks the file as ours (PRAGMA application_id): "Harm".
inline constexpr std::int64_t kApplicationId = 0x4861726D;

/// Step N of the list leads from user_version N to N + 1. Append, never edit: files out there have
/// been through the old text.
[[nodiscard]] std::span<const std::string_view> migrations();

/// Brings the file up to the last step, each step in a transaction of its own, so that a step that
/// fails leaves the tables of the version before.
/// Errors  kUnavailable: a newer program made the tables.  kCorrupt: another program's database.
[[nodiscard]] Result<void> migrate(Connection& connection,
                                   std::span<const std::string_view> steps = migrations());

}  // namespace harmonic::store
