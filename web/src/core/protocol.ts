// The words of docs/protocol.md: types, and readers that refuse what does not fit.
import { is_emotion, kEmotions, type Emotion, type EmotionScores, type Mood } from "./emotions.ts";
import { read_shares, type Shares } from "./shares.ts";

export const kStrategies = ["match", "lift", "calm", "focus"] as const;
export type Strategy = (typeof kStrategies)[number];

export const kReasons = [
  "no_face", "too_dark", "too_blurred", "too_small", "turned_away", "covered", "unsure",
  "unreadable", "no_eyes",
] as const;
export type Reason = (typeof kReasons)[number];

export interface Song {
  readonly id: number;
  readonly valence: number | null; // of its sound; null, as the other, until it was heard
  readonly arousal: number | null;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly genre: string;
  readonly duration_ms: number;
  readonly bpm: number | null;
  readonly key: string | null;
  readonly loudness_lufs: number | null;
  readonly liked: boolean;
  readonly plays: number;
}

/** A song that was heard, and so has a place in the plane. */
export interface PlacedSong extends Song {
  readonly valence: number;
  readonly arousal: number;
}

export interface QueueSong extends PlacedSong {
  readonly score: number;
  readonly shares: Shares;
  readonly reasons: readonly string[];
}

export interface Face extends Mood {
  readonly id: number; // the same for as long as the face is to be seen
  readonly box: readonly [number, number, number, number]; // x, y, width, height in pixels of the picture
  readonly confidence: number;
  readonly scores: EmotionScores;
}

export interface Reading {
  readonly type: "reading";
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly reason: Reason | null;
  readonly followed: number | null; // the id of the face whose mood counts
  readonly faces: readonly Face[];
}

export type MoodSource = "camera" | "hand" | "none";

export interface MoodNews {
  readonly type: "mood";
  readonly source: MoodSource;
  readonly mood: Mood | null; // null exactly when the source is "none"
  readonly emotion: Emotion | null;
  readonly uncertainty: number | null; // how far from `mood` the truth may lie, in units of the plane; camera only
}

export const kRegions = [
  "right_brow", "left_brow", "right_eye", "left_eye", "nose", "right_cheek", "left_cheek", "right_mouth_corner",
  "left_mouth_corner", "mouth", "chin",
] as const;
export type Region = (typeof kRegions)[number];

/** A part of the face left its place and came back; times are those of the pictures, in ms. */
export interface Movement {
  readonly type: "movement";
  readonly onset: number;
  readonly apex: number;
  readonly offset: number;
  readonly region: Region;
}

export const kBaselineStates = ["none", "capturing", "set", "refused"] as const;

/** How things stand with the listener's face at rest. */
export interface Baseline {
  readonly type: "baseline";
  readonly state: (typeof kBaselineStates)[number];
  readonly message: string;
  readonly progress: number; // of a capture, [0, 1]
}

/** The enrolled listener whose name is offered, or was agreed to. */
export interface Listener {
  readonly type: "listener";
  readonly name: string | null;
  readonly agreed: boolean;
}

export interface QueueNews {
  readonly type: "queue";
  readonly target: Mood | null;
  readonly strategy: Strategy;
  readonly songs: readonly QueueSong[];
}

export interface ErrorNews {
  readonly type: "error";
  readonly message: string;
}

export type News = Reading | MoodNews | QueueNews | Movement | Baseline | Listener | ErrorNews;

export type Wish =
  | { readonly type: "mood"; readonly valence: number; readonly arousal: number }
  | { readonly type: "release" }
  | { readonly type: "camera"; readonly on: boolean }
  | { readonly type: "strategy"; readonly name: Strategy }
  | { readonly type: "familiar"; readonly share: number | null }
  | { readonly type: "playing"; readonly song: number | null }
  | { readonly type: "baseline"; readonly action: "start" | "cancel" | "forget" }
  | { readonly type: "movements"; readonly on: boolean }
  | { readonly type: "listener"; readonly name: string; readonly yes: boolean };

export interface Status {
  readonly songs: number;
  readonly revision: number;
  readonly version: string;
  readonly detector: string;
  readonly classifier: boolean;
  readonly scanning: { readonly done: number; readonly total: number } | null;
}

export const kMaxPictureBytes = 1024 * 1024;
const kTimeBytes = 8;

/** A picture as the server wants it: capture time (float64, little-endian, ms), then the encoded picture. */
export function encode_picture(captured_at: number, picture: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(kTimeBytes + picture.byteLength);
  new DataView(message.buffer).setFloat64(0, captured_at, true);
  message.set(picture, kTimeBytes);
  return message;
}

export function encode_wish(wish: Wish): string {
  return JSON.stringify(wish);
}

type Fields = Readonly<Record<string, unknown>>;

