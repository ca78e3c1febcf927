// The lists of the day, as GET /api/today tells them.

export interface DayList {
  readonly part: string;
  readonly title: string;
  readonly songs: readonly number[];
}

export interface Today {
  readonly now: string; // the part of the day that it is
  readonly lists: readonly DayList[];
}

function id_in(value: unknown): number | null {
  const { id } = (value ?? {}) as { id?: unknown };
  return typeof id === "number" ? id : null;
}

function list_in(value: unknown): DayList | null {
  const { part, title, songs } = (value ?? {}) as { part?: unknown; title?: unknown; songs?: unknown };
  if (typeof part !== "string" || typeof title !== "string" || !Array.isArray(songs)) return null;
  const ids = songs.map(id_in).filter((id) => id !== null);
  return ids.length > 0 ? { part, title, songs: ids } : null;
}

/** Null for what is no such answer; lists that are broken or empty are left out. */
export function read_today(value: unknown): Today | null {
  const { now, lists } = (value ?? {}) as { now?: unknown; lists?: unknown };
  if (typeof now !== "string" || !Array.isArray(lists)) return null;
  return { now, lists: lists.map(list_in).filter((list) => list !== null) };
}
