// Everything that lives behind the page: the socket, the camera, the player, the library, and what each
// tells the others. The components read its cells and call its functions, and know of nothing below.
import { Cell } from "../core/cell.ts";
import type { Mood } from "../core/emotions.ts";
import { after_news, kNoMood, set_by_hand, type MoodView } from "../core/mood_view.ts";
import {
  kStrategies, type Baseline, type Listener, type News, type QueueNews, type Reading, type Strategy, type Wish,
} from "../core/protocol.ts";
import { Rate } from "../core/rate.ts";
import { after_mood, after_movement, kNoTimeline, type Timeline } from "../core/timeline.ts";
import { BeliefsOfMe } from "./beliefs.ts";
import { Camera, kInterval_ms } from "./camera.ts";
import { ExtrasOfSong } from "./extras.ts";
import { Library } from "./library.ts";
import { ListenerOfPage } from "./listener.ts";
import { recall, remember } from "./memory.ts";
import { Notices } from "./notices.ts";
import { PickedList } from "./picked_list.ts";
import { Player } from "./player.ts";
import { Playlists } from "./playlists.ts";
import { PlayPost } from "./play_post.ts";
import { LiveSocket } from "./socket.ts";
import { Throttle } from "./throttle.ts";

const kMoodEvery_ms = 100;

const kNoBaseline: Baseline = { type: "baseline", state: "none", message: "", progress: 0 };
const kNobody: Listener = { type: "listener", name: null, agreed: false };

function remembered_strategy(): Strategy {
  return kStrategies.find((name) => name === recall("strategy")) ?? "match";
}

/** What the songs should be to the listener, and what share of them is known then. */
const kFamiliar = { any: null, known: 1, mixed: 0.5, new: 0 } as const;
export type Familiar = keyof typeof kFamiliar;

function remembered_familiar(): Familiar {
  const kept = recall("familiar") ?? "";
  return Object.hasOwn(kFamiliar, kept) ? (kept as Familiar) : "any";
}

function remembered_volume(): number {
  const volume = Number(recall("volume") ?? "1");
  return volume >= 0 && volume <= 1 ? volume : 1;
}

export class House {
  readonly mood = new Cell<MoodView>(kNoMood);
  readonly strategy = new Cell<Strategy>(remembered_strategy());
  readonly familiar = new Cell<Familiar>(remembered_familiar());
  readonly queue = new Cell<QueueNews | null>(null);
  readonly reading = new Cell<Reading | null>(null);
  readonly baseline = new Cell<Baseline>(kNoBaseline);
  readonly listener = new Cell<Listener>(kNobody);
  readonly watching = new Cell(false); // for brief movements
  readonly rate = new Cell(0); // pictures looked at a second
  readonly timeline = new Cell<Timeline>(kNoTimeline); // on the clock of performance.now()
  readonly target_at_start = new Cell<Mood | null>(null); // the queue's target when the song began
  readonly notices = new Notices();
  readonly library = new Library(this.notices);
  readonly picked = new PickedList(this.notices);
  readonly lists = new Playlists(this.notices);
  readonly extras = new ExtrasOfSong();
  readonly beliefs = new BeliefsOfMe(this.notices);
  readonly myself = new ListenerOfPage(this.notices);
  readonly plays = new PlayPost(() => void this.beliefs.refresh());
  readonly socket: LiveSocket;
  readonly camera: Camera;
  readonly player: Player;
  private mood_at_start_: Mood | null = null; // in which the song that plays began
  private readonly rate_ = new Rate();
  private readonly mood_wish_ = new Throttle(kMoodEvery_ms);

  constructor(audio: HTMLAudioElement) {
    this.socket = new LiveSocket((news) => this.hear(news), () => this.greeting());
    this.camera = new Camera({
      ready: () => this.socket.can_take_picture,
      deliver: (at, picture) => this.socket.send_picture(at, picture),
    });
    this.player = new Player(audio, remembered_volume(), {
      on_song: (song) => {
        this.mood_at_start_ = this.mood.value.mood;
        this.target_at_start.set(this.queue.value?.target ?? null);
        this.socket.send({ type: "playing", song: song?.id ?? null });
        void this.extras.follow(song?.id ?? null);
        if (song !== null) void this.picked.plays(song.id);
      },
      on_play: (play) => this.plays.post(this.mood_at_start_ === null ? play : { ...play, mood: this.mood_at_start_ }),
    });
    this.picked.now.watch(() => this.fill_queue());
    this.player.volume.watch((volume) => remember("volume", String(volume)));
    this.camera.state.watch(({ phase }) => this.camera_is(phase === "on"));
    for (const cell of [this.baseline, this.watching]) cell.watch(() => this.set_pace());
    this.mood.watch(({ mood }) => this.timeline.update((line) => after_mood(line, mood, performance.now())));
    this.socket.connection.watch(({ state }) => {
      if (state === "open") this.back_again();
    });
    window.addEventListener("pagehide", () => this.leave());
  }

