// How many pictures a second are looked at, which is fewer than are taken when the host is busy.

const kOver_ms = 2000;

/** Movements of a tenth of a second need so many (src/motion/spotter.h). */
export const kEnoughForMovements = 15;

export class Rate {
  private times_: number[] = [];

  /** Takes the time of one more picture, in ms; gives how many a second there were in the last two. */
  after(at: number): number {
    this.times_ = [...this.times_.filter((time) => time < at && time > at - kOver_ms), at];
    const first = this.times_[0] ?? at;
    return at === first ? 0 : ((this.times_.length - 1) * 1000) / (at - first);
  }
}
