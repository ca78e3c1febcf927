// Which songs lie inside a line drawn by hand.
import type { Mood } from "./emotions.ts";
import type { SongMap } from "./song_map.ts";

/**
 * Inside by the even-odd rule: a ray to the right crosses the closed line an odd number of times. An edge holds its
 * lower end and not its upper, so that a ray through a corner crosses once.
 */
export function is_inside(line: readonly Mood[], valence: number, arousal: number): boolean {
  let inside = false;
  let before = line[line.length - 1];
  for (const here of line) {
    if (before !== undefined && here.arousal > arousal !== before.arousal > arousal) {
      const share = (arousal - here.arousal) / (before.arousal - here.arousal);
      if (valence < here.valence + share * (before.valence - here.valence)) inside = !inside;
    }
    before = here;
  }
  return inside;
}

/** The songs inside the line, which is closed from its last point to its first, as places in the map's columns. */
export function encircled(map: SongMap, line: readonly Mood[]): number[] {
  const found: number[] = [];
  if (line.length < 3) return found;
  const [left, right] = extent(line.map(({ valence }) => valence));
  const [low, high] = extent(line.map(({ arousal }) => arousal));
  for (let i = 0; i < map.count; ++i) {
    const valence = map.valence[i]!;
    const arousal = map.arousal[i]!;
    if (valence < left || valence > right || arousal < low || arousal > high) continue;
    if (is_inside(line, valence, arousal)) found.push(i);
  }
  return found;
}

function extent(values: readonly number[]): [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}
