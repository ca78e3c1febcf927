// Plays that the server has not acknowledged yet: kept across reloads, sent in order, tried again until
// they are stored. Pure of browser things: where they are kept, how they are sent and when are given.
import { kOutcomes, type PlayReport } from "./player_machine.ts";

/** stored: acknowledged. refused: will never be taken, so trying again is pointless. away: try later. */
export type Delivery = "stored" | "refused" | "away";

export interface Shelf {
  load(): string | null;
  save(text: string): void;
}

/** More than this many unsent plays means a server that is gone for good; the oldest are let go. */
export const kMostKept = 500;

export function delivery_of(http_status: number): Delivery {
  if (http_status >= 200 && http_status < 300) return "stored";
  const may_pass = http_status === 408 || http_status === 429 || http_status >= 500 || http_status === 0;
  return may_pass ? "away" : "refused";
}

function is_report(value: unknown): value is PlayReport {
  const play = value as Partial<PlayReport> | null;
  return typeof play === "object" && play !== null && typeof play.song === "number"
    && typeof play.started_at === "number" && typeof play.heard_ms === "number" && kOutcomes.some((name) => name === play.outcome);
}

function kept_in(shelf: Shelf): PlayReport[] {
  try {
    const value: unknown = JSON.parse(shelf.load() ?? "[]");
    return Array.isArray(value) ? value.filter(is_report) : [];
  } catch {
    return [];
  }
}

export class Outbox {
  private waiting_: PlayReport[];
  private sending_ = false;

  private readonly shelf_: Shelf;
  private readonly send_: (play: PlayReport) => Promise<Delivery>;

  constructor(shelf: Shelf, send: (play: PlayReport) => Promise<Delivery>) {
    this.shelf_ = shelf;
    this.send_ = send;
    this.waiting_ = kept_in(shelf);
  }

  get size(): number {
    return this.waiting_.length;
  }

  add(play: PlayReport): void {
    this.waiting_ = [...this.waiting_, play].slice(-kMostKept);
    this.keep();
  }

  /** Sends what waits, oldest first, until all is gone or the server is away. True when nothing is left. */
  async flush(): Promise<boolean> {
    if (this.sending_) return false;
    this.sending_ = true;
    try {
      for (let play = this.waiting_[0]; play !== undefined; play = this.waiting_[0]) {
        if ((await this.send_(play)) === "away") return false;
        this.waiting_ = this.waiting_.filter((other) => other !== play);
        this.keep();
      }
      return true;
    } finally {
      this.sending_ = false;
    }
  }

  private keep(): void {
    this.shelf_.save(JSON.stringify(this.waiting_));
  }
}
