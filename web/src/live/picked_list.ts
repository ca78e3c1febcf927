// Keeps the songs that were picked on the map, and asks for their names some at a time.
import { Cell } from "../core/cell.ts";
import { is_over, put_before, wants_more, with_songs, without, type Picked } from "../core/picked.ts";
import type { Song } from "../core/protocol.ts";
import { ApiError, load_songs } from "./api.ts";
import type { Notices } from "./notices.ts";

const kAtOnce = 20;

export class PickedList {
  readonly now = new Cell<Picked | null>(null);
  private asking_ = false;
  private readonly notices_: Notices;

  constructor(notices: Notices) {
    this.notices_ = notices;
  }

  /** Resolves with the first song when it is known; null, and nothing has changed, when it cannot be had. */
  async begin(ids: readonly number[]): Promise<Song | null> {
    const list = await this.more({ picked: ids.length, songs: [], waiting: ids });
    const first = list?.songs[0] ?? null;
    if (first !== null) this.now.set(list);
    return first;
  }

  /** What plays now is not disturbed. Nothing has changed when the songs cannot be had. */
  async put_first(ids: readonly number[]): Promise<void> {
    const before = this.now.value;
    const list = await this.more(put_before(ids, before));
    if (list === null || this.now.value !== before) return; // another choice was made since
    this.now.set(is_over(list) ? null : list);
  }

  end(): void {
    this.now.set(null);
  }

  /** This song plays now. */
  async plays(id: number): Promise<void> {
    const list = this.now.value;
    if (list === null) return;
    const rest = without(list, id);
    this.now.set(is_over(rest) ? null : rest);
    if (!wants_more(rest) || this.asking_) return;
    this.asking_ = true;
    const more = await this.more(rest);
    this.asking_ = false;
    // Another song may have begun while the server was asked.
    const now = this.now.value;
    if (now === null || more === null || now.waiting !== rest.waiting) return;
    this.now.set({ ...more, songs: [...now.songs, ...more.songs.slice(rest.songs.length)] });
  }

  /** The list with its next songs; null when the server could not be asked. */
  private async more(list: Picked): Promise<Picked | null> {
    const ids = list.waiting.slice(0, kAtOnce);
    try {
      return with_songs(list, ids.length, await load_songs(ids));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.notices_.say(`The picked songs could not be read. ${error.message} Try again in a moment.`);
      return null;
    }
  }
}
