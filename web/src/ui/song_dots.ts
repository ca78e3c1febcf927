// Paints the library into the plane. A canvas, because a library has thousands of songs.
import { clamp, colour_of, point_of, type Point, type Size } from "../core/plane.ts";
import type { Song } from "../core/protocol.ts";

/** A crowded plane is drawn fainter, so that the queue stands out. */
const kMaxOpacity = 0.75;
const kMinOpacity = 0.3;

function css_number(name: string, otherwise: number): number {
  const value = Number(getComputedStyle(document.documentElement).getPropertyValue(name));
  return Number.isFinite(value) && value !== 0 ? value : otherwise;
}

/** Songs at the rim of the plane are drawn whole. */
function place_of(song: Song, size: Size, radius: number): Point {
  const { x, y } = point_of(song, size);
  return { x: clamp(x, radius, size.width - radius), y: clamp(y, radius, size.height - radius) };
}

export function draw_songs(
  canvas: HTMLCanvasElement, size: Size, songs: readonly Song[], queue: readonly Song[], playing: Song | null,
): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const lightness = css_number("--dot-lightness", 0.7);
  const opacity = Math.max(kMinOpacity, kMaxOpacity - songs.length / 4000);
  const dot = (song: Song, radius: number, alpha: number) => {
    const { x, y } = place_of(song, size, radius);
    const { hue, strength } = colour_of(song);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = `oklch(${lightness} ${0.06 + 0.12 * strength} ${hue} / ${alpha})`;
    pen.fill();
  };
  for (const song of songs) dot(song, 3, opacity);
  for (const song of queue) dot(song, 5.5, 1);
  if (playing === null) return;
  dot(playing, 6.5, 1);
  const { x, y } = place_of(playing, size, 6.5);
  pen.beginPath();
  pen.arc(x, y, 10, 0, 2 * Math.PI);
  pen.lineWidth = 1.5;
  pen.strokeStyle = pen.fillStyle;
  pen.stroke();
}
