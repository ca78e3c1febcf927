// All heard songs as points of the plane, in columns: a library may have many ten thousands.
import type { Mood } from "./emotions.ts";

export interface SongMap {
  readonly count: number;
  readonly ids: Float64Array; // growing
  readonly valence: Float32Array;
  readonly arousal: Float32Array;
}

export const kNoMap: SongMap = {
  count: 0, ids: new Float64Array(), valence: new Float32Array(), arousal: new Float32Array(),
};

const kHead = 8;
const kBytesOfASong = 16;
const kSign = 0x314d4648; // "HFM1"

/** The answer of GET /api/map; null for anything else. Reads as the machine counts, which is little-endian everywhere. */
export function read_map(bytes: ArrayBuffer): SongMap | null {
  if (bytes.byteLength < kHead) return null;
  const [sign, count] = new Uint32Array(bytes, 0, 2);
  if (sign !== kSign || count === undefined || bytes.byteLength !== kHead + kBytesOfASong * count) return null;
  const halves = new Uint32Array(bytes, kHead, 2 * count);
  const ids = new Float64Array(count);
  for (let i = 0; i < count; ++i) ids[i] = halves[2 * i]! + halves[2 * i + 1]! * 2 ** 32;
  return {
    count, ids,
    valence: new Float32Array(bytes, kHead + 8 * count, count),
    arousal: new Float32Array(bytes, kHead + 12 * count, count),
  };
}

export function mood_of(map: SongMap, index: number): Mood {
  return { valence: map.valence[index] ?? 0, arousal: map.arousal[index] ?? 0 };
}

/** Where the song stands in the columns; -1 when it is not there. */
export function index_of(map: SongMap, id: number): number {
  let low = 0;
  let high = map.count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = map.ids[middle]!;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * The song nearest to `mood`, no farther than `reach`; -1 when there is none. A unit of valence and one of arousal
 * count as `scale` says, so that a reach can be one in pixels.
 */
export function nearest_song(map: SongMap, mood: Mood, reach = Infinity, scale = { x: 1, y: 1 }): number {
  let best = -1;
  let least = reach * reach;
  for (let i = 0; i < map.count; ++i) {
    const x = (map.valence[i]! - mood.valence) * scale.x;
    const y = (map.arousal[i]! - mood.arousal) * scale.y;
    const distance = x * x + y * y;
    if (distance > least) continue;
    least = distance;
    best = i;
  }
  return best;
}

/** How many songs lie in each quarter of the plane; those on an axis count to the right or upper side. */
export function corner_counts(map: SongMap): { happy: number; tense: number; sad: number; calm: number } {
  const counts = { happy: 0, tense: 0, sad: 0, calm: 0 };
  for (let i = 0; i < map.count; ++i) {
    const pleasant = map.valence[i]! >= 0;
    if (map.arousal[i]! >= 0) counts[pleasant ? "happy" : "tense"] += 1;
    else counts[pleasant ? "calm" : "sad"] += 1;
  }
  return counts;
}

/** Songs from the middle of all of them outwards. */
export function from_the_middle(map: SongMap, songs: readonly number[]): number[] {
  const mean = (values: Float32Array) => songs.reduce((sum, i) => sum + values[i]!, 0) / songs.length;
  const middle = { valence: mean(map.valence), arousal: mean(map.arousal) };
  const far = (i: number) => (map.valence[i]! - middle.valence) ** 2 + (map.arousal[i]! - middle.arousal) ** 2;
  return [...songs].sort((a, b) => far(a) - far(b) || a - b);
}
