import assert from "node:assert/strict";
import { test } from "node:test";
import { read_beliefs } from "../src/core/beliefs.ts";
import { portions_of, read_shares, shares_text } from "../src/core/shares.ts";

test("beliefs are words, and what is broken is left out", () => {
  const whole = { mood: "any mood", text: "Whatever your mood, ...", prefers: ["quiet"] };
  assert.deepEqual(read_beliefs({ songs: 9, beliefs: [whole, { mood: "x" }, null, { mood: "x", text: "" }] }),
    { songs: 9, beliefs: [{ mood: "any mood", text: "Whatever your mood, ..." }] });
  for (const nonsense of [null, 3, {}, { songs: "9", beliefs: [] }, { songs: 9 }]) assert.equal(read_beliefs(nonsense), null);
});

test("shares keep what they know, and portions add up to the whole", () => {
  const shares = read_shares({ mood: 0.6, wish: 0.1, novelty: 0, recent: -0.2, stars: 3, sound: "0.1" });
  assert.deepEqual(shares, { mood: 0.6, wish: 0.1, recent: -0.2 });
  const portions = portions_of(shares);
  assert.deepEqual(portions.map(({ part }) => part), ["mood", "wish"]);
  assert.ok(Math.abs(portions.reduce((sum, { portion }) => sum + portion, 0) - 1) < 1e-9);
  assert.equal(shares_text(shares), "mood 0.60, your wishes 0.10, heard lately -0.20");
  assert.deepEqual(portions_of(read_shares(null)), []);
});
