import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { kEmotionPlaces } from "../src/core/emotions.ts";
import { after_news, kNoMood, moved_far, set_by_hand, type MoodView } from "../src/core/mood_view.ts";
import type { MoodNews } from "../src/core/protocol.ts";

const from_camera: MoodNews = { type: "mood", source: "camera", mood: { valence: 0.5, arousal: 0.1 }, emotion: "happy", uncertainty: 0.3 };
const echo: MoodNews = { type: "mood", source: "hand", mood: { valence: 0.3, arousal: 0 }, emotion: null, uncertainty: null };
const unknown: MoodNews = { type: "mood", source: "none", mood: null, emotion: null, uncertainty: null };

// Guards against a point that jumps back under the finger when an older message arrives.
test("what the hand set stays until it is given back", async (t) => {
  const by_hand = set_by_hand({ valence: -0.2, arousal: 0.4 });
  for (const news of [from_camera, echo, unknown]) {
    await t.test(`news from ${news.source}`, () => assert.equal(after_news(by_hand, news), by_hand));
  }
});

test("without a hand the server's word counts", () => {
  const seen: MoodView = { source: "camera", mood: { valence: 0.5, arousal: 0.1 }, emotion: "happy", uncertainty: 0.3 };
  assert.deepEqual(after_news(kNoMood, from_camera), seen);
  assert.deepEqual(after_news(seen, unknown), kNoMood);
});

test("only a mood that moved far offers another song at once", () => {
  assert.equal(moved_far({ valence: 0.6, arousal: 0.4 }, { valence: -0.6, arousal: -0.3 }), true);
  assert.equal(moved_far({ valence: 0.6, arousal: 0.4 }, { valence: 0.4, arousal: 0.3 }), false);
  assert.equal(moved_far(null, { valence: 1, arousal: 1 }), false);
  assert.equal(moved_far({ valence: 1, arousal: 1 }, null), false);
});

// Guards against buttons that mean another mood than the same expression in the camera.
test("the buttons stand where the server places the expressions", (t) => {
  const table = fileURLToPath(new URL("../../../src/affect/circumplex.cpp", import.meta.url));
  if (!existsSync(table)) return t.skip("the server's sources are not beside the page");
  const rows = [...readFileSync(table, "utf8").matchAll(/\{(-?[\d.]+), (-?[\d.]+)\},\s*\/\/ (\w+)/g)];
  const places = Object.fromEntries(rows.map(([, v, a, name]) => [name, { valence: Number(v), arousal: Number(a) }]));
  assert.deepEqual(places, kEmotionPlaces);
});
