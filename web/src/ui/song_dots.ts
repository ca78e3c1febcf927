// Paints the library into the mood plane, with the queue and the song that plays on top.
import { kBarePlane } from "../core/map_view.ts";
import { clamp, colour_of, point_of, type Point, type Size } from "../core/plane.ts";
import { is_placed, type PlacedSong, type Song } from "../core/protocol.ts";
import type { SongMap } from "../core/song_map.ts";
import { css_number, DotsPainter } from "./dots_painter.ts";

/** A crowded plane is drawn fainter, so that the queue stands out. */
const kMaxOpacity = 0.75;
const kMinOpacity = 0.3;

/** Songs at the rim of the plane are drawn whole. */
function place_of(song: PlacedSong, size: Size, radius: number): Point {
  const { x, y } = point_of(song, size);
  return { x: clamp(x, radius, size.width - radius), y: clamp(y, radius, size.height - radius) };
}

export class SongDotsPainter {
  private readonly library_ = new DotsPainter();

  draw(canvas: HTMLCanvasElement, size: Size, map: SongMap, queue: readonly Song[], playing: Song | null): void {
    this.library_.draw(canvas, size, map, kBarePlane, Math.max(kMinOpacity, kMaxOpacity - map.count / 4000));
    const pen = canvas.getContext("2d");
    if (pen === null) return;
    const ratio = window.devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const lightness = css_number("--dot-lightness", 0.7);
    const dot = (song: PlacedSong, radius: number) => {
      const { x, y } = place_of(song, size, radius);
      const { hue, strength } = colour_of(song);
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.fillStyle = `oklch(${lightness} ${0.06 + 0.12 * strength} ${hue})`;
      pen.fill();
    };
    for (const song of queue.filter(is_placed)) dot(song, 5.5);
    if (playing === null || !is_placed(playing)) return;
    dot(playing, 6.5);
    const { x, y } = place_of(playing, size, 6.5);
    pen.beginPath();
    pen.arc(x, y, 10, 0, 2 * Math.PI);
    pen.lineWidth = 1.5;
    pen.strokeStyle = pen.fillStyle;
    pen.stroke();
  }
}
