// Paints the library's songs into a canvas. The canvas keeps its pixels between pictures, and the songs their colours.
import { draw_dots, kMostRadius, paints_of, raster_over, raster_size, type Dots } from "../core/map_raster.ts";
import { scale_of, type MapView } from "../core/map_view.ts";
import { clamp, type Size } from "../core/plane.ts";
import type { SongMap } from "../core/song_map.ts";

export function css_number(name: string, otherwise: number): number {
  const value = Number(getComputedStyle(document.documentElement).getPropertyValue(name));
  return Number.isFinite(value) && value !== 0 ? value : otherwise;
}

/** The larger the more room each song has, in pixels of the page. */
export function dot_radius(map: SongMap, view: MapView, size: Size): number {
  const scale = scale_of(view, size);
  const apart = Math.sqrt((4 * scale.x * scale.y) / Math.max(1, map.count));
  return clamp(0.35 * apart, 1.5, 5);
}

export class DotsPainter {
  private pixels_: ImageData | null = null;
  private painted_: { map: SongMap; lightness: number; paints: Uint32Array } | null = null;

  /** Draws anew. `chosen` has a 1 for each chosen song: the others then stand back. */
  draw(canvas: HTMLCanvasElement, size: Size, map: SongMap, view: MapView, opacity: number, chosen: Uint8Array | null = null): void {
    const ratio = window.devicePixelRatio || 1;
    const inner = { width: Math.round(size.width * ratio), height: Math.round(size.height * ratio) };
    if (inner.width < 1 || inner.height < 1) return;
    if (canvas.width !== inner.width) canvas.width = inner.width;
    if (canvas.height !== inner.height) canvas.height = inner.height;
    const pen = canvas.getContext("2d", { willReadFrequently: true }); // pixels come from here, not from a graphics card
    if (pen === null) return;
    const outer = raster_size(inner);
    const pixels = this.pixels_ = this.pixels_?.width === outer.width && this.pixels_.height === outer.height
      ? this.pixels_ : new ImageData(outer.width, outer.height);
    pixels.data.fill(0);
    const raster = raster_over(pixels.data.buffer, outer);
    const radius = Math.min(kMostRadius, dot_radius(map, view, size) * ratio);
    const paints = this.paints(map);
    const lay = (dots: Dots, value: number) => draw_dots(raster, map, paints, view, dots, chosen, value);
    if (chosen !== null) lay({ radius, opacity: opacity * 0.2 }, 0);
    lay({ radius, opacity }, 1);
    pen.putImageData(pixels, -raster.rim, -raster.rim);
  }

  /** By the lightness that the page's colours ask for now. */
  private paints(map: SongMap): Uint32Array {
    const lightness = css_number("--dot-lightness", 0.7);
    if (this.painted_?.map !== map || this.painted_.lightness !== lightness) {
      this.painted_ = { map, lightness, paints: paints_of(map, lightness) };
    }
    return this.painted_.paints;
  }
}
