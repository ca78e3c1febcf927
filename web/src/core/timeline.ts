// The last minutes: how the mood went, and the brief movements on the way. A movement is a place in the face
// and a time, and never a feeling.
import type { Mood } from "./emotions.ts";
import type { Movement } from "./protocol.ts";

export const kSpan_ms = 3 * 60_000;
/** Moods that follow each other faster are one step of the line. */
const kStep_ms = 250;

interface Step {
  readonly at: number; // ms
  readonly mood: Mood | null; // null: not known from here on
}

export interface Timeline {
  readonly steps: readonly Step[];
  readonly movements: readonly Movement[];
}

export const kNoTimeline: Timeline = { steps: [], movements: [] };

/** Without what is too old; the last step before the span says how the mood stood when it began. */
function trimmed({ steps, movements }: Timeline, now: number): Timeline {
  const begin = now - kSpan_ms;
  const first = Math.max(0, steps.filter((step) => step.at <= begin).length - 1);
  return { steps: steps.slice(first), movements: movements.filter((movement) => movement.apex > begin) };
}

export function after_mood(line: Timeline, mood: Mood | null, at: number): Timeline {
  const { steps } = line;
  const last = steps.at(-1);
  const before = steps.at(-2);
  const crowded = last !== undefined && before !== undefined && last.mood !== null && mood !== null
    && before.mood !== null && at - before.at < kStep_ms;
  return trimmed({ ...line, steps: [...(crowded ? steps.slice(0, -1) : steps), { at, mood }] }, at);
}

export function after_movement(line: Timeline, movement: Movement): Timeline {
  return trimmed({ ...line, movements: [...line.movements, movement] }, Math.max(movement.offset, line.steps.at(-1)?.at ?? 0));
}

/** Where a time lies between the span's begin, 0, and now, 1. */
export function place_in_span(at: number, now: number): number {
  return Math.min(1, Math.max(0, 1 - (now - at) / kSpan_ms));
}

export type Axis = keyof Mood;

/**
 * One axis as polylines "x,y x,y" in a square of 100: from the span's begin to now, upwards is more. The mood
 * stays as it was until it changes; while it is not known there is no line.
 */
export function lines_of({ steps }: Timeline, axis: Axis, now: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  const put = (at: number, value: number) => {
    line.push(`${(place_in_span(at, now) * 100).toFixed(2)},${((1 - value) * 50).toFixed(2)}`);
  };
  const end = () => {
    if (line.length > 1) lines.push(line.join(" "));
    line = [];
  };
  steps.forEach(({ at, mood }, i) => {
    if (mood === null) return end();
    put(at, mood[axis]);
    const next = steps[i + 1];
    if (next === undefined) put(now, mood[axis]);
    else if (next.mood === null || next.at - at > 4 * kStep_ms) put(next.at, mood[axis]);
  });
  end();
  return lines;
}

export function region_words({ region }: Movement): string {
  return region.replaceAll("_", " ");
}

/** "12 s ago", "2 min ago". */
export function ago_words(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  return seconds < 60 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
}
