// store/song_source.h - catalog::SongSource over the rows of the table `songs`.
#pragma once

#include <functional>

#include "base/result.h"
#include "catalog/song_source.h"
#include "store/sqlite.h"

namespace harmonic::store {

/// Calls `use` once with the present songs by id, in a transaction of its own: it sees one state of
/// the file. The connection is used by nobody else meanwhile; the memory that the rows took is
/// given back.
/// Errors  those of `use`; kCorrupt: a value cannot have been written by us.
[[nodiscard]] Result<void> go_through_songs(
    Connection& connection, const std::function<Result<void>(const catalog::SongSource&)>& use);

}  // namespace harmonic::store
