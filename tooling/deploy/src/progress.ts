import { z } from 'zod';

/** How far one piece of a step's work has come. Several may be under way at once; the label tells them apart. */
export const Progress = z.object({
  /** What is being done: "dumping", "comparing". */
  label: z.string(),
  /** At what it is just now: a table, a statement, whoever it waits for. Null when there is nothing to say. */
  detail: z.string().nullable(),
  unit: z.enum(['bytes', 'rows', 'statements', 'items', 'keys']),
  done: z.number(),
  /** Null when nobody knows. The piece is over once `done` has reached it. */
  total: z.number().nullable(),
});
export type Progress = z.infer<typeof Progress>;

/** Told of a piece's progress, as often as there is some. */
export type OnProgress = (progress: Progress) => void;

/** Passes on what is worth looking at. */
export interface Throttle<T extends Progress> {
  tell(progress: T): void;
  /** Forgets what is yet to be passed on. */
  clear(): void;
}

const EVERY_MS = 100;

/** Of each label, what is told is passed on ten times a second at most: the latest, late, and the end at once. */
export function throttle<T extends Progress>(pass: (progress: T) => void, everyMs = EVERY_MS): Throttle<T> {
  const waiting = new Map<string, { latest: T | undefined; timer: NodeJS.Timeout }>();
  const forget = (label: string) => {
    clearTimeout(waiting.get(label)?.timer);
    waiting.delete(label);
  };
  const send = (progress: T) => {
    const { label, done, total } = progress;
    forget(label);
    pass(progress);
    if (total !== null && done >= total) return;
    const later = () => {
      const latest = waiting.get(label)?.latest;
      waiting.delete(label);
      if (latest !== undefined) send(latest);
    };
    waiting.set(label, { latest: undefined, timer: setTimeout(later, everyMs).unref() });
  };
  return {
    tell(progress) {
      const { label, done, total } = progress;
      const pause = waiting.get(label);
      if (pause === undefined || (total !== null && done >= total)) send(progress);
      else pause.latest = progress;
    },
    clear() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
