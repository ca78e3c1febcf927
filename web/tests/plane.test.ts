import assert from "node:assert/strict";
import { test } from "node:test";
import { colour_of, mood_at, moved_by_key, point_of, words_for } from "../src/core/plane.ts";

const kSize = { width: 400, height: 200 };

// Guards against a flipped axis: screens grow downwards, arousal grows upwards.
test("a place on the screen and its mood", async (t) => {
  const rows = [
    { name: "top left is tense", point: { x: 0, y: 0 }, mood: { valence: -1, arousal: 1 } },
    { name: "top right is excited", point: { x: 400, y: 0 }, mood: { valence: 1, arousal: 1 } },
    { name: "bottom left is sad", point: { x: 0, y: 200 }, mood: { valence: -1, arousal: -1 } },
    { name: "bottom right is calm", point: { x: 400, y: 200 }, mood: { valence: 1, arousal: -1 } },
    { name: "the middle", point: { x: 200, y: 100 }, mood: { valence: 0, arousal: 0 } },
    { name: "a quarter", point: { x: 300, y: 50 }, mood: { valence: 0.5, arousal: 0.5 } },
  ];
  for (const { name, point, mood } of rows) {
    await t.test(name, () => {
      assert.deepEqual(mood_at(point, kSize), mood);
      assert.deepEqual(point_of(mood, kSize), point);
    });
  }
});

// Guards against a point dragged out of the plane, and against division by a plane not laid out yet.
test("a finger outside the plane stays on its edge", () => {
  assert.deepEqual(mood_at({ x: -50, y: 900 }, kSize), { valence: -1, arousal: -1 });
  assert.deepEqual(point_of({ valence: 7, arousal: -7 }, kSize), { x: 400, y: 200 });
  assert.deepEqual(mood_at({ x: 5, y: 5 }, { width: 0, height: 0 }), { valence: 0, arousal: 0 });
});

// Guards against keys that drift (0.1 + 0.2), leave the plane or swallow other keys.
test("keys move the mood", async (t) => {
  const rows = [
    { key: "ArrowLeft", big: false, from: { valence: 0, arousal: 0 }, to: { valence: -0.05, arousal: 0 } },
    { key: "ArrowRight", big: true, from: { valence: 0.1, arousal: 0 }, to: { valence: 0.3, arousal: 0 } },
    { key: "ArrowUp", big: false, from: { valence: 0, arousal: 0.98 }, to: { valence: 0, arousal: 1 } },
    { key: "ArrowDown", big: true, from: { valence: 0, arousal: -1 }, to: { valence: 0, arousal: -1 } },
    { key: "Home", big: false, from: { valence: 0.7, arousal: -1 }, to: { valence: 0, arousal: 0 } },
    { key: "Tab", big: false, from: { valence: 0, arousal: 0 }, to: null },
  ];
  for (const { key, big, from, to } of rows) {
    await t.test(`${big ? "Shift+" : ""}${key}`, () => assert.deepEqual(moved_by_key(from, key, big), to));
  }
});

test("words for places", async (t) => {
  const rows: readonly (readonly [number, number, string])[] = [
    [0, 0, "even"], [0.81, 0.51, "happy"], [-0.63, -0.5, "sad"], [-0.6, 0.6, "tense"],
    [0.7, -0.7, "calm"], [0.3, 0.05, "a little content"], [-0.9, 0, "low"], [0, 0.9, "excited"], [0, -0.9, "still"],
  ];
  for (const [valence, arousal, words] of rows) {
    await t.test(`${valence}, ${arousal} is ${words}`, () => assert.equal(words_for({ valence, arousal }), words));
  }
});

// Guards against the blend of hues running the wrong way round the colour circle.
test("corners keep their colours", () => {
  assert.equal(colour_of({ valence: 1, arousal: 1 }).hue, 80);
  assert.equal(colour_of({ valence: -1, arousal: 1 }).hue, 15);
  assert.equal(colour_of({ valence: -1, arousal: -1 }).hue, 265);
  assert.equal(colour_of({ valence: 1, arousal: -1 }).hue, 170);
  assert.equal(colour_of({ valence: 0, arousal: 0 }).strength, 0);
});
