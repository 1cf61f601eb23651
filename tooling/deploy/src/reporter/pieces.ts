import type { Progress } from '../progress.ts';
import { type Speedometer, speedometer } from './speedometer.ts';

/** The pieces of work of one step, with how fast each goes. */
export interface Pieces {
  told(progress: Progress): void;
  /** Those under way at that moment (milliseconds). */
  at(now: number): { progress: Progress; perSecond: number | undefined }[];
}

export function pieces(): Pieces {
  const byLabel = new Map<string, { progress: Progress; speed: Speedometer }>();
  return {
    told(progress) {
      const { label, done, total } = progress;
      if (total !== null && done >= total) byLabel.delete(label);
      else byLabel.set(label, { progress, speed: byLabel.get(label)?.speed ?? speedometer() });
    },
    at: (now) =>
      [...byLabel.values()].map(({ progress, speed }) => {
        speed.sample(progress.done, now);
        return { progress, perSecond: speed.perSecond() };
      }),
  };
}
