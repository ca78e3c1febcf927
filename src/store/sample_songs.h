// store/sample_songs.h - songs for the store's tests.
#pragma once

#include <string>

#include "catalog/song.h"

namespace harmonic::store {

[[nodiscard]] catalog::ContentKey content_key(int number);
/// With every value set, each to another one.
[[nodiscard]] catalog::Song full_song(const std::string& path);
[[nodiscard]] catalog::Song bare_song(const std::string& path);
/// Fails the test for each value of `put` that is another one in `got`; the id does not count.
void expect_same(const catalog::Song& got, const catalog::Song& put);

}  // namespace harmonic::store
