// What the server believes the listener likes, as GET /api/beliefs tells it.

/** One belief in words. */
export interface Belief {
  readonly mood: string;
  readonly text: string;
}

export interface Beliefs {
  readonly songs: number; // plays that they rest on
  readonly beliefs: readonly Belief[];
}

function belief_in(value: unknown): Belief | null {
  const { mood, text } = (value ?? {}) as { mood?: unknown; text?: unknown };
  return typeof mood === "string" && typeof text === "string" && text !== "" ? { mood, text } : null;
}

/** Null for what is no such answer; a belief that is broken is left out. */
export function read_beliefs(value: unknown): Beliefs | null {
  const { songs, beliefs } = (value ?? {}) as { songs?: unknown; beliefs?: unknown };
  if (typeof songs !== "number" || !Array.isArray(beliefs)) return null;
  return { songs, beliefs: beliefs.map(belief_in).filter((belief) => belief !== null) };
}
