// The player as a pure machine: events in, a new state and what to do out. live/player.ts carries the
// effects out on the <audio> element, so everything here can be tested without one.
import type { Mood } from "./emotions.ts";
import type { Song } from "./protocol.ts";

export type Phase = "idle" | "waiting" | "loading" | "playing" | "paused" | "failed";
export const kOutcomes = ["finished", "skipped", "stopped", "not_now"] as const;
export type Outcome = (typeof kOutcomes)[number];

/** One hearing of one song, as POST /api/plays takes it. */
export interface PlayReport {
  readonly song: number;
  readonly started_at: number; // ms since the epoch
  readonly heard_ms: number;
  readonly outcome: Outcome;
  readonly mood?: Mood; // in which it began, where it was known
}

export interface PlayerState {
  readonly phase: Phase; // "waiting": play was asked for, and the queue has no song yet
  readonly song: Song | null;
  readonly queue: readonly Song[];
  readonly started_at: number; // of this hearing; 0 until sound came
  readonly heard_ms: number; // heard before sounding_since
  readonly sounding_since: number | null;
  readonly failures: number; // songs in a row that could not be played
}

export type PlayerEvent =
  | { readonly type: "queue"; readonly songs: readonly Song[] }
  | { readonly type: "play" | "pause" | "stop" | "next" | "not_now" | "leave" }
  | { readonly type: "choose"; readonly song: Song }
  | { readonly type: "sounding" | "silent" | "ended" | "broken" }; // what the audio element says

export type Effect =
  | { readonly do: "load"; readonly song: Song }
  | { readonly do: "resume" | "pause" | "unload" }
  | { readonly do: "announce"; readonly song: Song | null }
  | { readonly do: "report"; readonly play: PlayReport };

export interface Step {
  readonly state: PlayerState;
  readonly effects: readonly Effect[];
}

/** After this many songs in a row that would not play, the fault is not the songs'. */
export const kMaxFailures = 3;

export const kIdle: PlayerState = {
  phase: "idle", song: null, queue: [], started_at: 0, heard_ms: 0, sounding_since: null, failures: 0,
};

export function heard_at(state: PlayerState, now: number): number {
  return state.heard_ms + (state.sounding_since === null ? 0 : Math.max(0, now - state.sounding_since));
}

/** The song that will follow, which is never the one that plays now. */
export function next_song(state: PlayerState): Song | null {
  return state.queue.find((song) => song.id !== state.song?.id) ?? null;
}

function report_of(state: PlayerState, outcome: Outcome, now: number): Effect[] {
  if (state.song === null || state.started_at === 0) return []; // nothing was heard
  const heard_ms = Math.round(heard_at(state, now));
  return [{ do: "report", play: { song: state.song.id, started_at: state.started_at, heard_ms, outcome } }];
}

const kUnheard = { started_at: 0, heard_ms: 0, sounding_since: null } as const;

function start(state: PlayerState, song: Song, before: readonly Effect[]): Step {
  const effects: Effect[] = [...before, { do: "load", song }, { do: "announce", song }];
  return { state: { ...state, ...kUnheard, phase: "loading", song }, effects };
}

/** On to the queue's first song; with an empty queue, wait for it in silence. */
function advance(state: PlayerState, before: readonly Effect[]): Step {
  const song = next_song(state);
  if (song !== null) return start(state, song, before);
  const effects: Effect[] = state.song === null ? [...before]
    : [...before, { do: "unload" }, { do: "announce", song: null }];
  return { state: { ...state, ...kUnheard, phase: "waiting", song: null }, effects };
}

function silenced(state: PlayerState, now: number): PlayerState {
  return { ...state, heard_ms: heard_at(state, now), sounding_since: null };
}

function on_play(state: PlayerState): Step {
  if (state.song === null) return advance(state, []);
  if (state.phase === "failed") return start({ ...state, failures: 0 }, state.song, []);
  if (state.phase !== "paused") return { state, effects: [] };
  return { state: { ...state, phase: "playing" }, effects: [{ do: "resume" }] };
}

function on_stop(state: PlayerState, now: number): Step {
  if (state.phase === "idle") return { state, effects: [] };
  const effects: Effect[] = [...report_of(state, "stopped", now), { do: "unload" }, { do: "announce", song: null }];
  return { state: { ...kIdle, queue: state.queue }, effects };
}

function on_broken(state: PlayerState, now: number): Step {
  if (state.song === null) return { state, effects: [] };
  const failures = state.failures + 1;
  const told = report_of(state, "stopped", now);
  const tried = { ...state, failures };
  if (failures >= kMaxFailures || next_song(state) === null) {
    return { state: { ...tried, ...kUnheard, phase: "failed" }, effects: told };
  }
  return advance(tried, told);
}

/** The page goes away, perhaps to come back: what was heard is told, and a later resume is a new hearing. */
function on_leave(state: PlayerState, now: number): Step {
  const effects = report_of(state, "stopped", now);
  const sounding = state.sounding_since !== null;
  const again = sounding ? { started_at: now, heard_ms: 0, sounding_since: now } : kUnheard;
  return { state: { ...state, ...again }, effects };
}

function on_sounding(state: PlayerState, now: number): Step {
  if (state.song === null) return { state, effects: [] };
  const started_at = state.started_at === 0 ? now : state.started_at;
  const sounding_since = state.sounding_since ?? now;
  return { state: { ...state, phase: "playing", failures: 0, started_at, sounding_since }, effects: [] };
}

/** One step. `now` is in ms since the epoch and never smaller than in the step before. */
export function step(state: PlayerState, event: PlayerEvent, now: number): Step {
  switch (event.type) {
    case "queue": {
      const filled = { ...state, queue: event.songs };
      return state.phase === "waiting" && event.songs.length > 0 ? advance(filled, []) : { state: filled, effects: [] };
    }
    case "play": return on_play(state);
    case "pause":
      if (state.phase === "waiting") return { state: { ...state, phase: "idle" }, effects: [] };
      if (state.phase !== "playing" && state.phase !== "loading") return { state, effects: [] };
      return { state: { ...silenced(state, now), phase: "paused" }, effects: [{ do: "pause" }] };
    case "stop": return on_stop(state, now);
    case "next": return advance(state, report_of(state, "skipped", now));
    case "not_now": return state.song === null ? { state, effects: [] } : advance(state, report_of(state, "not_now", now));
    case "choose": {
      const told = report_of(state, "skipped", now);
      return start({ ...state, failures: 0 }, event.song, told);
    }
    case "leave": return on_leave(state, now);
    case "sounding": return on_sounding(state, now);
    case "silent": return { state: silenced(state, now), effects: [] };
    case "ended": return advance(state, report_of(state, "finished", now));
    case "broken": return on_broken(state, now);
  }
}
