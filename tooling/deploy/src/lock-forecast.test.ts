import type { HeldLock } from '@apms/validators';
import { describe, expect, test } from 'vitest';
import { lockForecast } from './lock-forecast.ts';

const held = (table: string, blocks: HeldLock['blocks']): HeldLock => ({ table, mode: 'Share', blocks });
const runs = (...locks: HeldLock[]) => new Map([['2026_m', { startedAt: null, durationMs: 1, locks }]]);

describe('lockForecast', () => {
  test('names each table once that would be blocked for longer than allowed', () => {
    const locks = runs(
      held('public.b', 'writes'),
      held('public.a', 'reads and writes'),
      held('public.b', 'reads and writes'),
    );
    expect(lockForecast({ lockedMs: 4_300, runs: locks }, 3_000)).toEqual([
      'The rehearsal held blocking locks for 4.3 s, longer than maxLockMs (3.0 s), on public.a, public.b.',
    ]);
  });

  test('says nothing within the budget', () => {
    expect(lockForecast({ lockedMs: 3_000, runs: runs(held('public.a', 'writes')) }, 3_000)).toEqual([]);
  });

  test('says nothing of locks that only keep other schema changes waiting', () => {
    expect(lockForecast({ lockedMs: 9_000, runs: runs(held('public.a', 'schema changes')) }, 3_000)).toEqual(
      [],
    );
  });
});
