import type { JournalEntry } from '../../../src/journal.ts';
import type { Fault, FaultKind } from './fault.ts';

/** A fault and its moment, and of some a second one that strikes the recovery. */
export interface Blow extends Pick<Fault, 'kind' | 'entry' | 'delayMs'> {
  recovery?: Pick<Fault, 'kind' | 'entry' | 'delayMs'>;
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Longer than any two entries of the journal are apart. */
const LONGEST_DELAY_MS = 1_500;

/**
 * So many faults on a journal of such entries. First SIGKILL to the tool: at every entry from the first write to the
 * target on, and at every other one before; the recovery is killed where it has most to do. Then the other faults and
 * random instants, the same for the same seed.
 */
export function blowsOf(
  entries: readonly JournalEntry[],
  { runs, seed, kinds }: { runs: number; seed: number; kinds: readonly FaultKind[] },
): Blow[] {
  const random = randomNumbers(seed);
  const firstWrite = entries.findIndex((entry) => entry.type === 'intent' && entry.action === 'apply-unit');
  const killed = entries.flatMap((_, index): Blow[] =>
    index >= firstWrite || index % 2 === seed % 2 ? [{ kind: 'tool', entry: index + 1, delayMs: 0 }] : [],
  );
  const killedTwice = [2, 4, 6].map(
    (recovered, index): Blow => ({
      kind: 'tool',
      entry: firstWrite + 2 + index,
      delayMs: 0,
      recovery: { kind: 'tool', entry: recovered, delayMs: 0 },
    }),
  );
  const first = [...killed, ...killedTwice];
  const rest = Array.from(
    { length: Math.max(0, runs - first.length) },
    (_, index): Blow => ({
      kind: kinds[index % kinds.length] ?? 'tool',
      entry: 1 + Math.floor(random() * entries.length),
      delayMs: Math.floor(random() * LONGEST_DELAY_MS),
    }),
  );
  return [...first, ...rest].slice(0, runs);
}
