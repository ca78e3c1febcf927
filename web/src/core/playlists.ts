// Playlists as GET /api/playlists tells them, and how the songs of one change their places.
import { read_songs, type Song } from "./protocol.ts";

export interface ListFacts {
  readonly id: number;
  readonly name: string;
  readonly by_rules: boolean;
  readonly version: number; // to be sent with a change
  readonly songs: number | null; // null where `problem` says why they cannot be told
  readonly missing: number;
  readonly length_ms: number;
  readonly problem: string; // empty where there is none
}

export interface WholeList extends ListFacts {
  readonly rules: unknown; // .nsp; null of a list by hand
  readonly ids: readonly number[]; // with those whose files are gone
  readonly known: ReadonlyMap<number, Song>; // the first ones at once, others as they are shown
  readonly gone: ReadonlyMap<number, string>; // and where they stood last
}

export interface Imported {
  readonly id: number;
  readonly name: string;
  readonly songs: number;
  readonly missing: readonly string[];
  readonly ambiguous: readonly string[];
}

export interface Count {
  readonly songs: number;
  readonly length_ms: number;
  readonly examples: readonly Song[];
}

type Fields = Readonly<Record<string, unknown>>;

const fields_of = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const number_in = (value: unknown): number | null => (typeof value === "number" ? value : null);
const text_in = (value: unknown): string => (typeof value === "string" ? value : "");
const list_in = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts_in = (value: unknown): string[] => list_in(value).filter((one): one is string => typeof one === "string");

export function read_list(value: unknown): ListFacts | null {
  const fields = fields_of(value);
  const id = number_in(fields["id"]);
  const name = text_in(fields["name"]);
  if (id === null || name === "") return null;
  return {
    id,
    name,
    by_rules: fields["kind"] === "rules",
    version: number_in(fields["version"]) ?? 0,
    songs: number_in(fields["songs"]),
    missing: number_in(fields["missing"]) ?? 0,
    length_ms: number_in(fields["length_ms"]) ?? 0,
    problem: text_in(fields["problem"]),
  };
}

/** Null for what is no such answer; lists that are broken are left out. */
export function read_lists(value: unknown): ListFacts[] | null {
  const lists = fields_of(value)["playlists"];
  return Array.isArray(lists) ? lists.map(read_list).filter((list) => list !== null) : null;
}

export function read_whole_list(value: unknown): WholeList | null {
  const fields = fields_of(value);
  const ids = list_in(fields["ids"]).filter((id): id is number => typeof id === "number");
  const songs = read_songs(value);
  // What `songs` is in a list of lists, a number, is here the songs.
  const facts = read_list({ ...fields, songs: ids.length });
  if (facts === null || !Array.isArray(fields["ids"])) return null;
  const gone = list_in(fields["missing"]).map(fields_of);
  return {
    ...facts,
    songs: facts.problem === "" ? ids.length - gone.length : null,
    missing: gone.length,
    rules: fields["rules"] ?? null,
    ids,
    known: new Map(songs.map((song) => [song.id, song])),
    gone: new Map(gone.map(({ id, path }) => [number_in(id) ?? 0, text_in(path)])),
  };
}

export function read_imported(value: unknown): Imported | null {
  const fields = fields_of(value);
  const id = number_in(fields["id"]);
  if (id === null) return null;
  return {
    id, name: text_in(fields["name"]), songs: number_in(fields["songs"]) ?? 0,
    missing: texts_in(fields["missing"]), ambiguous: texts_in(fields["ambiguous"]),
  };
}

export function read_count(value: unknown): Count | null {
  const fields = fields_of(value);
  const songs = number_in(fields["songs"]);
  if (songs === null) return null;
  return { songs, length_ms: number_in(fields["length_ms"]) ?? 0, examples: read_songs({ songs: fields["examples"] }) };
}

/** The list with the song at `from` at the place `to` instead. Songs may stand in it twice. */
export function moved(ids: readonly number[], from: number, to: number): number[] {
  const rest = ids.filter((_, i) => i !== from);
  const at = Math.max(0, Math.min(to, rest.length));
  return from < 0 || from >= ids.length ? [...ids] : [...rest.slice(0, at), ids[from]!, ...rest.slice(at)];
}

/** A name that no list has yet, in either letter case: "Road", "Road 2". */
export function free_name(wanted: string, taken: readonly string[]): string {
  const low = new Set(taken.map((name) => name.toLowerCase()));
  for (let i = 1; ; ++i) {
    const name = i === 1 ? wanted : `${wanted} ${i}`;
    if (!low.has(name.toLowerCase())) return name;
  }
}

/** "48 min", "3 h 5 min": how long it takes to hear all. */
export function span_text(length_ms: number): string {
  const minutes = Math.round(length_ms / 60_000);
  if (minutes < 1) return `${Math.max(1, Math.round(length_ms / 1000))} s`;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