function fields_of(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function number_in(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

const text_in = (value: unknown): string => (typeof value === "string" ? value : "");

function mood_in(fields: Fields | null): Mood | null {
  const valence = number_in(fields?.["valence"]);
  const arousal = number_in(fields?.["arousal"]);
  return valence === null || arousal === null ? null : { valence, arousal };
}

function list_of<T>(value: unknown, read: (item: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.map(read).filter((item): item is T & ({} | null) => item !== null);
}

export function read_song(value: unknown): Song | null {
  const fields = fields_of(value);
  const id = number_in(fields?.["id"]);
  if (fields === null || id === null) return null;
  const mood = mood_in(fields);
  return {
    id,
    valence: mood?.valence ?? null,
    arousal: mood?.arousal ?? null,
    title: text_in(fields["title"]) || "Untitled",
    artist: text_in(fields["artist"]) || "Unknown artist",
    album: text_in(fields["album"]),
    genre: text_in(fields["genre"]),
    duration_ms: number_in(fields["duration_ms"]) ?? 0,
    bpm: number_in(fields["bpm"]),
    key: text_in(fields["key"]) || null,
    loudness_lufs: number_in(fields["loudness_lufs"]),
    liked: fields["liked"] === true,
    plays: number_in(fields["plays"]) ?? 0,
  };
}

export function read_songs(value: unknown): Song[] {
  return list_of(fields_of(value)?.["songs"], read_song);
}

export function is_placed(song: Song): song is PlacedSong {
  return song.valence !== null && song.arousal !== null;
}

export function read_placed_song(value: unknown): PlacedSong | null {
  const song = read_song(value);
  return song !== null && is_placed(song) ? song : null;
}

function read_queue_song(value: unknown): QueueSong | null {
  const song = read_placed_song(value);
  const fields = fields_of(value);
  if (song === null || fields === null) return null;
  const reasons = list_of(fields["reasons"], (item) => text_in(item) || null);
  return { ...song, score: number_in(fields["score"]) ?? 0, shares: read_shares(fields["shares"]), reasons };
}

function read_scores(value: unknown): EmotionScores {
  const fields = fields_of(value);
  const scores: Partial<Record<Emotion, number>> = {};
  for (const name of kEmotions) {
    const score = number_in(fields?.[name]);
    if (score !== null) scores[name] = score;
  }
  return scores;
}

function read_face(value: unknown): Face | null {
  const fields = fields_of(value);
  const box = fields?.["box"];
  if (fields === null || !Array.isArray(box) || box.length !== 4) return null;
  const [x, y, w, h] = box.map(number_in);
  if (x == null || y == null || w == null || h == null) return null;
  return {
    id: number_in(fields["id"]) ?? 0,
    box: [x, y, w, h],
    confidence: number_in(fields["confidence"]) ?? 0,
    scores: read_scores(fields["scores"]),
    ...(mood_in(fields) ?? { valence: 0, arousal: 0 }),
  };
}

function one_of<T extends string>(names: readonly T[], value: unknown): T | null {
  return names.find((name) => name === value) ?? null;
}

function read_reading(fields: Fields): Reading | null {
  const width = number_in(fields["width"]);
  const height = number_in(fields["height"]);
  if (width === null || height === null) return null;
  const spoken = fields["reason"] ?? null;
  return {
    type: "reading",
    at: number_in(fields["at"]) ?? 0,
    width,
    height,
    // A reason that this page does not know is still a reason not to trust the picture.
    reason: spoken === null ? null : (one_of(kReasons, spoken) ?? "unsure"),
    followed: number_in(fields["followed"]),
    faces: list_of(fields["faces"], read_face),
  };
}

function read_mood(fields: Fields): MoodNews | null {
  const source = one_of(["camera", "hand", "none"] as const, fields["source"]);
  const mood = source === "none" ? null : mood_in(fields);
  if (source === null || (source !== "none" && mood === null)) return null;
  const emotion = fields["emotion"];
  const uncertainty = source === "camera" ? number_in(fields["uncertainty"]) : null;
  return { type: "mood", source, mood, emotion: is_emotion(emotion) ? emotion : null, uncertainty };
}

function read_movement(fields: Fields): Movement | null {
  const onset = number_in(fields["onset"]);
  const apex = number_in(fields["apex"]);
  const offset = number_in(fields["offset"]);
  const region = one_of(kRegions, fields["region"]);
  if (onset === null || apex === null || offset === null || region === null) return null;
  return { type: "movement", onset, apex, offset, region };
}

function read_baseline(fields: Fields): Baseline | null {
  const state = one_of(kBaselineStates, fields["state"]);
  if (state === null) return null;
  return { type: "baseline", state, message: text_in(fields["message"]), progress: number_in(fields["progress"]) ?? 0 };
}

function read_listener(fields: Fields): Listener {
  return { type: "listener", name: text_in(fields["name"]) || null, agreed: fields["agreed"] === true };
}

function read_queue(fields: Fields): QueueNews {
  return {
    type: "queue",
    target: mood_in(fields_of(fields["target"])),
    strategy: one_of(kStrategies, fields["strategy"]) ?? "match",
    songs: list_of(fields["songs"], read_queue_song),
  };
}

/** What the server said; null for what this page does not understand, which is then left alone. */
export function decode_news(text: string): News | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const fields = fields_of(value);
  if (fields === null) return null;
  switch (fields["type"]) {
    case "reading": return read_reading(fields);
    case "mood": return read_mood(fields);
    case "queue": return read_queue(fields);
    case "movement": return read_movement(fields);
    case "baseline": return read_baseline(fields);
    case "listener": return read_listener(fields);
    case "error": return { type: "error", message: text_in(fields["message"]) };
    default: return null;
  }
}

export function read_status(value: unknown): Status | null {
  const fields = fields_of(value);
  const songs = number_in(fields?.["songs"]);
  if (fields === null || songs === null) return null;
  const scanning = fields_of(fields["scanning"]);
  return {
    songs,
    revision: number_in(fields["revision"]) ?? 0,
    version: text_in(fields["version"]),
    detector: text_in(fields["detector"]),
    classifier: fields["classifier"] === true,
    scanning: scanning && { done: number_in(scanning["done"]) ?? 0, total: number_in(scanning["total"]) ?? 0 },
  };
}
