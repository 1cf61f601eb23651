import type { LockExcess, LockPhase } from '@apms/validators';
import type { ExecutionUnit } from '../sql/arrange.ts';
import type { Phasings } from '../sql/phases.ts';
import { describeObstacle, describeStill } from './describe.ts';
import { excesses } from './excesses.ts';
import { predict } from './predict.ts';

/** How to apply the migrations, by what is known so far. */
export type Way =
  | { kind: 'together' }
  /** Worth a rehearsal. */
  | { kind: 'phased'; units: ExecutionUnit[] }
  | { kind: 'hold'; excesses: LockExcess[]; notPhased: string };

/**
 * Chooses the way to apply the migrations by the locks that they held in one transaction; pure. Within the budget they
 * stay together. Above it the first of the ways in phases is taken that can be expected to keep to it.
 */
export function chooseWay(
  together: readonly LockPhase[],
  { ways, obstacle }: Phasings,
  maxLockMs: number,
): Way {
  const over = excesses(together, maxLockMs);
  if (over.length === 0) return { kind: 'together' };
  if (obstacle !== undefined) return { kind: 'hold', excesses: over, notPhased: describeObstacle(obstacle) };
  const tried = ways.map((units) => ({ units, over: excesses(predict(units, together), maxLockMs) }));
  const fitting = tried.find((way) => way.over.length === 0);
  if (fitting !== undefined) return { kind: 'phased', units: fitting.units };
  const [still] = tried.flatMap((way) => way.over.slice(0, 1));
  return { kind: 'hold', excesses: over, notPhased: still ? describeStill(still, maxLockMs) : '' };
}
