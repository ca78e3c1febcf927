// A journey from one mood to another (docs/protocol.md, POST /api/journey), and how its curve is bent.
import type { Mood } from "./emotions.ts";
import { read_placed_song, type PlacedSong } from "./protocol.ts";

export const kGoals = ["lift", "calm", "focus"] as const;
export type Goal = (typeof kGoals)[number];

export const kMostBends = 3; // more than a hand can tell apart; the server takes six

export interface JourneyWish {
  readonly from: Mood;
  readonly to: Goal | Mood;
  readonly via: readonly Mood[];
  readonly songs: number;
}

export interface Journey {
  readonly curve: readonly Mood[];
  readonly to: Mood;
  readonly songs: readonly PlacedSong[];
  readonly reasons: readonly (readonly string[])[]; // of each song
  readonly length_ms: number;
  readonly notes: readonly string[];
}

function point_in(value: unknown): Mood | null {
  const { valence, arousal } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof valence === "number" && typeof arousal === "number" ? { valence, arousal } : null;
}

const texts_in = (value: unknown): string[] => (Array.isArray(value) ? value.filter((text) => typeof text === "string") : []);

export function read_journey(value: unknown): Journey | null {
  if (typeof value !== "object" || value === null) return null;
  const { curve, to, songs, length_ms, notes } = value as Record<string, unknown>;
  const target = point_in(to);
  if (!Array.isArray(curve) || !Array.isArray(songs) || target === null) return null;
  const points = curve.map(point_in).filter((point) => point !== null);
  const known = songs.map(read_placed_song).filter((song) => song !== null);
  if (points.length < 2 || known.length !== songs.length) return null;
  return {
    curve: points,
    to: target,
    songs: known,
    reasons: songs.map((song) => texts_in((song as Record<string, unknown>)["reasons"])),
    length_ms: typeof length_ms === "number" ? length_ms : 0,
    notes: texts_in(notes),
  };
}

/** A point that the curve passes; the id is the same for as long as the point is there. */
export interface Bend extends Mood {
  readonly id: string;
}

/** A place where the curve can be taken hold of: a bend, or the middle of a stretch without one. */
export interface Handle extends Bend {
  readonly at: number; // in the list of bends: the bend itself, or where a new one would come
  readonly is_bend: boolean;
}

/** In the order of the curve. A new bend takes over the id of the handle that it was. */
export function handles_of(from: Mood, bends: readonly Bend[], to: Mood): Handle[] {
  const stations: Bend[] = [{ ...from, id: "from" }, ...bends, { ...to, id: "to" }];
  const handles: Handle[] = [];
  for (let leg = 0; leg + 1 < stations.length; ++leg) {
    const a = stations[leg]!;
    const b = stations[leg + 1]!;
    const middle = { valence: (a.valence + b.valence) / 2, arousal: (a.arousal + b.arousal) / 2 };
    if (bends.length < kMostBends) handles.push({ ...middle, id: `(${a.id} ${b.id})`, at: leg, is_bend: false });
    if (leg < bends.length) handles.push({ ...b, at: leg, is_bend: true });
  }
  return handles;
}

/** The bends when this handle is moved to a place. */
export function bent(bends: readonly Bend[], { id, at }: Handle, to: Mood): Bend[] {
  const moved = { valence: to.valence, arousal: to.arousal, id };
  if (bends.some((bend) => bend.id === id)) return bends.map((bend) => (bend.id === id ? moved : bend));
  return [...bends.slice(0, at), moved, ...bends.slice(at)];
}

export function straightened(bends: readonly Bend[], id: string): Bend[] {
  return bends.filter((bend) => bend.id !== id);
}
