import type { Check } from '../check.ts';
import { runWaiting } from './waiting-check.ts';

/** A check as psql runs it: looking at every row, and within its time limit where it has one. */
export function checkPart({ timeoutMs, sql, ...check }: Check): string {
  const run = runWaiting({ ...check, sql: sql('all') });
  if (timeoutMs === undefined) return run;
  return `set local statement_timeout = ${timeoutMs};\n${run}set local statement_timeout = 0;\n`;
}
