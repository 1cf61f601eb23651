/** How fast something goes, smoothed. */
export interface Speedometer {
  /** Tells how far it is at a moment (milliseconds), again and again, also while it stands still. */
  sample(done: number, at: number): void;
  /** Units a second; undefined until it has been watched long enough to say. */
  perSecond(): number | undefined;
}

/** A rate is of about the last few seconds, so that it follows a change but not every hiccup. */
const MEMORY_MS = 5_000;
/** What is said of less would jump about. */
const WATCHED_MS = 2_000;

export function speedometer(): Speedometer {
  let first: { done: number; at: number } | undefined;
  let last = { done: 0, at: 0 };
  let smoothed = 0;
  return {
    sample(done, at) {
      if (first === undefined || done < last.done) {
        first = last = { done, at };
        return;
      }
      const elapsed = at - last.at;
      if (elapsed <= 0) return;
      const present = (done - last.done) / elapsed;
      // Until the memory is full, the mean since the beginning is all there is to go by.
      const weight =
        at - first.at < MEMORY_MS ? elapsed / (at - first.at) : 1 - Math.exp(-elapsed / MEMORY_MS);
      smoothed += (present - smoothed) * weight;
      last = { done, at };
    },
    perSecond: () => (first !== undefined && last.at - first.at >= WATCHED_MS ? smoothed * 1_000 : undefined),
  };
}
