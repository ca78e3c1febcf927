import assert from "node:assert/strict";
import { test } from "node:test";
import {
  between, kBarePlane, kMostZoom, kWholeMap, mood_under, panned, place_in, viewed_by_key, zoomed, type MapView,
} from "../src/core/map_view.ts";
import { point_of } from "../src/core/plane.ts";

const kSize = { width: 800, height: 400 };

function close(a: MapView, b: MapView): void {
  for (const key of ["valence", "arousal", "zoom"] as const) {
    assert.ok(Math.abs(a[key] - b[key]) < 1e-9, `${key}: ${a[key]} and ${b[key]}`);
  }
}

test("a place and its mood are each other's way back", () => {
  const view = { valence: 0.3, arousal: -0.2, zoom: 5 };
  const mood = { valence: 0.41, arousal: -0.13 };
  const there = mood_under(view, kSize, place_in(view, kSize, mood));
  assert.ok(Math.hypot(there.valence - mood.valence, there.arousal - mood.arousal) < 1e-12);
  assert.deepEqual(place_in(kWholeMap, kSize, { valence: 0, arousal: 0 }), { x: 400, y: 200 });
  assert.ok(place_in(kWholeMap, kSize, { valence: 1, arousal: 1 }).x < 800, "the whole map shows the plane's edge");
  const corner = { valence: -1, arousal: 1 };
  assert.deepEqual(place_in(kBarePlane, kSize, corner), point_of(corner, kSize));
});

// Guards against a map that runs away from under the hand.
test("what lies under the hand stays there", () => {
  const hand = { x: 333, y: 111 };
  const before = mood_under(kWholeMap, kSize, hand);
  const near = zoomed(kWholeMap, kSize, 8, hand);
  assert.equal(near.zoom, 8);
  const after = mood_under(near, kSize, hand);
  assert.ok(Math.hypot(after.valence - before.valence, after.arousal - before.arousal) < 1e-9);
  const moved = panned(near, kSize, { x: 50, y: -20 });
  const dragged = mood_under(moved, kSize, { x: hand.x + 50, y: hand.y - 20 });
  assert.ok(Math.hypot(dragged.valence - before.valence, dragged.arousal - before.arousal) < 1e-9);
});

test("the map ends at its edge and zooms within bounds", () => {
  close(panned(kWholeMap, kSize, { x: 500, y: 500 }), kWholeMap);
  const far = panned({ valence: 0, arousal: 0, zoom: 4 }, kSize, { x: -1e6, y: -1e6 });
  assert.ok(Math.abs(place_in(far, kSize, { valence: 1.06, arousal: -1.06 }).x - 800) < 1e-6);
  assert.ok(Math.abs(place_in(far, kSize, { valence: 1.06, arousal: -1.06 }).y - 400) < 1e-6);
  assert.equal(zoomed(kWholeMap, kSize, 1e9, { x: 0, y: 0 }).zoom, kMostZoom);
  close(zoomed({ valence: 0.7, arousal: 0.1, zoom: 3 }, kSize, 1e-9, { x: 0, y: 0 }), kWholeMap);
});

test("keys move and zoom", () => {
  const view = { valence: 0, arousal: 0, zoom: 4 };
  assert.ok(viewed_by_key(view, kSize, "ArrowRight")!.valence > 0);
  assert.ok(viewed_by_key(view, kSize, "ArrowLeft")!.valence < 0);
  assert.ok(viewed_by_key(view, kSize, "ArrowUp")!.arousal > 0);
  assert.ok(viewed_by_key(view, kSize, "ArrowDown")!.arousal < 0);
  assert.equal(viewed_by_key(view, kSize, "+")!.zoom, 6);
  assert.equal(viewed_by_key(viewed_by_key(view, kSize, "+")!, kSize, "-")!.zoom, 4);
  assert.equal(viewed_by_key(view, kSize, "0"), kWholeMap);
  assert.equal(viewed_by_key(view, kSize, "Tab"), null);
});

test("a glide begins and ends where it should, and keeps what stays under the hand there", () => {
  const hand = { x: 100, y: 350 };
  const from = { valence: 0.1, arousal: 0.2, zoom: 3 };
  const to = zoomed(from, kSize, 4, hand);
  close(between(from, to, 0), from);
  close(between(from, to, 1), to);
  const under = mood_under(from, kSize, hand);
  const half = mood_under(between(from, to, 0.5), kSize, hand);
  assert.ok(Math.hypot(half.valence - under.valence, half.arousal - under.arousal) < 1e-9);
  close(between(from, panned(from, kSize, { x: 60, y: 0 }), 0.5), panned(from, kSize, { x: 30, y: 0 }));
});
