import type { LockPhase } from '@apms/validators';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExecutionUnit, Limits } from '../sql/arrange.ts';
import { limitUnits } from './limit-units.ts';

const UNIT: ExecutionUnit = { kind: 'transaction', parts: [], inverses: [] };

function limitsOf(
  blockedMs: number | undefined,
  settings: { maxLockMs: number; lockTimeoutMs: number; attempts: number },
): Limits | undefined {
  const table = { table: 'public.t', readsBlockedMs: 0, migration: 'm', line: 1 };
  const phase: LockPhase = {
    kind: 'transaction',
    statements: [],
    concludingMs: 0,
    forecast: blockedMs === undefined ? [] : [{ ...table, writesBlockedMs: blockedMs }],
    reversible: true,
  };
  const [unit] = limitUnits([UNIT], [phase], settings);
  return unit?.kind === 'transaction' ? unit.limits : undefined;
}

describe('limitUnits', () => {
  it.each([
    [1_000, { lockTimeoutMs: 1_000, attempts: 15, allowedMs: 2_800 }],
    [2_900, { lockTimeoutMs: 50, attempts: 50, allowedMs: 2_950 }],
    [3_000, { lockTimeoutMs: 20, attempts: 50, allowedMs: 3_000 }],
    [undefined, { lockTimeoutMs: 30_000, attempts: 5, allowedMs: undefined }],
  ])('gives a transaction that blocks tables for %s ms its limits', (blockedMs, expected) => {
    const settings = { maxLockMs: 3_000, lockTimeoutMs: 3_000, attempts: 5 };
    expect(limitsOf(blockedMs, settings)).toEqual(expected);
  });

  it('never lets the wait and the work together exceed the budget, but by the shortest wait', () => {
    const setting = fc.integer({ min: 1, max: 60_000 });
    fc.assert(
      fc.property(
        setting,
        setting,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (maxLockMs, lockTimeoutMs, share) => {
          const blockedMs = maxLockMs * share;
          const limits = limitsOf(blockedMs, { maxLockMs, lockTimeoutMs, attempts: 5 });
          expect((limits?.lockTimeoutMs ?? 0) + blockedMs).toBeLessThanOrEqual(maxLockMs + 20);
          expect(limits?.lockTimeoutMs).toBeLessThanOrEqual(lockTimeoutMs);
          expect(limits?.attempts).toBeGreaterThanOrEqual(5);
          expect(limits?.attempts).toBeLessThanOrEqual(50);
          expect(limits?.allowedMs).toBeGreaterThanOrEqual(blockedMs);
          expect(limits?.allowedMs).toBeLessThanOrEqual(maxLockMs);
        },
      ),
    );
  });
});
