// What the server believes the listener likes, forgotten and brought back on request.
import type { Beliefs } from "../core/beliefs.ts";
import { Cell } from "../core/cell.ts";
import { ApiError, change_beliefs, load_beliefs } from "./api.ts";
import type { Notices } from "./notices.ts";

export class BeliefsOfMe {
  readonly told = new Cell<Beliefs | null>(null);
  readonly forgotten = new Cell(false); // on this page, so that it can be taken back here
  private readonly notices_: Notices;

  constructor(notices: Notices) {
    this.notices_ = notices;
  }

  /** A server that does not answer is told by the socket's sign; here the last state simply stays. */
  async refresh(): Promise<void> {
    try {
      this.told.set(await load_beliefs());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  async change(action: "forget" | "undo"): Promise<void> {
    try {
      this.told.set(await change_beliefs(action));
      this.forgotten.set(action === "forget");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.notices_.say(`That could not be ${action === "forget" ? "forgotten" : "taken back"}. ${error.message}`);
    }
  }
}
