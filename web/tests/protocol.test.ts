import assert from "node:assert/strict";
import { test } from "node:test";
import { decode_news, encode_picture, encode_wish, read_placed_song, read_song, read_songs, read_status } from "../src/core/protocol.ts";

const kSong = {
  id: 7, title: "Nebula", artist: "Max McFerren", album: "A", genre: "Ambient", duration_ms: 1000,
  valence: 0.25, arousal: -0.5, bpm: 90, key: "C major", loudness_lufs: -14.5, liked: true, plays: 3,
};

// Guards against a big-endian time, which the server would read as nonsense.
test("a picture is eight bytes of little-endian time, then the picture", () => {
  const message = encode_picture(1234.5, new Uint8Array([0xff, 0xd8, 0x01]));
  assert.equal(message.length, 11);
  assert.equal(new DataView(message.buffer).getFloat64(0, true), 1234.5);
  assert.deepEqual([...message.slice(8)], [0xff, 0xd8, 0x01]);
});

test("wishes are the words of the protocol", () => {
  assert.equal(encode_wish({ type: "playing", song: null }), '{"type":"playing","song":null}');
  assert.equal(encode_wish({ type: "mood", valence: 1, arousal: -0.5 }), '{"type":"mood","valence":1,"arousal":-0.5}');
});

test("a reading", () => {
  const news = decode_news(JSON.stringify({
    type: "reading", at: 5, width: 640, height: 480, reason: null, followed: 4,
    faces: [{ id: 4, box: [1, 2, 3, 4], confidence: 0.9, scores: { happy: 0.75, neutral: 0.25, bored: 1 }, valence: 0.6, arousal: 0.4 }],
  }));
  assert.ok(news?.type === "reading");
  assert.equal(news.reason, null);
  assert.equal(news.followed, 4);
  assert.deepEqual(news.faces[0], {
    id: 4, box: [1, 2, 3, 4], confidence: 0.9, scores: { happy: 0.75, neutral: 0.25 }, valence: 0.6, arousal: 0.4,
  });
});

// Guards against an unknown reason being taken for "all is well".
test("a reason that the page does not know is still a reason", () => {
  const news = decode_news('{"type": "reading", "at": 1, "width": 4, "height": 3, "reason": "fogged", "faces": []}');
  assert.ok(news?.type === "reading");
  assert.equal(news.reason, "unsure");
});

// Absence is never a measurement: a mood without numbers is no mood, not the middle of the plane.
test("moods", async (t) => {
  const rows: readonly (readonly [string, string, unknown])[] = [
    ["by hand", '{"type": "mood", "source": "hand", "valence": 0.5, "arousal": 0, "emotion": null, "scores": null}',
      { type: "mood", source: "hand", mood: { valence: 0.5, arousal: 0 }, emotion: null, uncertainty: null }],
    ["from the camera", '{"type": "mood", "source": "camera", "valence": 0.5, "arousal": 0, "emotion": "happy", "uncertainty": 0.25}',
      { type: "mood", source: "camera", mood: { valence: 0.5, arousal: 0 }, emotion: "happy", uncertainty: 0.25 }],
    ["not known", '{"type": "mood", "source": "none", "emotion": null, "scores": null}',
      { type: "mood", source: "none", mood: null, emotion: null, uncertainty: null }],
    ["a camera without numbers", '{"type": "mood", "source": "camera", "emotion": "happy"}', null],
    ["an unknown source", '{"type": "mood", "source": "stars", "valence": 0, "arousal": 0}', null],
    ["numbers that are words", '{"type": "mood", "source": "hand", "valence": "1", "arousal": 0}', null],
  ];
  for (const [name, text, news] of rows) await t.test(name, () => assert.deepEqual(decode_news(text), news));
});

test("a queue keeps whole songs and drops broken ones", () => {
  const songs = [{ ...kSong, score: 0.9, shares: { mood: 0.9, luck: 1 }, reasons: ["near your mood", 5] }, { title: "no id" }, null];
  const news = decode_news(JSON.stringify({ type: "queue", target: { valence: 0, arousal: 1 }, strategy: "lift", songs }));
  assert.ok(news?.type === "queue");
  assert.deepEqual(news.target, { valence: 0, arousal: 1 });
  assert.equal(news.strategy, "lift");
  assert.deepEqual(news.songs, [{ ...kSong, score: 0.9, shares: { mood: 0.9 }, reasons: ["near your mood"] }]);
});

// Guards against a page that dies of one bad message.
test("what is not understood is left alone", async (t) => {
  for (const text of ["", "{", "null", "[]", "3", '"mood"', "{}", '{"type": "later"}', '{"type": "reading"}']) {
    await t.test(JSON.stringify(text), () => assert.equal(decode_news(text), null));
  }
});

test("songs", () => {
  assert.deepEqual(read_song(kSong), kSong);
  const unheard = read_song({ ...kSong, valence: null });
  assert.deepEqual([unheard?.valence, unheard?.arousal], [null, null], "half a place is none");
  assert.equal(read_placed_song({ ...kSong, valence: null }), null);
  const bare = read_song({ id: 1, valence: 0, arousal: 0 });
  assert.equal(bare?.title, "Untitled");
  assert.equal(bare.bpm, null);
  assert.equal(bare.loudness_lufs, null);
  assert.deepEqual(read_songs({ songs: [kSong, 4] }), [kSong]);
  assert.deepEqual(read_songs("nonsense"), []);
});

test("status tells scanning from not scanning", () => {
  const status = { name: "Harmonic Fusion", version: "1", songs: 2, revision: 4, detector: "blazeface", classifier: true };
  assert.equal(read_status({ ...status, scanning: false })?.scanning, null);
  assert.deepEqual(read_status({ ...status, scanning: { done: 1, total: 9 } })?.scanning, { done: 1, total: 9 });
  assert.equal(read_status({}), null);
});

test("brief movements, a face at rest and a listener's name", () => {
  const movement = { type: "movement", onset: 100, apex: 200, offset: 330, region: "left_brow" };
  assert.deepEqual(decode_news(JSON.stringify({ ...movement, at: 1000 })), movement);
  assert.equal(decode_news(JSON.stringify({ ...movement, region: "joy" })), null);
  assert.equal(decode_news(JSON.stringify({ ...movement, apex: null })), null);
  const baseline = { type: "baseline", state: "capturing", message: "Rest.", progress: 0.4 };
  assert.deepEqual(decode_news(JSON.stringify(baseline)), baseline);
  assert.equal(decode_news(JSON.stringify({ ...baseline, state: "asleep" })), null);
  assert.deepEqual(decode_news('{"type": "listener", "name": "Ann"}'), { type: "listener", name: "Ann", agreed: false });
  assert.deepEqual(decode_news('{"type": "listener", "name": null}'), { type: "listener", name: null, agreed: false });
});
