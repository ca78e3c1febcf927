import assert from "node:assert/strict";
import { test } from "node:test";
import { read_today } from "../src/core/today.ts";

test("the day's lists are names and songs, and what is broken or empty is left out", () => {
  const list = { part: "morning", title: "Sunday morning, calm", songs: [{ id: 3, title: "x" }, { id: 9 }, null, { id: "4" }] };
  assert.deepEqual(
    read_today({ day: "2026-11-29", now: "night", lists: [list, { ...list, songs: [] }, { ...list, title: 3 }, null] }),
    { now: "night", lists: [{ part: "morning", title: "Sunday morning, calm", songs: [3, 9] }] });
  for (const nonsense of [null, "x", {}, { now: 1, lists: [] }, { now: "night" }]) assert.equal(read_today(nonsense), null);
});
