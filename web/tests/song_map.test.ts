import assert from "node:assert/strict";
import { test } from "node:test";
import { encircled, is_inside } from "../src/core/lasso.ts";
import {
  corner_counts, from_the_middle, index_of, kNoMap, mood_of, nearest_song, read_map, type SongMap,
} from "../src/core/song_map.ts";

type Row = readonly [id: number, valence: number, arousal: number];

/** As the server writes it, by another hand: DataView, a value at a time. */
function bytes_of(rows: readonly Row[]): ArrayBuffer {
  const bytes = new ArrayBuffer(8 + 16 * rows.length);
  const view = new DataView(bytes);
  for (const [i, letter] of [..."HFM1"].entries()) view.setUint8(i, letter.charCodeAt(0));
  view.setUint32(4, rows.length, true);
  rows.forEach(([id, valence, arousal], i) => {
    view.setBigInt64(8 + 8 * i, BigInt(id), true);
    view.setFloat32(8 + 8 * rows.length + 4 * i, valence, true);
    view.setFloat32(8 + 12 * rows.length + 4 * i, arousal, true);
  });
  return bytes;
}

function map_of(rows: readonly Row[]): SongMap {
  const map = read_map(bytes_of(rows));
  assert.ok(map !== null);
  return map;
}

const kFour = map_of([[3, 0.5, 0.5], [7, -0.5, 0.25], [2 ** 40 + 5, -0.25, -0.5], [2 ** 41, 0.75, -0.75]]);

// Guards against columns read at the wrong place and ids cut to 32 bits.
test("the server's bytes are read", () => {
  assert.deepEqual([...kFour.ids], [3, 7, 2 ** 40 + 5, 2 ** 41]);
  assert.deepEqual(mood_of(kFour, 2), { valence: -0.25, arousal: -0.5 });
  assert.deepEqual(read_map(bytes_of([])), kNoMap);
});

test("other bytes are refused", () => {
  const cut = bytes_of([[1, 0, 0]]).slice(0, -1);
  const strange = bytes_of([[1, 0, 0]]);
  new Uint8Array(strange)[3] = 50;
  const boasting = bytes_of([[1, 0, 0]]);
  new DataView(boasting).setUint32(4, 2 ** 31, true);
  for (const bytes of [new ArrayBuffer(0), new ArrayBuffer(7), cut, strange, boasting]) assert.equal(read_map(bytes), null);
});

test("a song is found by its id", () => {
  for (const [i, id] of kFour.ids.entries()) assert.equal(index_of(kFour, id), i);
  for (const id of [0, 5, 2 ** 42]) assert.equal(index_of(kFour, id), -1);
  assert.equal(index_of(kNoMap, 1), -1);
});

test("the nearest song is found, and none beyond reach", () => {
  assert.equal(nearest_song(kFour, { valence: -0.4, arousal: 0.1 }), 1);
  assert.equal(nearest_song(kFour, { valence: 0, arousal: 1 }, 0.2), -1);
  assert.equal(nearest_song(kNoMap, { valence: 0, arousal: 0 }), -1);
  // On a wide map a step of valence is a longer way.
  assert.equal(nearest_song(kFour, { valence: 0.2, arousal: -0.5 }, Infinity, { x: 1, y: 100 }), 2);
  assert.equal(nearest_song(kFour, { valence: 0.6, arousal: -0.3 }, Infinity, { x: 100, y: 1 }), 0);
});

test("corners are counted and songs ordered from their middle", () => {
  assert.deepEqual(corner_counts(kFour), { happy: 1, tense: 1, sad: 1, calm: 1 });
  assert.deepEqual(corner_counts(map_of([[1, 0, 0], [2, -1, 0], [3, 0, -1]])), { happy: 1, tense: 1, sad: 0, calm: 1 });
  const row = map_of([[1, -1, 0], [2, -0.125, 0], [3, 0.25, 0], [4, 0.875, 0]]);
  assert.deepEqual(from_the_middle(row, [0, 1, 2, 3]), [1, 2, 3, 0]);
});

const at = (points: readonly (readonly [number, number])[]) => points.map(([valence, arousal]) => ({ valence, arousal }));
const kSquare = at([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]);
const kHorseshoe = at([[-1, -1], [1, -1], [1, 1], [0.5, 1], [0.5, -0.5], [-0.5, -0.5], [-0.5, 1], [-1, 1]]);
const kKnot = at([[-1, -1], [1, 1], [1, -1], [-1, 1]]); // crosses itself in the middle
const kStar = at([[0, 1], [0.6, -0.8], [-1, 0.3], [1, 0.3], [-0.6, -0.8]]); // its middle is crossed twice

// Guards against hulls, boxes and winding: a line goes around what it goes around.
test("inside a line is what a ray says", () => {
  const rows = [
    { line: kSquare, point: [0, 0], inside: true },
    { line: kSquare, point: [0.6, 0], inside: false },
    { line: [...kSquare].reverse(), point: [0.4, -0.4], inside: true },
    { line: kHorseshoe, point: [0, 0], inside: false },
    { line: kHorseshoe, point: [0, -0.75], inside: true },
    { line: kHorseshoe, point: [0.75, 0.9], inside: true },
    { line: kKnot, point: [-0.5, 0], inside: true },
    { line: kKnot, point: [0, 0.5], inside: false },
    { line: kStar, point: [0, 0], inside: false },
    { line: kStar, point: [0, 0.7], inside: true },
  ] as const;
  for (const { line, point: [x, y], inside } of rows) assert.equal(is_inside(line, x, y), inside, `${x}, ${y}`);
});

// Neighbouring lines share songs on their border to one of them, never to both or none.
test("a song on a border belongs to one side", () => {
  const left = at([[-1, -1], [0, -1], [0, 1], [-1, 1]]);
  const right = at([[0, -1], [1, -1], [1, 1], [0, 1]]);
  for (const y of [-0.5, 0, 0.25]) assert.equal(Number(is_inside(left, 0, y)) + Number(is_inside(right, 0, y)), 1);
});

test("a line finds its songs, and less than a triangle none", () => {
  assert.deepEqual(encircled(kFour, at([[-1, -1], [0, -1], [0, 1], [-1, 1]])), [1, 2]);
  assert.deepEqual(encircled(kFour, kSquare.slice(0, 2)), []);
  assert.deepEqual(encircled(kFour, []), []);
});
