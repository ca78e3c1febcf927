// Keeps the journey that is being planned and asks the server for its songs as the curve is bent.
import { Cell } from "../core/cell.ts";
import type { Mood } from "../core/emotions.ts";
import type { Bend, Goal, Journey, JourneyWish } from "../core/journey.ts";
import { ApiError, load_journey } from "./api.ts";
import { Throttle } from "./throttle.ts";

const kEvery_ms = 80;

export class JourneyPlanner {
  readonly from = new Cell<Mood>({ valence: 0, arousal: 0 });
  readonly goal = new Cell<Goal>("calm");
  readonly bends = new Cell<readonly Bend[]>([]);
  readonly songs = new Cell(8);
  readonly plan = new Cell<Journey | null>(null);
  readonly fault = new Cell("");
  private readonly wish_ = new Throttle(kEvery_ms);
  private asked_ = 0;

  ask(): void {
    this.wish_.call(() => void this.load());
  }

  private async load(): Promise<void> {
    const number = ++this.asked_;
    const via = this.bends.value.map(({ valence, arousal }) => ({ valence, arousal }));
    const wish: JourneyWish = { from: this.from.value, to: this.goal.value, via, songs: this.songs.value };
    try {
      const plan = await load_journey(wish);
      if (number !== this.asked_) return; // the curve has been bent again since
      this.plan.set(plan);
      this.fault.set("");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (number === this.asked_) this.fault.set(error.message);
    }
  }
}
