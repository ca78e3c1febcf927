import assert from "node:assert/strict";
import { test } from "node:test";
import { is_over, wants_more, with_songs, without } from "../src/core/picked.ts";
import { read_song, type Song } from "../src/core/protocol.ts";

const song = (id: number): Song => read_song({ id, valence: 0, arousal: 0 })!;

test("picked songs come in their order, and more are asked for in time", () => {
  const begun = { picked: 30, songs: [], waiting: Array.from({ length: 30 }, (_, i) => i + 1) };
  assert.ok(wants_more(begun) && !is_over(begun));
  let list = with_songs(begun, 20, Array.from({ length: 19 }, (_, i) => song(i + 1))); // one of them is gone
  assert.equal(list.waiting[0], 21);
  assert.ok(!wants_more(list));
  for (let id = 1; id <= 14; ++id) list = without(list, id);
  assert.ok(wants_more(list));
  assert.deepEqual(list.songs.map(({ id }) => id), [15, 16, 17, 18, 19]);
  list = with_songs(list, 10, []);
  assert.ok(!wants_more(list) && !is_over(list));
  for (let id = 15; id <= 19; ++id) list = without(list, id);
  assert.ok(is_over(list));
  assert.equal(list.picked, 30);
});
