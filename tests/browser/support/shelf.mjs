// A large library without as many sound files: the songs are drawn around a few moods, their files are links.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { binary, need, program } from "./paths.mjs";

/** A tone as an Ogg file of so many seconds. */
export function tone(path, seconds = 30) {
  const done = spawnSync(program("ffmpeg"), [
    "-v", "error", "-y", "-f", "lavfi", "-i", `sine=frequency=330:duration=${seconds}`, "-c:a", "libvorbis", path,
  ], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`ffmpeg could not make a tone: ${done.stderr}`);
  return path;
}

/** Fills an empty data folder with `count` songs that all sound as `sound`. */
export function fill_shelf(data, count, sound) {
  const shelf = need(join(dirname(binary), "harmonic_shelf"), "The program that fills libraries for tests");
  const done = spawnSync(shelf, [data, String(count), sound], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`harmonic_shelf ended with ${done.status}: ${done.stderr}`);
}
