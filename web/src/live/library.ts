// The library as the page knows it: where its songs lie, how far a scan is, and what the listener likes. What a
// song is called is asked when it is shown.
import { Cell } from "../core/cell.ts";
import type { Song, Status } from "../core/protocol.ts";
import { kNoMap, type SongMap } from "../core/song_map.ts";
import { ApiError, load_map, load_songs, load_status, set_liked } from "./api.ts";
import type { Notices } from "./notices.ts";

const kLookEvery_ms = 10_000;
const kLookEveryWhileScanning_ms = 1500;

export class Library {
  readonly status = new Cell<Status | null>(null);
  readonly map = new Cell<SongMap>(kNoMap);
  readonly likes = new Cell<ReadonlyMap<number, boolean>>(new Map()); // changes made on this page
  private mapped_ = ""; // which library the map is of
  private known_ = new Map<number, Promise<Song | null>>();
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
      const library = `${status.revision} ${status.songs}`;
      if (library === this.mapped_) return;
      this.map.set(await load_map());
      this.known_ = new Map();
      this.mapped_ = library;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** The song in brief; null when it is gone or the server is away. */
  song(id: number): Promise<Song | null> {
    const known = this.known_.get(id);
    if (known !== undefined) return known;
    const asked = load_songs([id]).then(([song]) => song ?? null, () => {
      this.known_.delete(id); // to be asked again
      return null;
    });
    this.known_.set(id, asked);
    return asked;
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
