// The listener's playlists: read, made, changed, taken back. What the server refuses is told in its own words.
import { Cell } from "../core/cell.ts";
import { songs_text } from "../core/format.ts";
import { free_name, type ListFacts, type WholeList } from "../core/playlists.ts";
import type { Song } from "../core/protocol.ts";
import type { Field } from "../core/rules.ts";
import {
  ApiError, change_list, delete_list, import_list, kMostSongs, load_fields, load_list, load_lists, load_songs, make_list, undo_list_change,
  type ListWish,
} from "./api.ts";
import type { Notices } from "./notices.ts";

const kRest_ms = 350;
const kMostUndone = 50; // as many as the server keeps

/** The change that can be taken back: the last one that was made on this page. */
export interface Undoable {
  readonly list: number;
  readonly text: string; // what was done
}

export class Playlists {
  readonly all = new Cell<readonly ListFacts[] | null>(null); // null: not known yet
  readonly open = new Cell<WholeList | null>(null);
  readonly undoable = new Cell<Undoable | null>(null);
  readonly fields = new Cell<readonly Field[]>([]); // what rules may ask for
  private saving_: Promise<unknown> = Promise.resolve();
  private done_: readonly Undoable[] = []; // the last last
  private order_: { readonly list: number; readonly ids: readonly number[] } | null = null; // not sent yet
  private timer_ = 0;
  private asked_ = 0; // how often the open list was asked for, or closed: only the last answer counts
  private readonly notices_: Notices;

  constructor(notices: Notices) {
    this.notices_ = notices;
  }

  /** A server that does not answer is told by the socket's sign; here the last state simply stays. */
  async refresh(): Promise<void> {
    try {
      const [all, fields] = await Promise.all([load_lists(), this.fields.value.length > 0 ? this.fields.value : load_fields()]);
      this.fields.set(fields);
      this.all.set(all);
      const { value: open } = this.open;
      if (open === null) return;
      if (all.some(({ id }) => id === open.id)) await this.show(open.id);
      else this.close(); // somebody deleted it
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** Opens a list, or reads it again. */
  async show(id: number): Promise<void> {
    const asked = ++this.asked_;
    await this.attempt("The list could not be opened", async () => {
      const list = await load_list(id);
      const { value: open } = this.open;
      if (asked !== this.asked_ || (open?.id === id && list.version < open.version)) return; // late: something happened since
      const known = open?.id === id ? new Map([...open.known, ...list.known]) : list.known;
      this.open.set({ ...list, known, ids: this.order_of(id) ?? list.ids });
    });
  }

  close(): void {
    ++this.asked_;
    this.open.set(null);
  }

  /** The names of the first `count` songs of the open list, asked for in turns. */
  async know(count: number): Promise<void> {
    const list = this.open.value;
    const wanted = list?.ids.slice(0, count).filter((id) => !list.known.has(id) && !list.gone.has(id)).slice(0, kMostSongs) ?? [];
    if (list === null || wanted.length === 0) return;
    await this.attempt("The songs could not be read", async () => {
      const songs = await load_songs(wanted);
      const found = new Map<number, Song>(songs.map((song) => [song.id, song]));
      if (found.size === 0) return; // they are gone since
      this.open.update((now) => (now?.id === list.id ? { ...now, known: new Map([...now.known, ...found]) } : now));
    });
  }

  /** A name that is free; the server decides in the end. */
  free_name(wanted: string): string {
    return free_name(wanted, (this.all.value ?? []).map(({ name }) => name));
  }

  /** True when it was made. */
  async make(wish: ListWish): Promise<boolean> {
    return this.attempt("The list was not kept", async () => {
      const made = await make_list(wish);
      this.was_done({ list: made.id, text: `Kept “${made.name}” with ${songs_text(made.songs ?? 0)}.` });
      this.notices_.say(`Kept as the list “${made.name}”.`);
      await this.refresh();
    });
  }

  /** True when it was changed. `done` says what was done. */
  async change(id: number, wish: ListWish, done: string): Promise<boolean> {
    // One after the other: each change names the version that the one before has made.
    const change = this.saving_.then(() => this.attempt("That was not changed", async () => {
      const before = this.open.value?.id === id ? this.open.value : this.all.value?.find((list) => list.id === id);
      const now = await change_list(id, before?.version ?? 0, wish);
      this.was_done({ list: id, text: done });
      this.open.update((open) => (open?.id === id ? { ...open, ...now, ids: this.order_of(id) ?? wish.songs ?? open.ids } : open));
      await this.refresh();
    }));
    this.saving_ = change;
    const changed = await change;
    if (!changed) await this.refresh(); // how it is, after all
    return changed;
  }

  /** The songs of the open list in this order: shown at once, and kept when the hand rests. */
  put_songs(ids: readonly number[], done: string): void {
    const list = this.open.value;
    if (list === null) return;
    this.open.set({ ...list, ids });
    this.order_ = { list: list.id, ids };
    clearTimeout(this.timer_);
    this.timer_ = window.setTimeout(() => {
      const order = this.order_;
      this.order_ = null;
      if (order !== null) void this.change(order.list, { songs: order.ids }, done);
    }, kRest_ms);
  }

  async remove(list: ListFacts): Promise<void> {
    await this.attempt(`“${list.name}” was not deleted`, async () => {
      if (this.order_of(list.id) !== null) this.order_ = null;
      await delete_list(list.id);
      if (this.open.value?.id === list.id) this.close();
      this.was_done({ list: list.id, text: `“${list.name}” is deleted.` });
      await this.refresh();
    });
  }

  async undo(): Promise<void> {
    const change = this.done_.at(-1);
    if (change === undefined) return;
    this.done_ = this.done_.slice(0, -1);
    this.undoable.set(this.done_.at(-1) ?? null);
    await this.attempt("That could not be taken back", async () => {
      await undo_list_change(change.list);
      await this.refresh();
    });
  }

  async import(files: readonly File[]): Promise<void> {
    for (const file of files) {
      await this.attempt(`“${file.name}” was not imported`, async () => {
        const { id, name, songs, missing, ambiguous } = await import_list(file);
        const not_found = [...missing, ...ambiguous];
        const rest = not_found.length === 0 ? "" : ` Not found: ${songs_text(not_found.length)}, “${not_found[0]}”${not_found.length > 1 ? "…" : ""}.`;
        this.was_done({ list: id, text: `Imported “${name}” with ${songs_text(songs)}.${rest}` });
      });
    }
    await this.refresh();
  }

  private was_done(change: Undoable): void {
    this.done_ = [...this.done_, change].slice(-kMostUndone);
    this.undoable.set(change);
  }

  private order_of(id: number): readonly number[] | null {
    return this.order_?.list === id ? this.order_.ids : null;
  }

  /** True when it went well; else the listener is told what did not, and why. */
  async attempt(what: string, act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.notices_.say(`${what}: ${error.message}`);
      return false;
    }
  }
}
