import type { Line } from '../line.ts';

const LIMIT_BYTES = 250_000_000;
/** What the garbage collector happens to leave lying differs by as much; memory that grew with the data would grow tenfold. */
const SAME = 1.2;

/** The tool's memory on each database, which must neither grow with it nor be much. */
export function peakMemoryLines(sizes: readonly { label: string; peakBytes: number }[]): Line[] {
  const [smallest] = sizes;
  if (smallest === undefined) return [];
  return sizes.flatMap(({ label, peakBytes }) => {
    const line = { unit: 'bytes' as const, ours: peakBytes };
    const limit: Line = {
      ...line,
      measure: `peak memory, ${label}`,
      against: 'the limit',
      reference: LIMIT_BYTES,
      goal: { limit: LIMIT_BYTES },
    };
    if (label === smallest.label) return [limit];
    const growth: Line = {
      ...line,
      measure: `peak memory, ${label}`,
      against: `with ${smallest.label}`,
      reference: smallest.peakBytes,
      goal: { ratio: SAME },
    };
    return [limit, growth];
  });
}
