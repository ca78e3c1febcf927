// The listener this page speaks for: a name that the browser remembers, told to the server with each call.
import { Cell } from "../core/cell.ts";
import type { Myself } from "../core/listener.ts";
import { ApiError, load_myself, NobodyOfThatName, set_together, sign_in } from "./api.ts";
import { forget, remember } from "./memory.ts";
import type { Notices } from "./notices.ts";

export class ListenerOfPage {
  readonly told = new Cell<Myself | null>(null);
  private readonly notices_: Notices;

  constructor(notices: Notices) {
    this.notices_ = notices;
  }

  async refresh(): Promise<void> {
    try {
      this.told.set(await load_myself());
    } catch (error) {
      // Another library, or one that was begun anew: this page is nobody's until somebody says a name.
      if (error instanceof NobodyOfThatName) return this.be("");
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** The page begins anew, so that nothing of one listener stays on the screen of another. */
  async become(name: string): Promise<void> {
    try {
      this.be((await sign_in(name)).name);
    } catch (error) {
      this.complain("You could not be called that", error);
    }
  }

  be_nobody(): void {
    this.be("");
  }

  async agree(yes: boolean): Promise<void> {
    try {
      this.told.set(await set_together(yes));
    } catch (error) {
      this.told.update((old) => (old === null ? null : { ...old })); // the switch goes back to what holds
      this.complain("That could not be changed", error);
    }
  }

  private be(name: string): void {
    if (name === "") forget("speaks_for");
    else remember("speaks_for", name);
    location.reload();
  }

  private complain(what: string, error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    this.notices_.say(`${what}. ${error.message}`);
  }
}
