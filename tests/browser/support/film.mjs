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

function run_ffmpeg(what, args) {
  const done = spawnSync(program("ffmpeg"), ["-v", "error", "-y", ...args], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`ffmpeg could not make ${what}: ${done.stderr}`);
}
const kJpeg = ["-frames:v", "1", "-pix_fmt", "yuvj420p", "-q:v", "2", "-f", "mjpeg"];

/**
 * Makes a 640x480 JPEG of a square of a photograph, which stands as large at the right and, mirrored, as small
 * at the left.
 */
export function frame_of_two(photograph, { x, y, side }, out, { large = 360, small = 260 } = {}) {
  const filter = `[0]crop=${side}:${side}:${x}:${y},split[a][b];[a]scale=-2:${large}[large];[b]hflip,scale=-2:${small}[small];`
    + `color=0x909090:s=${kWidth}x${kHeight}[wall];[wall][large]overlay=W-w:(H-h)/2[one];[one][small]overlay=0:0`;
  run_ffmpeg("a picture of two faces", ["-i", photograph, "-filter_complex", filter, ...kJpeg, out]);
  return out;
}

/**
 * Copies of a picture in which a round part, of `radius` around x, y, stands `shift` pixels higher: once for
 * each of `shifts`. Its edge is soft, as skin moves.
 */
export function frames_with_shift(jpeg, { x, y, radius, shifts }, out) {
  const side = Math.round(radius * 2.75) * 2;
  const left = Math.round(x - side / 2);
  const top = Math.round(y - side / 2);
  const alpha = `255*min(1,1.6*exp(-((X-W/2)^2+(Y-H/2)^2)/(2*${radius}^2)))`;
  return shifts.map((shift, i) => {
    const filter = `[0]format=yuva444p,split[a][b];[b]crop=${side}:${side}:${left}:${top},`
      + `geq=lum='p(X,Y)':cb='p(X,Y)':cr='p(X,Y)':a='${alpha}'[part];[a][part]overlay=${left}:${top - shift}:format=yuv444`;
    run_ffmpeg("a movement", ["-i", jpeg, "-filter_complex", filter, ...kJpeg, `${out}-${i}.jpg`]);
    return `${out}-${i}.jpg`;
  });
}

/** Writes each JPEG for its number of seconds, one part after the other. */
export function film(parts, out) {
  const file = openSync(out, "w");
  for (const { jpeg, seconds } of parts) {
    const picture = readFileSync(jpeg);
    for (let i = 0; i < Math.round(seconds * kFramesPerSecond); ++i) writeSync(file, picture);
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
