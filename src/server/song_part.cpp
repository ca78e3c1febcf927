#include "server/song_part.h"

#include <utility>

#include "server/file.h"

namespace harmonic::server {

Result<std::shared_ptr<SongPart>> SongPart::open(const catalog::Song& song) {
  HARMONIC_TRY(auto track, audio::find_cue_song(song.path));
  // The last track of a sheet ends with the file, whose header may not say when that is.
  if (!track.part.end && song.duration.count() > 0) {
    track.part.end = track.part.start + song.duration;
  }
  HARMONIC_TRY(const auto sound, File::open(track.sound));
  auto stream = audio::PartStream::open(track.sound, track.part);
  if (!stream) {
    return fail(stream.error().kind,
                "\"" + track.sound.filename().string() + "\" " + stream.error().message);
  }
  auto etag = sound->etag();
  etag.insert(etag.size() - 1, "-" + std::to_string(track.part.start.count()) + "-" +
                                   std::to_string(stream->size()));
  return std::shared_ptr<SongPart>{new SongPart{*std::move(stream), std::move(etag)}};
}

}  // namespace harmonic::server
