// Which mood the page shows: the listener's hand wins over everything that is still on its way.
import type { Emotion, Mood } from "./emotions.ts";
import type { MoodNews, MoodSource } from "./protocol.ts";

export interface MoodView {
  readonly source: MoodSource;
  readonly mood: Mood | null;
  readonly emotion: Emotion | null;
  readonly uncertainty: number | null; // radius in the plane; the hand has none
}

export const kNoMood: MoodView = { source: "none", mood: null, emotion: null, uncertainty: null };

export function set_by_hand(mood: Mood): MoodView {
  return { source: "hand", mood, emotion: null, uncertainty: null };
}

/** A hand-set mood stays until it is given back: echoes and late camera moods do not move the point. */
export function after_news(view: MoodView, news: MoodNews): MoodView {
  if (view.source === "hand") return view;
  return { source: news.source, mood: news.mood, emotion: news.emotion, uncertainty: news.uncertainty };
}

/** How far the mood must move before the page offers to change the song at once. */
const kFar = 0.45;

export function moved_far(from: Mood | null, to: Mood | null): boolean {
  if (from === null || to === null) return false;
  return Math.hypot(to.valence - from.valence, to.arousal - from.arousal) > kFar;
}
