// Carries the player machine's effects out on the page's <audio> element, and tells it what happens there.
import { Cell } from "../core/cell.ts";
import { levelled_volume } from "../core/format.ts";
import { kIdle, step, type Effect, type PlayerEvent, type PlayerState, type PlayReport } from "../core/player_machine.ts";
import type { Song } from "../core/protocol.ts";
import { stream_address } from "./api.ts";
import { bind_media_keys, show_in_media_session } from "./media_session.ts";

export interface PlayerListener {
  on_song(song: Song | null): void;
  on_play(play: PlayReport): void;
}

export interface Progress {
  readonly at: number; // seconds
  readonly length: number; // seconds; 0 while not known
}

export class Player {
  readonly state = new Cell<PlayerState>(kIdle);
  readonly progress = new Cell<Progress>({ at: 0, length: 0 });
  readonly volume: Cell<number>;
  private readonly audio_: HTMLAudioElement;
  private readonly listener_: PlayerListener;

  constructor(audio: HTMLAudioElement, volume: number, listener: PlayerListener) {
    this.audio_ = audio;
    this.volume = new Cell(volume);
    this.listener_ = listener;
    this.volume.watch(() => this.level());
    this.listen();
    bind_media_keys(this);
  }

  tell(event: PlayerEvent): void {
    const { state, effects } = step(this.state.value, event, Date.now());
    this.state.set(state);
    for (const effect of effects) this.carry_out(effect);
  }

  /** Play or pause, whichever changes something. */
  toggle(): void {
    const { phase } = this.state.value;
    this.tell({ type: phase === "playing" || phase === "loading" || phase === "waiting" ? "pause" : "play" });
  }

  /** Where the song is now. */
  time_ms(): number {
    return this.audio_.currentTime * 1000;
  }

  seek(seconds: number): void {
    if (this.state.value.song !== null && Number.isFinite(seconds)) this.audio_.currentTime = seconds;
  }

  private carry_out(effect: Effect): void {
    switch (effect.do) {
      case "load":
        this.audio_.src = stream_address(effect.song.id);
        this.progress.set({ at: 0, length: effect.song.duration_ms / 1000 });
        this.level();
        return this.sound();
      case "resume": return this.sound();
      case "pause": return this.audio_.pause();
      case "unload":
        this.audio_.removeAttribute("src");
        this.audio_.load();
        return this.progress.set({ at: 0, length: 0 });
      case "announce":
        show_in_media_session(effect.song);
        return this.listener_.on_song(effect.song);
      case "report": return this.listener_.on_play(effect.play);
    }
  }

  private sound(): void {
    this.audio_.play().catch((error: unknown) => {
      // A newer load aborts the older play(): that is no fault. A browser that wants a press first is told
      // as a pause, so that the play button is there to be pressed. Broken songs come as "error" events.
      if (error instanceof DOMException && error.name === "NotAllowedError") this.tell({ type: "pause" });
    });
  }

  private listen(): void {
    const audio = this.audio_;
    const when = (name: string, act: () => void) => audio.addEventListener(name, act);
    when("playing", () => { if (!audio.paused) this.tell({ type: "sounding" }); });
    when("waiting", () => this.tell({ type: "silent" }));
    when("pause", () => { if (!audio.ended && audio.hasAttribute("src")) this.tell({ type: "pause" }); });
    when("ended", () => this.tell({ type: "ended" }));
    when("error", () => { if (audio.hasAttribute("src")) this.tell({ type: "broken" }); });
    for (const name of ["timeupdate", "durationchange", "seeked"]) when(name, () => this.look_at_clock());
  }

  private look_at_clock(): void {
    const { song } = this.state.value;
    if (song === null) return;
    const length = Number.isFinite(this.audio_.duration) ? this.audio_.duration : song.duration_ms / 1000;
    this.progress.set({ at: this.audio_.currentTime, length });
  }

  private level(): void {
    const lufs = this.state.value.song?.loudness_lufs ?? null;
    this.audio_.volume = levelled_volume(this.volume.value, lufs);
  }
}
