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

/** How many of the runs kill the tool at an entry, and nothing else. */
const KILLED = 0.6;

/**
 * So many faults on a journal of such entries. First SIGKILL to the tool, spread over all entries (each of them, where the
 * runs suffice), and twice to the recovery as well, where it has most to do; then every kind of fault at random instants.
 * The same for the same seed.
 */
export function blowsOf(
  entries: readonly JournalEntry[],
  { runs, seed, kinds }: { runs: number; seed: number; kinds: readonly FaultKind[] },
): Blow[] {
  const random = randomNumbers(seed);
  const killed = spread(entries.length, Math.ceil(runs * KILLED), seed).map(
    (entry): Blow => ({ kind: 'tool', entry, delayMs: 0 }),
  );
  const firstWrite = entries.findIndex((entry) => entry.type === 'intent' && entry.action === 'apply-unit');
  const killedTwice = [2, 5].map(
    (recovered, index): Blow => ({
      kind: 'tool',
      entry: firstWrite + 2 + index,
      delayMs: 0,
      recovery: { kind: 'tool', entry: recovered, delayMs: 0 },
    }),
  );
  const first = [...killed, ...killedTwice];
  const rest = Array.from(
    { length: runs - first.length },
    (_, index): Blow => ({
      kind: kinds[index % kinds.length] ?? 'tool',
      entry: 1 + Math.floor(random() * entries.length),
      delayMs: Math.floor(random() * LONGEST_DELAY_MS),
    }),
  );
  return [...first, ...rest];
}

/** At most so many of the numbers from 1 to `last`, evenly apart; which ones depends on the seed. */
function spread(last: number, count: number, seed: number): number[] {
  const all = Array.from({ length: last }, (_, index) => index + 1);
  if (count >= last) return all;
  const step = last / count;
  return Array.from({ length: count }, (_, index) => 1 + ((Math.floor(index * step) + seed) % last));
}
