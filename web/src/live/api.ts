// The HTTP calls of docs/protocol.md. Every failure becomes an ApiError with words for the listener.
import { read_beliefs, type Beliefs } from "../core/beliefs.ts";
import { delivery_of, type Delivery } from "../core/outbox.ts";
import { asked_for, read_myself, type Myself } from "../core/listener.ts";
import type { PlayReport } from "../core/player_machine.ts";
import { read_songs, read_status, type Song, type Status } from "../core/protocol.ts";
import { read_extras, read_lyrics, type Extras, type Lyrics } from "../core/lyrics.ts";
import { read_journey, type Journey, type JourneyWish } from "../core/journey.ts";
import {
  read_count, read_imported, read_list, read_lists, read_whole_list, type Count, type Imported, type ListFacts, type WholeList,
} from "../core/playlists.ts";
import { read_fields, type Field } from "../core/rules.ts";
import { read_map, type SongMap } from "../core/song_map.ts";
import { read_today, type Today } from "../core/today.ts";
import { recall } from "./memory.ts";

export class ApiError extends Error {}
/** The server knows nobody of the name that this page speaks for. */
export class NobodyOfThatName extends ApiError {}

/** Whom this page speaks for, for as long as it lives, whatever another page is told meanwhile. */
export const kSpeaksFor = recall("speaks_for") ?? "";

const kPatience_ms = 15_000;

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(asked_for(path, kSpeaksFor), { signal: AbortSignal.timeout(kPatience_ms), ...init });
  } catch {
    throw new ApiError("The server does not answer.");
  }
}

async function call(path: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await ask(path, init);
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body;
  const told = (body as { error?: unknown } | null)?.error;
  throw new ApiError(typeof told === "string" ? told : `The server answered ${answer.status}.`);
}

export async function load_status(): Promise<Status> {
  const status = read_status(await call("api/status"));
  if (status === null) throw new ApiError("The server's status could not be understood.");
  return status;
}

/** Every heard song as a point; from the browser's own copy while the library stays as it is. */
export async function load_map(): Promise<SongMap> {
  const answer = await ask("api/map");
  const map = answer.ok ? read_map(await answer.arrayBuffer().catch(() => new ArrayBuffer(0))) : null;
  if (map === null) throw new ApiError("The map of the library could not be read.");
  return map;
}

/** At most so many songs are told of in one answer. */
export const kMostSongs = 200;

/** Those of the songs that are still there, in this order. */
export async function load_songs(ids: readonly number[]): Promise<Song[]> {
  return read_songs(await call(`api/songs?ids=${ids.join()}`));
}

export async function set_liked(song: number, liked: boolean): Promise<void> {
  await call(`api/songs/${song}/like`, { method: liked ? "PUT" : "DELETE" });
}

function understood(value: unknown): Beliefs {
  const beliefs = read_beliefs(value);
  if (beliefs === null) throw new ApiError("What is believed of you could not be read.");
  return beliefs;
}

export async function load_today(): Promise<Today> {
  const today = read_today(await call("api/today"));
  if (today === null) throw new ApiError("The lists of the day could not be read.");
  return today;
}

export async function load_beliefs(): Promise<Beliefs> {
  return understood(await call("api/beliefs"));
}

export async function change_beliefs(action: "forget" | "undo"): Promise<Beliefs> {
  return understood(await call("api/beliefs", as_json({ action })));
}

export async function load_extras(song: number): Promise<Extras> {
  return read_extras(await call(`api/songs/${song}/extras`));
}

export async function load_lyrics(song: number): Promise<Lyrics | null> {
  return read_lyrics(await call(`api/songs/${song}/lyrics`));
}

export function cover_address(song: number): string {
  return `api/songs/${song}/cover`;
}

export function stream_address(song: number): string {
  return `api/songs/${song}/stream`;
}

function understood_myself(value: unknown): Myself {
  const myself = read_myself(value);
  if (myself === null) throw new ApiError("Who listens could not be read.");
  return myself;
}

export async function load_myself(): Promise<Myself> {
  const answer = await ask("api/listener");
  if (answer.status === 404 && kSpeaksFor !== "") throw new NobodyOfThatName();
  return understood_myself(await answer.json().catch(() => null));
}

export async function sign_in(name: string): Promise<Myself> {
  return understood_myself(await call("api/listener", as_json({ name })));
}

export async function set_together(agreed: boolean): Promise<Myself> {
  return understood_myself(await call("api/listener/together", { method: agreed ? "PUT" : "DELETE" }));
}

const as_json = (body: unknown, method = "POST"): RequestInit => ({
  method,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

export async function load_journey(wish: JourneyWish): Promise<Journey> {
  const journey = read_journey(await call("api/journey", as_json(wish)));
  if (journey === null) throw new ApiError("The journey could not be understood.");
  return journey;
}

function known<T>(value: T | null): T {
  if (value === null) throw new ApiError("The server's answer about playlists could not be understood.");
  return value;
}

export async function load_lists(): Promise<ListFacts[]> {
  return known(read_lists(await call("api/playlists")));
}

export async function load_list(id: number): Promise<WholeList> {
  return known(read_whole_list(await call(`api/playlists/${id}`)));
}

export async function load_fields(): Promise<Field[]> {
  return known(read_fields(await call("api/playlists/fields")));
}

/** What a list is to be, as POST and PUT take it. */
export interface ListWish {
  readonly name?: string;
  readonly songs?: readonly number[];
  readonly rules?: unknown;
}

export async function make_list(wish: ListWish): Promise<ListFacts> {
  return known(read_list(await call("api/playlists", as_json(wish))));
}

/** `version` is the one that was read: a list that changed since is not written over. */
export async function change_list(id: number, version: number, wish: ListWish): Promise<ListFacts> {
  return known(read_list(await call(`api/playlists/${id}`, as_json({ ...wish, version }, "PUT"))));
}

export async function delete_list(id: number): Promise<void> {
  await call(`api/playlists/${id}`, { method: "DELETE" });
}

/** Takes the last change back, which must be one of this list. */
export async function undo_list_change(id: number): Promise<void> {
  await call("api/playlists/undo", as_json({ playlist: id }));
}

/** How many songs these rules choose now; `playlist` is the list that they would be the rules of. */
export async function count_songs(rules: unknown, playlist: number | null): Promise<Count> {
  return known(read_count(await call("api/playlists/count", as_json(playlist === null ? { rules } : { rules, playlist }))));
}

export async function import_list(file: File): Promise<Imported> {
  return known(read_imported(await call(`api/playlists/import?file=${encodeURIComponent(file.name)}`, { method: "POST", body: file })));
}

export function export_address(id: number, ending: string): string {
  return `api/playlists/${id}/export?as=${ending}`;
}

export async function send_play(play: PlayReport): Promise<Delivery> {
  try {
    const answer = await fetch(asked_for("api/plays", kSpeaksFor), { ...as_json(play), signal: AbortSignal.timeout(kPatience_ms) });
    return delivery_of(answer.status);
  } catch {
    return "away";
  }
}

/** For a page that is going away: true when the browser promised to deliver it without us. */
export function send_play_in_passing(play: PlayReport): boolean {
  const body = new Blob([JSON.stringify(play)], { type: "application/json" });
  return navigator.sendBeacon(asked_for("api/plays", kSpeaksFor), body);
}
