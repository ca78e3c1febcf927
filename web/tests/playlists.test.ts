import assert from "node:assert/strict";
import { test } from "node:test";
import { put_before, with_songs, without } from "../src/core/picked.ts";
import { free_name, moved, read_count, read_imported, read_lists, read_whole_list, span_text } from "../src/core/playlists.ts";
import { read_song } from "../src/core/protocol.ts";

const kList = { id: 3, name: "Road", comment: "", kind: "songs", version: 2, changed_at: 1, songs: 2, missing: 0, length_ms: 5000, problem: null };
const kSong = { id: 9, title: "Nine", artist: "N", valence: null, arousal: null };

test("lists are read, and those that are broken are left out", () => {
  const circle = { ...kList, id: 4, kind: "rules", songs: null, missing: null, length_ms: null, problem: "a circle" };
  assert.deepEqual(read_lists({ playlists: [kList, circle, { id: "5", name: "x" }, { id: 6, name: "" }, null] }), [
    { id: 3, name: "Road", by_rules: false, version: 2, songs: 2, missing: 0, length_ms: 5000, problem: "" },
    { id: 4, name: "Road", by_rules: true, version: 2, songs: null, missing: 0, length_ms: 0, problem: "a circle" },
  ]);
  for (const nonsense of [null, 3, {}, { playlists: 3 }]) assert.equal(read_lists(nonsense), null);
});

// Guards against songs that were not heard yet, or whose files are gone, falling out of a list when it is put in order.
test("an opened list keeps what cannot be played in its place", () => {
  const list = read_whole_list({ ...kList, ids: [9, 7, 9], songs: [kSong, kSong], missing: [{ id: 7, path: "/m/seven.flac" }], rules: null });
  assert.deepEqual(list?.ids, [9, 7, 9]);
  assert.deepEqual([list?.songs, list?.missing], [2, 1]);
  assert.equal(list?.known.get(9)?.title, "Nine");
  assert.equal(list?.gone.get(7), "/m/seven.flac");
  assert.equal(read_whole_list({ ...kList, songs: [] }), null);
});

test("imports and counts", () => {
  assert.deepEqual(read_imported({ id: 1, name: "x", songs: 4, by_path: 4, missing: ["A - B", 3], ambiguous: [] }),
    { id: 1, name: "x", songs: 4, missing: ["A - B"], ambiguous: [] });
  assert.equal(read_imported({ error: "no" }), null);
  assert.deepEqual(read_count({ songs: 0, length_ms: 0, examples: [] }), { songs: 0, length_ms: 0, examples: [] });
  assert.equal(read_count({ songs: 1, length_ms: 3, examples: [kSong] })?.examples[0]?.id, 9);
  assert.equal(read_count(null), null);
});

test("a song moves up, down and not beyond the ends", () => {
  const ids = [1, 2, 3, 2];
  const cases = [[0, 2, [2, 3, 1, 2]], [3, 0, [2, 1, 2, 3]], [1, 1, ids], [2, 9, [1, 2, 2, 3]], [2, -4, [3, 1, 2, 2]], [4, 0, ids], [-1, 2, ids]] as const;
  for (const [from, to, then] of cases) assert.deepEqual(moved(ids, from, to), then, `${from} to ${to}`);
});

test("names that are taken, in any letter case, get a number", () => {
  assert.equal(free_name("Road", ["Rain"]), "Road");
  assert.equal(free_name("Road", ["road", "Road 2"]), "Road 3");
});

test("how long a list is", () => {
  for (const [ms, text] of [[0, "1 s"], [12_400, "12 s"], [59 * 60_000, "59 min"], [3_600_000, "1 h"], [3 * 3_600_000 + 300_000, "3 h 5 min"]] as const) {
    assert.equal(span_text(ms), text);
  }
});

test("what is to be played next comes before what was to come, and a song as often as it stands there", () => {
  const song = (id: number) => read_song({ id })!;
  const before = { picked: 5, songs: [song(4), song(5)], waiting: [6] };
  const list = put_before([1, 2, 1], before);
  assert.deepEqual(list, { picked: 6, songs: [], waiting: [1, 2, 1, 4, 5, 6] });
  assert.deepEqual(put_before([1], null).waiting, [1]);
  const known = with_songs(list, 6, list.waiting.map(song));
  assert.deepEqual(without(known, 1).songs.map(({ id }) => id), [2, 1, 4, 5, 6]);
});
