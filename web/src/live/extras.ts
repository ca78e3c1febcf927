// The picture and the words of the song that plays.
import { Cell } from "../core/cell.ts";
import type { Lyrics } from "../core/lyrics.ts";
import { ApiError, cover_address, load_extras, load_lyrics } from "./api.ts";

export interface SongExtras {
  readonly cover: string | null; // its address
  readonly lyrics: Lyrics | null;
}

const kNothing: SongExtras = { cover: null, lyrics: null };

export class ExtrasOfSong {
  readonly now = new Cell<SongExtras>(kNothing);
  private song_: number | null = null;

  /** A song without them, or a server that is away, has none. */
  async follow(song: number | null): Promise<void> {
    if (song === this.song_) return;
    this.song_ = song;
    this.now.set(kNothing);
    if (song === null) return;
    try {
      const { cover, lyrics } = await load_extras(song);
      if (this.song_ !== song) return;
      if (cover) this.now.set({ cover: cover_address(song), lyrics: null });
      const words = lyrics ? await load_lyrics(song) : null;
      if (this.song_ === song && words !== null) this.now.update((extras) => ({ ...extras, lyrics: words }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
