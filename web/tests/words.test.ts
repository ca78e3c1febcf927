import assert from "node:assert/strict";
import { test } from "node:test";
import { wait_ms } from "../src/core/backoff.ts";
import { camera_refusal } from "../src/core/camera_errors.ts";
import { Cell } from "../src/core/cell.ts";
import { strongest } from "../src/core/emotions.ts";
import { clock_text, levelled_volume, signed_text, songs_text } from "../src/core/format.ts";
import { expression_of, hint_for, kReasonHints, main_face } from "../src/core/hints.ts";
import type { Face, Reading } from "../src/core/protocol.ts";

const face = (w: number, happy: number, id = 1): Face =>
  ({ id, box: [0, 0, w, w], confidence: 1, scores: { happy, sad: 1 - happy }, valence: 0, arousal: 0 });
const reading = (reason: Reading["reason"], faces: readonly Face[]): Reading =>
  ({ type: "reading", at: 0, width: 640, height: 480, reason, followed: 2, faces });

test("the face that the server follows counts, not the largest", () => {
  const seen = reading(null, [face(90, 0, 1), face(50, 0.8, 2), face(20, 0, 3)]);
  assert.equal(main_face(seen)?.box[2], 50);
  assert.equal(expression_of(seen), "happy");
  assert.match(hint_for(seen), /3 faces/);
  assert.equal(main_face({ ...seen, followed: null }), null);
});

// An expression is never guessed from a picture that the server did not trust.
test("a reason silences the expression", () => {
  assert.equal(expression_of(reading("unsure", [face(90, 0.9)])), null);
  assert.equal(expression_of(null), null);
  assert.equal(hint_for(reading("too_dark", [])), kReasonHints.too_dark);
  assert.equal(strongest({}), null);
});

test("a refused camera is told kindly and with a way on", () => {
  for (const name of ["NotAllowedError", "NotFoundError", "NotReadableError", "Unsupported", "SurpriseError"]) {
    assert.match(camera_refusal(name), /works without it/);
  }
});

test("times, counts and numbers", () => {
  assert.equal(clock_text(0), "0:00");
  assert.equal(clock_text(61.9), "1:01");
  assert.equal(clock_text(3661), "1:01:01");
  assert.equal(clock_text(Number.NaN), "0:00");
  assert.equal(songs_text(1), "1 song");
  assert.equal(songs_text(1200), "1,200 songs");
  assert.equal(signed_text(-0.5), "−0.50");
  assert.equal(signed_text(-0.001), "+0.00");
});

test("loud songs are turned down, quiet ones are not pushed past full", () => {
  assert.ok(Math.abs(levelled_volume(1, -12) - 0.501) < 0.001);
  assert.equal(levelled_volume(0.5, -30), 0.5);
  assert.equal(levelled_volume(0.5, null), 0.5);
});

test("waits double, stay bounded and spread", () => {
  const backoff = { first_ms: 500, longest_ms: 8000 };
  assert.equal(wait_ms(backoff, 0, 0), 250);
  assert.equal(wait_ms(backoff, 1, 1), 1000);
  assert.equal(wait_ms(backoff, 1000, 1), 8000);
});

test("a cell tells its watchers once for each change", () => {
  const cell = new Cell(1);
  const seen: number[] = [];
  const unwatch = cell.watch((value) => seen.push(value));
  cell.set(2);
  cell.set(2);
  unwatch();
  cell.set(3);
  assert.deepEqual(seen, [2]);
});
