import assert from "node:assert/strict";
import { test } from "node:test";
import {
  kIdle, next_song, step, type Effect, type PlayerEvent, type PlayerState, type PlayReport,
} from "../src/core/player_machine.ts";
import type { Song } from "../src/core/protocol.ts";

function song(id: number): Song {
  return {
    id, title: `Song ${id}`, artist: "A", album: "", genre: "", duration_ms: 60_000, valence: 0, arousal: 0,
    bpm: null, key: null, loudness_lufs: null, liked: false, plays: 0,
  };
}

type Happening = readonly [at: number, event: PlayerEvent];

function run(happenings: readonly Happening[], from: PlayerState = kIdle) {
  let state = from;
  const effects: Effect[] = [];
  for (const [at, event] of happenings) {
    const done = step(state, event, at);
    state = done.state;
    effects.push(...done.effects);
  }
  const reports: PlayReport[] = effects.flatMap((effect) => (effect.do === "report" ? [effect.play] : []));
  const loaded = effects.flatMap((effect) => (effect.do === "load" ? [effect.song.id] : []));
  return { state, effects, reports, loaded };
}

const queue = (...ids: number[]): PlayerEvent => ({ type: "queue", songs: ids.map(song) });
const on = (type: Exclude<PlayerEvent["type"], "queue" | "choose">): PlayerEvent => ({ type });

test("play takes the queue's first song", () => {
  const { state, loaded, effects } = run([[0, queue(1, 2)], [1, on("play")], [2, on("sounding")]]);
  assert.deepEqual(loaded, [1]);
  assert.equal(state.phase, "playing");
  assert.deepEqual(effects.at(-1), { do: "announce", song: song(1) });
});

// The mood moved while a song played: it must not be cut off, and the next one follows the new mood.
test("a new queue leaves the song that plays alone", () => {
  const { state, loaded } = run([
    [0, queue(1, 2)], [1, on("play")], [2, on("sounding")], [3, queue(8, 9)], [4, on("ended")],
  ]);
  assert.deepEqual(loaded, [1, 8]);
  assert.equal(state.song?.id, 8);
});

test("not now goes on to the next song and tells it so", () => {
  const { reports, loaded } = run([[0, queue(1, 2)], [1, on("play")], [1000, on("sounding")], [3000, on("not_now")]]);
  assert.deepEqual(loaded, [1, 2]);
  assert.equal(reports[0]?.outcome, "not_now");
  assert.equal(reports[0]?.heard_ms, 2000);
  assert.deepEqual(run([[0, queue(1)], [1, on("not_now")]]).loaded, [], "nothing plays, nothing is refused");
});

// The server may still offer what plays now: it must not be played twice in a row.
test("the next song is never the same", () => {
  const { state } = run([[0, queue(1)], [1, on("play")], [2, on("sounding")], [3, queue(1, 2)]]);
  assert.equal(next_song(state)?.id, 2);
  assert.equal(next_song({ ...state, queue: [song(1)] }), null);
});

test("play before there is a queue waits for it", () => {
  const waiting = run([[0, on("play")]]);
  assert.equal(waiting.state.phase, "waiting");
  assert.deepEqual(run([[1, queue(3)]], waiting.state).loaded, [3]);
  const given_up = run([[1, on("pause")], [2, queue(3)]], waiting.state);
  assert.equal(given_up.state.phase, "idle");
  assert.deepEqual(given_up.loaded, []);
});

test("a pause is not heard, and resume goes on with the same hearing", () => {
  const { reports, loaded, effects } = run([
    [0, queue(1)], [5, on("play")], [1000, on("sounding")], [4000, on("pause")], [90_000, on("play")],
    [91_000, on("sounding")], [93_000, on("stop")],
  ]);
  assert.deepEqual(loaded, [1]);
  assert.ok(effects.some((effect) => effect.do === "pause") && effects.some((effect) => effect.do === "resume"));
  assert.deepEqual(reports, [{ song: 1, started_at: 1000, heard_ms: 5000, outcome: "stopped" }]);
});

test("what is reported", async (t) => {
  const heard: readonly Happening[] = [[0, queue(1, 2)], [1, on("play")], [1000, on("sounding")]];
  const rows: readonly (readonly [string, readonly Happening[], readonly Partial<PlayReport>[]])[] = [
    ["finished", [[61_000, on("ended")]], [{ song: 1, heard_ms: 60_000, outcome: "finished" }]],
    ["next is a skip", [[3000, on("next")]], [{ song: 1, heard_ms: 2000, outcome: "skipped" }]],
    ["another song is a skip", [[3000, { type: "choose", song: song(9) }]], [{ song: 1, heard_ms: 2000, outcome: "skipped" }]],
    ["stop", [[3000, on("stop")]], [{ song: 1, heard_ms: 2000, outcome: "stopped" }]],
    ["leaving the page", [[3000, on("leave")]], [{ song: 1, heard_ms: 2000, outcome: "stopped" }]],
    ["leaving twice tells each second once", [[3000, on("leave")], [5000, on("leave")]],
      [{ heard_ms: 2000 }, { started_at: 3000, heard_ms: 2000 }]],
    ["waiting for bytes is not hearing", [[3000, on("silent")], [9000, on("sounding")], [10_000, on("stop")]], [{ heard_ms: 3000 }]],
    ["stop twice reports once", [[3000, on("stop")], [4000, on("stop")]], [{ heard_ms: 2000 }]],
  ];
  for (const [name, more, expected] of rows) {
    await t.test(name, () => {
      const { reports } = run([...heard, ...more]);
      assert.equal(reports.length, expected.length);
      expected.forEach((part, i) => assert.deepEqual({ ...reports[i], ...part }, reports[i]));
    });
  }
});

test("a song that never sounded was not played", () => {
  const { reports, loaded } = run([[0, queue(1, 2)], [1, on("play")], [2, on("next")], [3, on("stop")]]);
  assert.deepEqual(loaded, [1, 2]);
  assert.deepEqual(reports, []);
});

// Guards against racing through the whole library when the server is gone.
test("after three songs that will not play the player stops trying", () => {
  const broken = run([[0, queue(1, 2, 3, 4)], [1, on("play")], [2, on("broken")], [3, on("broken")], [4, on("broken")]]);
  assert.equal(broken.state.phase, "failed");
  assert.equal(broken.loaded.length, 3);
  const again = run([[5, on("play")], [6, on("sounding")]], broken.state);
  assert.equal(again.state.phase, "playing");
  assert.equal(again.state.failures, 0);
});

test("the end of the last song waits for the queue", () => {
  const { state, effects } = run([[0, queue(1)], [1, on("play")], [2, on("sounding")], [3, on("ended")]]);
  assert.equal(state.phase, "waiting");
  assert.equal(state.song, null);
  assert.deepEqual(effects.at(-1), { do: "announce", song: null });
});
