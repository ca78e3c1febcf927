#include "store/song_source.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "store/song_row.h"

namespace harmonic::store {

namespace {

using catalog::PassingSong;

constexpr std::string_view kColumns =
    "SELECT id, path, features, vector, title, artist, album, album_artist, genre, container, "
    "duration_ms, analysis_version, content, valence, arousal, tempo_bpm, key_tonic, key_mode, "
    "loudness_lufs FROM songs WHERE missing = 0 ORDER BY id";
constexpr std::string_view kVectors =
    "SELECT id, path, features, vector FROM songs WHERE missing = 0 ORDER BY id";

/// What went wrong in a row, with the song that it is of.
tl::unexpected<Error> damaged(const Statement& row, const Error& what) {
  return tl::unexpected{damaged_analysis(std::string{row.text_at(1)}, what)};
}

class Rows final : public catalog::SongSource {
 public:
  explicit Rows(Connection& connection) : connection_{connection} {}

  Result<void> each_song(const std::function<void(const PassingSong&)>& take) const override {
    return each_row(kColumns, [&](const Statement& row, std::span<const float> vector) {
      return pass(row, vector, take);
    });
  }
  Result<void> each_vector(const std::function<void(std::span<const float>)>& take) const override {
    return each_row(kVectors, [&](const Statement&, std::span<const float> vector) -> Result<void> {
      take(vector);
      return {};
    });
  }

 private:
  template <typename ReadRow>
  Result<void> each_row(std::string_view sql, ReadRow read_row) const {
    HARMONIC_TRY(auto row, connection_.prepare(sql));
    std::vector<float> vector;
    for (;;) {
      HARMONIC_TRY(const bool there, row.step());
      if (!there) return {};
      if (auto read = read_vector(row.blob_at(3), row.integer_at(2), vector); !read)
        return damaged(row, read.error());
      HARMONIC_CHECK(read_row(row, vector));
    }
  }

  static Result<void> pass(const Statement& row, std::span<const float> vector,
                           const std::function<void(const PassingSong&)>& take) {
    PassingSong song;
    auto& view = song.view;
    view.id = SongId{row.integer_at(0)};
    view.title = row.text_at(4);
    const auto stem = catalog::needed_stem(view.title, row.text_at(1));
    view.stem = stem;
    view.artist = row.text_at(5);
    view.album = row.text_at(6);
    song.album_artist = row.text_at(7);
    view.genre = row.text_at(8);
    view.container = row.text_at(9);
    view.duration = std::chrono::milliseconds{row.integer_at(10)};
    song.analysis_version = static_cast<int>(row.integer_at(11));
    const auto content = content_at(row, 12);
    if (!content) return damaged(row, content.error());
    view.content = *content;
    if (!row.is_null(13)) view.mood = ValenceArousal::clamped(row.real_at(13), row.real_at(14));
    const auto tempo = tempo_at(row, 15);
    if (!tempo) return damaged(row, tempo.error());
    view.tempo = *tempo;
    view.key = key_at(row, 16);
    if (!row.is_null(18)) view.loudness_lufs = static_cast<float>(row.real_at(18));
    song.vector = vector;
    take(song);
    return {};
  }

  Connection& connection_;
};

}  // namespace

Result<void> go_through_songs(Connection& connection,
                              const std::function<Result<void>(const catalog::SongSource&)>& use) {
  HARMONIC_CHECK(connection.run("BEGIN"));
  auto used = use(Rows{connection});
  // Nothing was written: what ends a transaction that was only read cannot lose anything.
  auto ended = connection.run("COMMIT");
  connection.release_memory();
  HARMONIC_CHECK(used);
  return ended;
}

}  // namespace harmonic::store
