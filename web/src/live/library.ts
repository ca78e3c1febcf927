// The library as the page knows it: its songs, how far a scan is, and what the listener likes.
import { Cell } from "../core/cell.ts";
import type { Song, Status } from "../core/protocol.ts";
import { ApiError, load_songs, load_status, set_liked } from "./api.ts";
import type { Notices } from "./notices.ts";

const kLookEvery_ms = 10_000;
const kLookEveryWhileScanning_ms = 1500;

export class Library {
  readonly status = new Cell<Status | null>(null);
  readonly songs = new Cell<readonly Song[]>([]);
  readonly likes = new Cell<ReadonlyMap<number, boolean>>(new Map()); // changes made on this page
  private revision_ = -1;
  private timer_ = 0;
  private readonly notices_: Notices;

  constructor(notices: Notices) {
    this.notices_ = notices;
  }

  /** Looks now and from then on, more often while a scan runs. */
  follow(): void {
    void this.refresh().finally(() => {
      const scanning = this.status.value?.scanning != null;
      clearTimeout(this.timer_);
      this.timer_ = window.setTimeout(() => this.follow(), scanning ? kLookEveryWhileScanning_ms : kLookEvery_ms);
    });
  }

  /** A server that does not answer is told by the socket's sign; here the last state simply stays. */
  async refresh(): Promise<void> {
    try {
      const status = await load_status();
      this.status.set(status);
      if (status.revision === this.revision_ && status.songs === this.songs.value.length) return;
      this.songs.set(await load_songs());
      this.revision_ = status.revision;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  is_liked(song: Song): boolean {
    return this.likes.value.get(song.id) ?? song.liked;
  }

  async toggle_like(song: Song): Promise<void> {
    const liked = !this.is_liked(song);
    this.mark(song.id, liked);
    try {
      await set_liked(song.id, liked);
    } catch (error) {
      this.mark(song.id, !liked);
      const why = error instanceof Error ? error.message : "";
      this.notices_.say(`“${song.title}” could not be ${liked ? "liked" : "unliked"}. ${why} Try again in a moment.`);
    }
  }

  private mark(song: number, liked: boolean): void {
    this.likes.update((likes) => new Map(likes).set(song, liked));
  }
}
