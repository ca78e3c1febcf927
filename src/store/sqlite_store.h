// Module store: catalog::Store on an SQLite file in the data folder.
//
// Uses     base, catalog (SQLite inside the .cpp files).  Used by server and the commands.
// Read     sqlite_store.h, then migrations.cpp for the tables. sqlite.h is the module's own thin
//          layer over the C library. Why SQLite and why so: docs/decisions/0030-sqlite.md.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "catalog/store.h"

namespace harmonic::store {

/// The library's file inside a data folder. SQLite keeps `-wal` and `-shm` files beside it: a
/// backup copies all three, or is made with `sqlite3 FILE ".backup COPY"`.
inline constexpr const char* kFileName = "library.sqlite";

/// Whether a data folder holds a library. Who only asks looks first: open() would make one. A
/// folder that cannot be looked at counts as one that does, so that open() says why.
[[nodiscard]] bool holds_library(const std::filesystem::path& data_folder);

/// Opens the library of a data folder; makes the folder (0700), the file (0600) and the tables when
/// they are missing, and brings older tables up to date. Several processes may have it open.
///
/// Threads  the store may be used from any thread; a long read does not hold up a write.
/// Lasting  what a call has acknowledged is on the disk (WAL, synchronous=FULL).
/// Errors   kInvalidInput  `data_folder` is a file.
///          kUnavailable   the folder cannot be written, the disk is full, another program holds
///          the
///                         file for more than 5 s, or a newer program made the tables.
///          kCorrupt       the file is not a database, not ours, or damaged.
[[nodiscard]] Result<std::unique_ptr<catalog::Store>> open(
    const std::filesystem::path& data_folder);

}  // namespace harmonic::store
