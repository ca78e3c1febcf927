// Films for Chromium's fake camera, made from photographs. Chromium plays a raw MJPEG file at 30 pictures a
// second, from its start when the camera opens, and over again at its end.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { program } from "./paths.mjs";

const kFramesPerSecond = 30;
const kWidth = 640;
const kHeight = 480;
/** A patch in the corner, far from the face, tells the tests which part of the film the page sees now. */
export const kMarks = { first: "0x00ff00", second: "0x0000ff" };

/**
 * Makes a 640x480 JPEG of a photograph: with `height` it stands that tall on grey, without it fills the
 * picture, and what is too much is cut off below.
 */
export function frame(photograph, out, { height = null, mark = null } = {}) {
  const fitted = height === null
    ? `scale=${kWidth}:-2:flags=lanczos,crop=${kWidth}:${kHeight}:0:0`
    : `scale=-2:${height}:flags=lanczos,pad=${kWidth}:${kHeight}:(ow-iw)/2:(oh-ih)/2:color=0x909090`;
  const filter = mark === null ? fitted : `${fitted},drawbox=x=0:y=0:w=24:h=24:color=${mark}:t=fill`;
  const done = spawnSync(program("ffmpeg"), [
    "-v", "error", "-y", "-i", photograph, "-vf", filter, "-frames:v", "1", "-pix_fmt", "yuvj420p", "-q:v", "2", "-f", "mjpeg", out,
  ], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`ffmpeg could not make a picture of ${photograph}: ${done.stderr}`);
  return out;
}

/** Writes each JPEG for its number of seconds, one part after the other. */
export function film(parts, out) {
  const file = openSync(out, "w");
  for (const { jpeg, seconds } of parts) {
    const picture = readFileSync(jpeg);
    for (let i = 0; i < seconds * kFramesPerSecond; ++i) writeSync(file, picture);
  }
  closeSync(file);
  return out;
}

/** Which mark the page's camera shows now: "first", "second" or null. */
export function mark_seen(page) {
  return page.evaluate(() => {
    const video = document.querySelector("video");
    if (video === null || video.videoWidth === 0) return null;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const pen = canvas.getContext("2d");
    pen.drawImage(video, 8, 8, 8, 8, 0, 0, 1, 1);
    const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
    if (green > 150 && blue < 120 && red < 120) return "first";
    return blue > 150 && green < 120 && red < 120 ? "second" : null;
  });
}
