// Brings the plays to the server, however long that takes.
import { wait_ms } from "../core/backoff.ts";
import { Outbox } from "../core/outbox.ts";
import type { PlayReport } from "../core/player_machine.ts";
import { kSpeaksFor, send_play, send_play_in_passing } from "./api.ts";
import { recall, remember } from "./memory.ts";

// A listener's own, so that no other listener's page sends them as its own.
const kBox = kSpeaksFor === "" ? "unsent_plays" : `unsent_plays.${kSpeaksFor}`;
const kBackoff = { first_ms: 1000, longest_ms: 60_000 };

export class PlayPost {
  /** True while the page goes away: what is posted then leaves by a beacon, as no answer can be awaited. */
  leaving = false;
  private tries_ = 0;
  private timer_ = 0;
  private readonly on_stored_: () => void;
  private readonly box_ = new Outbox(
    { load: () => recall(kBox), save: (text) => remember(kBox, text) },
    send_play,
  );

  /** `on_stored` is called when nothing waits any more. */
  constructor(on_stored: () => void) {
    this.on_stored_ = on_stored;
  }

  post(play: PlayReport): void {
    if (this.leaving && send_play_in_passing(play)) return;
    this.box_.add(play);
    void this.flush();
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer_);
    const done = await this.box_.flush();
    this.tries_ = done ? 0 : this.tries_ + 1;
    if (this.box_.size === 0) return this.on_stored_();
    this.timer_ = window.setTimeout(() => void this.flush(), wait_ms(kBackoff, this.tries_, Math.random()));
  }
}
