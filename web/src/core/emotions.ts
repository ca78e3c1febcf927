// The eight expressions, in the server's order, and where each lies in the plane.

export const kEmotions = [
  "neutral", "happy", "surprised", "sad", "angry", "disgusted", "afraid", "contemptuous",
] as const;

export type Emotion = (typeof kEmotions)[number];
export type EmotionScores = Readonly<Partial<Record<Emotion, number>>>;

export interface Mood {
  readonly valence: number; // [-1, 1], unpleasant to pleasant
  readonly arousal: number; // [-1, 1], calm to excited
}

/** Shown beside a face: names what the face does, never what the person is. */
export const kExpressionLabels: Readonly<Record<Emotion, string>> = {
  neutral: "neutral",
  happy: "happy",
  surprised: "surprised",
  sad: "sad",
  angry: "angry",
  disgusted: "disgusted",
  afraid: "afraid",
  contemptuous: "contemptuous",
};

/**
 * Where the buttons put the mood point: the places of src/affect/circumplex.cpp, so that a button and a
 * clear expression in the camera mean the same mood.
 */
export const kEmotionPlaces: Readonly<Record<Emotion, Mood>> = {
  neutral: { valence: 0, arousal: 0 },
  happy: { valence: 0.81, arousal: 0.51 },
  surprised: { valence: 0.4, arousal: 0.67 },
  sad: { valence: -0.63, arousal: -0.27 },
  angry: { valence: -0.51, arousal: 0.59 },
  disgusted: { valence: -0.6, arousal: 0.35 },
  afraid: { valence: -0.64, arousal: 0.6 },
  contemptuous: { valence: -0.3, arousal: 0.18 },
};

export function is_emotion(name: unknown): name is Emotion {
  return typeof name === "string" && (kEmotions as readonly string[]).includes(name);
}

/** The expression with the highest score; absent when there is no score above zero. */
export function strongest(scores: EmotionScores): Emotion | null {
  let best: Emotion | null = null;
  let height = 0;
  for (const name of kEmotions) {
    const score = scores[name] ?? 0;
    if (score > height) {
      height = score;
      best = name;
    }
  }
  return best;
}
