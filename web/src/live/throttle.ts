// Lets one call through at a time and keeps only the newest of those that come too early.

export class Throttle {
  private timer_ = 0;
  private last_ = -Infinity;
  private readonly every_ms_: number;

  constructor(every_ms: number) {
    this.every_ms_ = every_ms;
  }

  call(act: () => void): void {
    this.cancel();
    const wait = Math.max(0, this.last_ + this.every_ms_ - performance.now());
    const run = () => {
      this.last_ = performance.now();
      act();
    };
    if (wait === 0) run();
    else this.timer_ = window.setTimeout(run, wait);
  }

  cancel(): void {
    clearTimeout(this.timer_);
  }
}
