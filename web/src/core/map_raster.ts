// Songs as round dots, written straight into pixels: many ten thousands in a few milliseconds, which neither paths
// nor pictures on a canvas reach without a graphics card (decision 110).
import { oklch_to_rgb } from "./colour.ts";
import { place_in, scale_of, type MapView } from "./map_view.ts";
import { clamp, colour_of, type Size } from "./plane.ts";
import type { SongMap } from "./song_map.ts";

/** Red, green, blue and opacity of a pixel in its four bytes, with a rim of `rim` pixels on each side. */
export interface Raster {
  readonly width: number; // with the rim
  readonly height: number;
  readonly rim: number;
  readonly pixels: Uint32Array;
}

export interface Dots {
  readonly radius: number; // in the raster's pixels, at most kMostRadius
  readonly opacity: number; // (0, 1]
}

export const kMostRadius = 12;
/** A dot whose middle lies a radius outside reaches two radii out. */
const kRim = 2 * kMostRadius + 4;

export function raster_over(pixels: ArrayBuffer, { width, height }: Size): Raster {
  return { width, height, rim: kRim, pixels: new Uint32Array(pixels) };
}

/** The sides of a raster for a picture of this size. */
export function raster_size({ width, height }: Size): Size {
  return { width: width + 2 * kRim, height: height + 2 * kRim };
}

const kShades = 64; // of the plane, along each axis

/** The colour of each song's mood, without its opacity. */
export function paints_of(map: SongMap, lightness: number): Uint32Array {
  const shades = new Uint32Array(kShades * kShades);
  for (let i = 0; i < shades.length; ++i) {
    const mood = { valence: shade_middle(i % kShades), arousal: shade_middle(Math.floor(i / kShades)) };
    const { hue, strength } = colour_of(mood);
    const [red, green, blue] = oklch_to_rgb(lightness, 0.06 + 0.12 * strength, hue);
    shades[i] = red | (green << 8) | (blue << 16);
  }
  const paints = new Uint32Array(map.count);
  for (let i = 0; i < map.count; ++i) paints[i] = shades[shade_of(map.valence[i]!) + kShades * shade_of(map.arousal[i]!)]!;
  return paints;
}

function shade_of(value: number): number {
  return clamp(Math.floor(((value + 1) / 2) * kShades), 0, kShades - 1);
}

function shade_middle(shade: number): number {
  return ((shade + 0.5) / kShades) * 2 - 1;
}

const kParts = 4; // of a pixel, along each axis: dots do not jump from pixel to pixel when the map moves slowly

/** What a dot covers: for each place within a pixel the pixels it touches, and how much of each, 0 .. 255. */
interface Stamp {
  readonly offsets: Int32Array;
  readonly covers: Uint8Array;
}

function stamp_at(x: number, y: number, { radius, opacity }: Dots, row: number): Stamp {
  const offsets: number[] = [];
  const covers: number[] = [];
  const reach = Math.ceil(radius) + 1;
  for (let dy = -reach; dy <= reach; ++dy) {
    for (let dx = -reach; dx <= reach; ++dx) {
      const cover = clamp(radius + 0.5 - Math.hypot(dx + 0.5 - x, dy + 0.5 - y), 0, 1);
      const byte = Math.round(cover * opacity * 255);
      if (byte === 0) continue;
      offsets.push(dy * row + dx);
      covers.push(byte);
    }
  }
  return { offsets: Int32Array.from(offsets), covers: Uint8Array.from(covers) };
}

function stamps_of(dots: Dots, row: number): Stamp[] {
  return Array.from({ length: kParts * kParts }, (_, i) => (
    stamp_at((i % kParts + 0.5) / kParts, (Math.floor(i / kParts) + 0.5) / kParts, dots, row)
  ));
}

/**
 * Lays the songs over what is there, those for which `wanted` holds 1 (all without it). `size` and the view are in the
 * raster's pixels, without its rim. Dots that lie on each other add up in opacity; their colours are alike, as a
 * colour is a place in the plane, so the last one's stands for all.
 */
export function draw_dots(
  raster: Raster, map: SongMap, paints: Uint32Array, view: MapView, dots: Dots, wanted: Uint8Array | null = null, value = 1,
): void {
  const { width: row, height, rim, pixels } = raster;
  const size = { width: row - 2 * rim, height: height - 2 * rim };
  const stamps = stamps_of(dots, row);
  const scale = scale_of(view, size);
  const middle = place_in(view, size, { valence: 0, arousal: 0 });
  const reach = dots.radius + 1;
  for (let i = 0; i < map.count; ++i) {
    const x = middle.x + map.valence[i]! * scale.x;
    const y = middle.y - map.arousal[i]! * scale.y;
    if (x < -reach || y < -reach || x > size.width + reach || y > size.height + reach) continue;
    if (wanted !== null && wanted[i] !== value) continue;
    const left = Math.floor(x);
    const top = Math.floor(y);
    const part = Math.floor((x - left) * kParts) + kParts * Math.floor((y - top) * kParts);
    const { offsets, covers } = stamps[part]!;
    const base = (top + rim) * row + left + rim;
    const paint = paints[i]!;
    for (let k = 0; k < offsets.length; ++k) {
      const at = base + offsets[k]!;
      const before = pixels[at]! >>> 24;
      const opacity = before + Math.round(((255 - before) * covers[k]!) / 255);
      pixels[at] = (opacity << 24) | paint;
    }
  }
}
