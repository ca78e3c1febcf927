import assert from "node:assert/strict";
import { test } from "node:test";
import { oklch_to_rgb } from "../src/core/colour.ts";
import { draw_dots, kMostRadius, paints_of, raster_over, raster_size, type Raster } from "../src/core/map_raster.ts";
import { kBarePlane, type MapView } from "../src/core/map_view.ts";
import type { SongMap } from "../src/core/song_map.ts";

const kSize = { width: 101, height: 51 };

function map_of(rows: readonly (readonly [number, number])[]): SongMap {
  return {
    count: rows.length, ids: Float64Array.from(rows, (_, i) => i + 1),
    valence: Float32Array.from(rows, ([valence]) => valence), arousal: Float32Array.from(rows, ([, arousal]) => arousal),
  };
}

function empty(): Raster {
  const outer = raster_size(kSize);
  return raster_over(new ArrayBuffer(4 * outer.width * outer.height), outer);
}

const pixel = ({ pixels, width, rim }: Raster, x: number, y: number) => pixels[(y + rim) * width + x + rim]!;
const opacity = (raster: Raster, x: number, y: number) => pixel(raster, x, y) >>> 24;

/** Opacity over all, in whole pixels: what a dot of that size covers. */
const ink = (raster: Raster) => raster.pixels.reduce((sum, value) => sum + (value >>> 24) / 255, 0);

function drawn(map: SongMap, view: MapView = kBarePlane, radius = 4): Raster {
  const raster = empty();
  draw_dots(raster, map, paints_of(map, 0.7), view, { radius, opacity: 1 });
  return raster;
}

// The numbers are those of CSS for the corners of sRGB.
test("colours are those that the browser makes of oklch()", () => {
  const rows = [
    { colour: [0.6279554, 0.25768, 29.2338], rgb: [255, 0, 0] },
    { colour: [0.8664396, 0.294827, 142.4953], rgb: [0, 255, 0] },
    { colour: [0.4520137, 0.313214, 264.052], rgb: [0, 0, 255] },
    { colour: [1, 0, 0], rgb: [255, 255, 255] },
    { colour: [0.5998685, 0, 120], rgb: [128, 128, 128] },
  ] as const;
  for (const { colour: [l, c, h], rgb } of rows) assert.deepEqual(oklch_to_rgb(l, c, h), rgb);
});

test("a dot lies where its mood is, round, as large as asked", () => {
  const raster = drawn(map_of([[0, 0]]));
  assert.equal(opacity(raster, 50, 25), 255);
  assert.equal(opacity(raster, 57, 25), 0);
  assert.ok(Math.abs(ink(raster) - Math.PI * 16) < 1.5, `${ink(raster)} pixels`);
  const corner = drawn(map_of([[1, 1]]));
  assert.ok(opacity(corner, 100, 0) === 255 && opacity(corner, 0, 50) === 0);
});

test("dots of pleasant and of tense songs differ, and dots on each other grow denser", () => {
  const pair = map_of([[0.8, 0.8], [-0.8, 0.8]]);
  const [happy, tense] = paints_of(pair, 0.7);
  assert.notEqual(happy, tense);
  const raster = empty();
  const twice = map_of([[0, 0], [0, 0]]);
  draw_dots(raster, twice, paints_of(twice, 0.7), kBarePlane, { radius: 4, opacity: 0.5 });
  assert.ok(Math.abs(opacity(raster, 50, 25) - 191) <= 2, `${opacity(raster, 50, 25)}`);
});

test("chosen songs alone are drawn when asked", () => {
  const map = map_of([[-0.5, 0], [0.5, 0]]);
  const raster = empty();
  draw_dots(raster, map, paints_of(map, 0.7), kBarePlane, { radius: 3, opacity: 1 }, Uint8Array.of(0, 1), 1);
  assert.equal(opacity(raster, 25, 25), 0);
  assert.equal(opacity(raster, 75, 25), 255);
});

// Guards against a dot at the left edge that shows at the right one, and against writing past the ends.
test("dots half outside are cut off, and those outside are not drawn", () => {
  for (let x = -1.5; x <= 1.5; x += 0.01) {
    for (const y of [-1.5, -1, 1, 1.5]) {
      const raster = drawn(map_of([[x, y]]), kBarePlane, kMostRadius);
      const half = x < 0 ? 75 : 25;
      for (let row = 0; row < kSize.height; ++row) assert.equal(opacity(raster, half, row), 0, `${x}, ${y}`);
    }
  }
});
