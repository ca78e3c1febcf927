import assert from "node:assert/strict";
import { test } from "node:test";
import { line_at, read_extras, read_lyrics, words_begun } from "../src/core/lyrics.ts";

const kTimed = {
  timed: true,
  lines: [
    { at_ms: 1000, text: "One", words: [] },
    { at_ms: 2500, text: "Two words", words: [{ at_ms: 2500, text: "Two" }, { at_ms: 3000, text: "words" }] },
    { at_ms: 2500, text: "at once", words: [] },
    { at_ms: 9000, text: "", words: [] },
  ],
};

test("the line that sounds", () => {
  const lyrics = read_lyrics(kTimed);
  assert.ok(lyrics !== null);
  const rows = [[0, -1], [999, -1], [1000, 0], [2499, 0], [2500, 2], [8999, 2], [9000, 3], [1e9, 3]] as const;
  for (const [now, line] of rows) assert.equal(line_at(lyrics, now), line, `${now} ms`);
  const line = lyrics.lines[1]!;
  assert.deepEqual([2000, 2500, 2999, 3000, 5000].map((now) => words_begun(line, now)), [0, 1, 1, 2, 2]);
});

// Guards against words that run together, and against a line that loses what is not a word.
test("words keep the spaces of their line", () => {
  const line = (text: string, ...words: string[]) => (
    read_lyrics({ timed: true, lines: [{ at_ms: 0, text, words: words.map((word, i) => ({ at_ms: i, text: word })) }] })?.lines[0]?.words.map((word) => word.text)
  );
  assert.deepEqual(line("Two words", "Two", "words"), ["Two ", "words"]);
  assert.deepEqual(line("(oh) la la, la", "la", "la", "la"), ["(oh) la ", "la, ", "la"]);
  assert.deepEqual(line("Two words", "Two", "others"), []);
  assert.deepEqual(line("Two words"), []);
});

test("lyrics without times have no line that sounds", () => {
  const lyrics = read_lyrics({ timed: false, lines: [{ at_ms: null, text: "One", words: [] }] });
  assert.equal(lyrics?.lines[0]?.text, "One");
  assert.equal(line_at(lyrics!, 5000), -1);
  const half = read_lyrics({ timed: true, lines: [...kTimed.lines, { at_ms: null, text: "when?", words: [] }] });
  assert.equal(half?.timed, false);
});

test("what makes no sense is no lyrics", () => {
  for (const value of [null, 3, "x", [], {}, { timed: true }, { timed: true, lines: [] }, { lines: "x" }]) assert.equal(read_lyrics(value), null);
  assert.deepEqual(read_lyrics({ lines: [null, { words: [{ text: "no time" }, 4] }] })?.lines, [
    { at_ms: null, text: "", words: [] }, { at_ms: null, text: "", words: [] },
  ]);
  assert.deepEqual(read_extras({ cover: "image/png", lyrics: "timed" }), { cover: true, lyrics: true });
  for (const value of [null, {}, { cover: null, lyrics: null }, { cover: 1 }]) assert.deepEqual(read_extras(value), { cover: false, lyrics: false });
});
