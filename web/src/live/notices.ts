// Short messages that come and go by themselves.
import { Cell } from "../core/cell.ts";

export interface Notice {
  readonly id: number;
  readonly text: string;
}

const kShown_ms = 6000;
const kMost = 3;

export class Notices {
  readonly shown = new Cell<readonly Notice[]>([]);
  private next_id_ = 1;

  say(text: string): void {
    if (this.shown.value.some((notice) => notice.text === text)) return;
    const id = this.next_id_++;
    this.shown.update((notices) => [...notices, { id, text }].slice(-kMost));
    window.setTimeout(() => this.shown.update((notices) => notices.filter((notice) => notice.id !== id)), kShown_ms);
  }
}
