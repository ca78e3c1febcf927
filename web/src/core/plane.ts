// Geometry of the valence/arousal plane: valence grows to the right, arousal grows upwards.
import type { Mood } from "./emotions.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const kKeyStep = 0.05;
export const kBigKeyStep = 0.2;

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Two decimals are finer than a finger, and keep messages and attributes short. */
function rounded(value: number): number {
  return Math.round(clamp(value, -1, 1) * 100) / 100 + 0; // + 0 turns -0 into 0
}

export function mood_at(point: Point, size: Size): Mood {
  if (size.width <= 0 || size.height <= 0) return { valence: 0, arousal: 0 };
  return {
    valence: rounded((point.x / size.width) * 2 - 1),
    arousal: rounded(1 - (point.y / size.height) * 2),
  };
}

export function point_of(mood: Mood, size: Size): Point {
  return {
    x: ((clamp(mood.valence, -1, 1) + 1) / 2) * size.width,
    y: ((1 - clamp(mood.arousal, -1, 1)) / 2) * size.height,
  };
}

/** Where a key moves the mood; null for keys that mean nothing here. */
export function moved_by_key(mood: Mood, key: string, big: boolean): Mood | null {
  const step = big ? kBigKeyStep : kKeyStep;
  const { valence, arousal } = mood;
  switch (key) {
    case "ArrowLeft": return { valence: rounded(valence - step), arousal: rounded(arousal) };
    case "ArrowRight": return { valence: rounded(valence + step), arousal: rounded(arousal) };
    case "ArrowUp": return { valence: rounded(valence), arousal: rounded(arousal + step) };
    case "ArrowDown": return { valence: rounded(valence), arousal: rounded(arousal - step) };
    case "Home": return { valence: 0, arousal: 0 };
    default: return null;
  }
}

/** Words for how far the truth may lie from the point: by the radius of the disc, in units of the plane. */
export function sureness_words(uncertainty: number): string {
  if (uncertainty < 0.3) return "read clearly";
  return uncertainty < 0.5 ? "read roughly" : "read vaguely";
}

/** A place in the plane, or none: of what was not heard yet. */
export interface MaybeMood {
  readonly valence: number | null;
  readonly arousal: number | null;
}

/** Words for a place in the plane, for labels and screen readers. */
export function words_for({ valence, arousal }: MaybeMood): string {
  if (valence === null || arousal === null) return "not heard yet";
  if (Math.hypot(valence, arousal) < 0.2) return "even";
  const strength = Math.hypot(valence, arousal) < 0.5 ? "a little " : "";
  const angle = (Math.atan2(arousal, valence) * 180) / Math.PI;
  const sectors: readonly (readonly [number, string])[] = [
    [-157.5, "low"], [-112.5, "sad"], [-67.5, "still"], [-22.5, "calm"],
    [22.5, "content"], [67.5, "happy"], [112.5, "excited"], [157.5, "tense"], [180, "low"],
  ];
  const sector = sectors.find(([end]) => angle <= end);
  return strength + (sector?.[1] ?? "low");
}

/**
 * Colour of a mood: OKLCH hue in degrees, blended from the four corners (happy amber, tense red, sad blue,
 * calm teal) as points on the colour circle, so that no seam shows; strength in [0, 1] from the middle out.
 */
export function colour_of(mood: Mood): { hue: number; strength: number } {
  const corners = [
    { hue: 80, weight: (1 + mood.valence) * (1 + mood.arousal) },
    { hue: 15, weight: (1 - mood.valence) * (1 + mood.arousal) },
    { hue: 265, weight: (1 - mood.valence) * (1 - mood.arousal) },
    { hue: 170, weight: (1 + mood.valence) * (1 - mood.arousal) },
  ];
  let x = 0;
  let y = 0;
  for (const { hue, weight } of corners) {
    x += weight * Math.cos((hue * Math.PI) / 180);
    y += weight * Math.sin((hue * Math.PI) / 180);
  }
  const hue = (Math.round((Math.atan2(y, x) * 180) / Math.PI) + 360) % 360;
  return { hue, strength: clamp(Math.hypot(mood.valence, mood.arousal), 0, 1) };
}