  open(): void {
    this.socket.open();
    this.library.follow();
    void this.plays.flush();
  }

  set_mood(mood: Mood): void {
    this.mood.set(set_by_hand(mood));
    this.mood_wish_.call(() => this.socket.send({ type: "mood", ...mood }));
  }

  /** Gives the mood back to the camera; without one it is not known again. */
  release_mood(): void {
    this.mood_wish_.cancel();
    this.mood.set(kNoMood);
    this.socket.send({ type: "release" });
  }

  set_strategy(name: Strategy): void {
    this.strategy.set(name);
    remember("strategy", name);
    this.socket.send({ type: "strategy", name });
  }

  set_familiar(name: Familiar): void {
    this.familiar.set(name);
    remember("familiar", name);
    this.socket.send({ type: "familiar", share: kFamiliar[name] });
  }

  /** Plays these songs one after the other; then, or after `follow_mood`, those that fit the mood again. */
  async play_these(ids: readonly number[]): Promise<void> {
    const song = await this.picked.begin(ids);
    if (song !== null) this.player.tell({ type: "choose", song });
  }

  /** These songs come after the one that plays, before what was to come; then it goes on as it would have. */
  async play_next(ids: readonly number[]): Promise<void> {
    await this.picked.put_first(ids);
  }

  /** What plays and what comes, as the listener sees it. */
  heard_now(): number[] {
    const playing = this.player.state.value.song;
    const list = this.picked.now.value;
    const to_come = list === null ? (this.queue.value?.songs ?? []).map(({ id }) => id)
      : [...list.songs.map(({ id }) => id), ...list.waiting];
    return playing === null ? to_come : [playing.id, ...to_come.filter((id) => id !== playing.id)];
  }

  follow_mood(): void {
    this.picked.end();
  }

  ask_baseline(action: "start" | "cancel" | "forget"): void {
    this.socket.send({ type: "baseline", action });
  }

  watch_movements(on: boolean): void {
    this.watching.set(on);
    this.socket.send({ type: "movements", on });
  }

  answer_listener(name: string, yes: boolean): void {
    this.socket.send({ type: "listener", name, yes });
  }

  private hear(news: News): void {
    switch (news.type) {
      case "reading":
        if (this.camera.state.value.phase !== "on") return;
        this.rate.set(this.rate_.after(news.at));
        return this.reading.set(news);
      case "movement": return this.timeline.update((line) => after_movement(line, news));
      case "baseline": return this.baseline.set(news);
      case "listener": return this.listener.set(news);
      case "mood": return this.mood.update((view) => after_news(view, news));
      case "queue":
        this.queue.set(news);
        return this.fill_queue();
      case "error": return this.notices.say(`The server says: ${news.message}`);
    }
  }

  /** The player goes on with the picked songs, if there are any, else with those that fit the mood. */
  private fill_queue(): void {
    this.player.tell({ type: "queue", songs: this.picked.now.value?.songs ?? this.queue.value?.songs ?? [] });
  }

  /** How things stand here, for a server that knows nothing of this page yet. */
  private greeting(): Wish[] {
    const { source, mood } = this.mood.value;
    return [
      { type: "strategy", name: this.strategy.value },
      { type: "familiar", share: kFamiliar[this.familiar.value] },
      { type: "playing", song: this.player.state.value.song?.id ?? null },
      { type: "camera", on: this.camera.state.value.phase === "on" },
      { type: "movements", on: this.watching.value },
      ...(source === "hand" && mood !== null ? [{ type: "mood", ...mood } as const] : []),
    ];
  }

  private camera_is(on: boolean): void {
    this.reading.set(null);
    if (!on) this.watch_movements(false);
    this.socket.send({ type: "camera", on });
  }

  private set_pace(): void {
    this.camera.interval_ms = this.watching.value ? kInterval_ms.movements
      : this.baseline.value.state === "capturing" ? kInterval_ms.rest : kInterval_ms.mood;
  }

  private back_again(): void {
    this.baseline.set(kNoBaseline); // a new session knows no face yet
    this.listener.set(kNobody);
    void this.plays.flush();
    void this.myself.refresh();
    void this.library.refresh();
  }

  private leave(): void {
    this.plays.leaving = true;
    this.player.tell({ type: "leave" });
    this.plays.leaving = false;
    this.camera.stop();
  }
}
