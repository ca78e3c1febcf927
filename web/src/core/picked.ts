// Songs picked by hand, to be played one after the other instead of those that fit the mood.
import type { Song } from "./protocol.ts";

export interface Picked {
  readonly picked: number; // songs in all
  readonly songs: readonly Song[]; // what comes next, the first first
  readonly waiting: readonly number[]; // ids of those after them, not asked for yet
}

/** Fewer songs than this to come: the next ones are asked for. */
const kFew = 6;

export function wants_more({ songs, waiting }: Picked): boolean {
  return songs.length < kFew && waiting.length > 0;
}

/** The first `count` of the waiting ids have been asked for, and these were still there. */
export function with_songs(list: Picked, count: number, songs: readonly Song[]): Picked {
  return { ...list, songs: [...list.songs, ...songs], waiting: list.waiting.slice(count) };
}

/** A song that plays comes no more, but for as often as it stands in the list again. */
export function without(list: Picked, id: number): Picked {
  const at = list.songs.findIndex((song) => song.id === id);
  return { ...list, songs: list.songs.filter((_, i) => i !== at) };
}

/** These come before what was to come, whose names are asked for anew. */
export function put_before(ids: readonly number[], list: Picked | null): Picked {
  const waiting = [...ids, ...(list?.songs ?? []).map(({ id }) => id), ...(list?.waiting ?? [])];
  return { picked: waiting.length, songs: [], waiting };
}

export function is_over({ songs, waiting }: Picked): boolean {
  return songs.length === 0 && waiting.length === 0;
}
