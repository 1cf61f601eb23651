import { z } from 'zod';

/** How far one piece of a step's work has come. Several may be under way at once; the label tells them apart. */
export const Progress = z.object({
  /** What is being done: "dumping", "comparing". */
  label: z.string(),
  /** At what it is just now: a table, a statement, whoever it waits for. Null when there is nothing to say. */
  detail: z.string().nullable(),
  unit: z.enum(['bytes', 'rows', 'tables', 'statements', 'items', 'checks']),
  done: z.number(),
  /** Null when nobody knows. The piece is over once `done` has reached it. */
  total: z.number().nullable(),
});
export type Progress = z.infer<typeof Progress>;

/** Told of the work's progress as often as there is some; {@link throttled} is for who calls. */
export type OnProgress = (progress: Progress) => void;

const EVERY_MS = 100;

/** Passes on what is worth looking at: each label at most ten times a second, and always its end. */
export function throttled(tell: OnProgress, everyMs = EVERY_MS): OnProgress {
  const toldAt = new Map<string, number>();
  return (progress) => {
    const { label, done, total } = progress;
    const now = performance.now();
    const isOver = total !== null && done >= total;
    if (!isOver && now - (toldAt.get(label) ?? Number.NEGATIVE_INFINITY) < everyMs) return;
    toldAt.set(label, now);
    tell(progress);
  };
}
