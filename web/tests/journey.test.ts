import assert from "node:assert/strict";
import { test } from "node:test";
import { bent, handles_of, kMostBends, read_journey, straightened, type Bend } from "../src/core/journey.ts";

const from = { valence: -0.6, arousal: 0.4 };
const to = { valence: 0.4, arousal: -0.6 };

test("a handle becomes a bend, stays the same one while it moves, and can be taken out", () => {
  const first = handles_of(from, [], to);
  assert.equal(first.length, 1);
  assert.ok(Math.abs(first[0]!.valence + 0.1) < 1e-9 && Math.abs(first[0]!.arousal + 0.1) < 1e-9);
  let bends = bent([], first[0]!, { valence: 0.5, arousal: 0.5 });
  bends = bent(bends, first[0]!, { valence: 0.6, arousal: 0.5 });
  assert.deepEqual(bends, [{ valence: 0.6, arousal: 0.5, id: first[0]!.id }]);
  const handles = handles_of(from, bends, to);
  assert.deepEqual(handles.map(({ is_bend }) => is_bend), [false, true, false]);
  assert.equal(new Set(handles.map(({ id }) => id)).size, 3);
  bends = bent(bends, handles[2]!, { valence: 0.9, arousal: 0 });
  assert.deepEqual(bends.map(({ valence }) => valence), [0.6, 0.9]);
  bends = bent(bends, handles[0]!, { valence: -0.9, arousal: 0 });
  assert.deepEqual(bends.map(({ valence }) => valence), [-0.9, 0.6, 0.9]);
  assert.deepEqual(straightened(bends, first[0]!.id).map(({ valence }) => valence), [-0.9, 0.9]);
});

test("there are no more bends than a hand can tell apart", () => {
  const bends: Bend[] = Array.from({ length: kMostBends }, (_, i) => ({ valence: i / 10, arousal: 0, id: `${i}` }));
  assert.ok(handles_of(from, bends, to).every(({ is_bend }) => is_bend));
});

test("an answer that is no journey is refused", () => {
  const song = { id: 1, valence: 0, arousal: 0, reasons: ["because", 3] };
  const whole = { curve: [from, to], to, songs: [song], length_ms: 1000, notes: ["short"] };
  const journey = read_journey(whole)!;
  assert.deepEqual(journey.reasons, [["because"]]);
  assert.equal(journey.songs[0]!.id, 1);
  for (const wrong of [null, 3, {}, { ...whole, to: null }, { ...whole, curve: [from] }, { ...whole, songs: [{ id: 1 }] }]) {
    assert.equal(read_journey(wrong), null);
  }
});
