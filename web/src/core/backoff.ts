// How long to wait before the next try: doubling, bounded, with jitter so that many pages do not knock at once.

export interface Backoff {
  readonly first_ms: number;
  readonly longest_ms: number;
}

/** `tries` already failed (0 for the first wait); `random` in [0, 1) spreads the wait over its upper half. */
export function wait_ms(backoff: Backoff, tries: number, random: number): number {
  const full = Math.min(backoff.longest_ms, backoff.first_ms * 2 ** Math.min(tries, 30));
  return Math.round(full * (0.5 + random / 2));
}
