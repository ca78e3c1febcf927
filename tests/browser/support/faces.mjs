// Photographs of real faces: the astronaut of tests/fixtures, and the shared ones where they are present.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { film, frame, frames_with_shift, kMarks } from "./film.mjs";
import { binary, kept, repository, shared } from "./paths.mjs";

const kArchive = join(shared, "data", "faces", "muxspace_pairs.tar.zst");
const kMostCandidates = 30;
const kHeights = [320, 224]; // of the photograph in the camera picture: near and farther away

export const kWithoutShared = `needs the shared photographs (${kArchive}); set HARMONIC_SHARED to their folder`;
export const has_shared = existsSync(kArchive);

export const astronaut = () => {
  const places = [join(repository, "tests", "fixtures", "astronaut.png"), join(shared, "data", "faces", "astronaut.png")];
  const path = places.find((place) => existsSync(place));
  if (path === undefined) throw new Error(`The photograph of the astronaut is missing: ${places[0]}`);
  return path;
};

/** The shared photographs with this label, unpacked once. */
function labelled(label) {
  const folder = join(kept, "faces");
  const csv = join(folder, "muxspace_pairs", "labels.csv");
  if (!existsSync(csv)) {
    mkdirSync(folder, { recursive: true });
    const done = spawnSync("tar", ["--zstd", "-xf", kArchive, "-C", folder], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`The shared photographs could not be unpacked: ${done.stderr}`);
  }
  const rows = readFileSync(csv, "utf8").trim().split("\n").slice(1).map((line) => line.split(","));
  return rows.filter((row) => row[2] === label).map((row) => join(folder, "muxspace_pairs", row[0])).sort();
}

/** What the program sees in pictures, as `see --json` says. */
export function see(files) {
  const done = spawnSync(binary, ["see", ...files, "--json"], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.stdout === "") throw new Error(`harmonic see said nothing: ${done.stderr}`);
  return done.stdout.trim().split("\n").map((line) => JSON.parse(line));
}

function strongest(scores) {
  return Object.entries(scores).sort(([, a], [, b]) => b - a)[0];
}

/**
 * Camera pictures of photographs with a label that the program reads as `expression`, surest first. The
 * labels of the collection are noisy, so what a photograph shows counts when the label and the network agree.
 */
function agreed(label, expression, mark, folder) {
  const candidates = labelled(label).slice(0, kMostCandidates);
  const jpegs = candidates.flatMap((photograph, i) => kHeights.map((height) => (
    frame(photograph, join(folder, `${label}-${i}-${height}.jpg`), { height, mark })
  )));
  const sure = see(jpegs).flatMap(({ file, reason, faces }) => {
    if (reason !== null || faces.length !== 1) return [];
    const [name, score] = strongest(faces[0].scores);
    return name === expression ? [{ jpeg: file, score, valence: faces[0].valence }] : [];
  });
  return sure.sort((a, b) => b.score - a.score);
}

/** A film of a smiling face, and where the shared photographs are present, of a sad face after it. */
export function faces_film(folder, seconds) {
  const smiling = frame(astronaut(), join(folder, "smiling.jpg"), { mark: kMarks.first });
  const parts = [{ jpeg: smiling, seconds }];
  if (has_shared) {
    const sad = agreed("sadness", "sad", kMarks.second, folder)[0];
    if (sad === undefined) throw new Error("The program reads none of the photographs labelled sadness as sad.");
    console.log(`# sad photograph: ${sad.jpeg.split("/").pop()}, score ${sad.score.toFixed(2)}, valence ${sad.valence.toFixed(2)}`);
    parts.push({ jpeg: sad.jpeg, seconds });
  }
  return film(parts, join(folder, "film.mjpeg"));
}

/** A camera picture of a shared photograph in which the program sees a face at rest. */
export function resting(folder) {
  const face = agreed("neutral", "neutral", kMarks.first, folder)[0];
  if (face === undefined) throw new Error("The program reads none of the photographs labelled neutral as neutral.");
  return face.jpeg;
}

/**
 * A film of a smiling face whose left brow goes up and comes back within a quarter of a second, every few
 * seconds. Places and sizes follow src/motion/regions.h from the face's box (src/face/align.h).
 */
export function brow_film(folder, seconds) {
  const still = frame(astronaut(), join(folder, "still.jpg"));
  const [x, y, width, height] = see([still])[0].faces[0].box;
  const unit = (width / 40.6) * (17.6 / 41); // a pixel of the steady crop
  const eye = { x: x + width / 2 + (8.8 / 40.6) * width, y: y + height / 2 - (8.4 / 40.6) * width };
  const brow = { x: eye.x + 1.5 * unit, y: eye.y - 13 * unit, radius: 8 * unit };
  const shifts = [0, 1, 2, 3, 4].map((step) => Math.round(step * 0.9 * unit));
  const frames = frames_with_shift(still, { ...brow, shifts }, join(folder, "brow"));
  const moving = [1, 2, 3, 4, 4, 3, 2, 1].map((step) => ({ jpeg: frames[step], seconds: 1 / 30 }));
  return film([{ jpeg: frames[0], seconds }, ...moving], join(folder, "brow.mjpeg"));
}
