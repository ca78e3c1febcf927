import assert from "node:assert/strict";
import { test } from "node:test";
import { sureness_words } from "../src/core/plane.ts";
import type { Movement } from "../src/core/protocol.ts";
import { Rate } from "../src/core/rate.ts";
import {
  after_mood, after_movement, ago_words, kNoTimeline, kSpan_ms, lines_of, place_in_span, region_words, type Timeline,
} from "../src/core/timeline.ts";

const moved = (apex: number): Movement =>
  ({ type: "movement", onset: apex - 100, apex, offset: apex + 100, region: "right_mouth_corner" });
const mood = (valence: number) => ({ valence, arousal: 0 });

function course(...steps: readonly (readonly [number, number | null])[]): Timeline {
  return steps.reduce((line, [at, value]) => after_mood(line, value === null ? null : mood(value), at), kNoTimeline);
}

test("a mood stays as it was until it changes, and while it is unknown there is no line", () => {
  const line = course([0, 1], [60_000, null], [120_000, -1]);
  assert.deepEqual(lines_of(line, "valence", kSpan_ms), ["0.00,0.00 33.33,0.00", "66.67,100.00 100.00,100.00"]);
  assert.deepEqual(lines_of(line, "arousal", kSpan_ms), ["0.00,50.00 33.33,50.00", "66.67,50.00 100.00,50.00"]);
});

// Three minutes at thirty moods a second would be thousands of points to draw each second.
test("moods that crowd are one step, and none is lost at the end", () => {
  let line = kNoTimeline;
  for (let at = 0; at < 60_000; at += 33) line = after_mood(line, mood(at / 60_000), at);
  assert.ok(line.steps.length < 500, `${line.steps.length} steps`);
  assert.equal(line.steps.at(-1)?.mood?.valence, 59_994 / 60_000);
});

test("what is older than the span goes, but not how the mood stood when it began", () => {
  const line = after_movement(course([0, 0.1], [1000, 0.5], [kSpan_ms + 5000, 0.9]), moved(3000));
  assert.deepEqual(line.steps.map((step) => step.at), [1000, kSpan_ms + 5000]);
  assert.deepEqual(line.movements, []);
  assert.equal(after_movement(line, moved(kSpan_ms)).movements.length, 1);
});

test("times and movements in words", () => {
  assert.equal(place_in_span(1000, 1000), 1);
  assert.equal(place_in_span(-kSpan_ms, 1000), 0);
  assert.equal(region_words(moved(0)), "right mouth corner");
  assert.equal(ago_words(0, 12_400), "12 s ago");
  assert.equal(ago_words(0, 150_000), "2 min ago");
});

test("the rate is that of the last two seconds", () => {
  const rate = new Rate();
  assert.equal(rate.after(0), 0);
  let last = 0;
  for (let at = 250; at <= 3000; at += 250) last = rate.after(at);
  assert.equal(last, 4);
  for (let at = 3040; at <= 6000; at += 40) last = rate.after(at);
  assert.ok(Math.abs(last - 25) < 0.01, `${last}`);
  assert.equal(rate.after(10_000), 0);
});

test("words for the disc", () => {
  assert.deepEqual([0, 0.29, 0.3, 0.49, 0.5, 0.87].map(sureness_words), [
    "read clearly", "read clearly", "read roughly", "read roughly", "read vaguely", "read vaguely",
  ]);
});
