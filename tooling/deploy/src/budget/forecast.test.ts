import type { HeldLock, MeasuredStatement } from '@apms/validators';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast } from './forecast.ts';

const MODES = {
  'schema changes': 'ShareUpdateExclusive',
  writes: 'Share',
  'reads and writes': 'AccessExclusive',
};

const lock = fc
  .record({
    table: fc.constantFrom('public.a', 'public.b', 'public.c'),
    blocks: fc.constantFrom<HeldLock['blocks']>('schema changes', 'writes', 'reads and writes'),
  })
  .map((held): HeldLock => ({ ...held, mode: MODES[held.blocks] }));

const statements = fc
  .array(fc.record({ durationMs: fc.nat(5_000), locks: fc.array(lock, { maxLength: 3 }) }), { maxLength: 8 })
  .map((all) => all.map((one, index) => statement(index + 1, one)));

function statement(line: number, { durationMs, locks }: Pick<MeasuredStatement, 'durationMs' | 'locks'>) {
  return { migration: 'm', line, column: 1, statement: `statement ${line}`, durationMs, locks };
}

describe('forecast', () => {
  it('counts from the statement that took the lock to the commit', () => {
    const writes: HeldLock = { table: 'public.t', mode: 'ShareRowExclusive', blocks: 'writes' };
    const all: HeldLock = { table: 'public.t', mode: 'AccessExclusive', blocks: 'reads and writes' };
    const ran = [
      statement(1, { durationMs: 1_000, locks: [] }),
      statement(2, { durationMs: 20, locks: [writes] }),
      statement(3, { durationMs: 300, locks: [] }),
      statement(4, { durationMs: 5, locks: [all] }),
    ];
    expect(forecast(ran, 80)).toEqual([
      { table: 'public.t', writesBlockedMs: 405, readsBlockedMs: 85, migration: 'm', line: 2 },
    ]);
  });

  it('tells each table that somebody may wait for, once, for no longer than the transaction lasts', () => {
    fc.assert(
      fc.property(statements, fc.nat(500), (ran, concludingMs) => {
        const tables = forecast(ran, concludingMs);
        const blocking = ran.flatMap(({ locks }) =>
          locks.filter(({ blocks }) => blocks !== 'schema changes'),
        );
        expect(tables.map(({ table }) => table).toSorted()).toEqual(
          [...new Set(blocking.map(({ table }) => table))].toSorted(),
        );
        const wholeMs = ran.reduce((sum, { durationMs }) => sum + durationMs, concludingMs);
        for (const { table, writesBlockedMs, readsBlockedMs } of tables) {
          expect(writesBlockedMs).toBeLessThanOrEqual(wholeMs);
          expect(writesBlockedMs).toBeGreaterThanOrEqual(concludingMs);
          expect(readsBlockedMs).toBeLessThanOrEqual(writesBlockedMs);
          const isClosed = blocking.some(
            (held) => held.table === table && held.blocks === 'reads and writes',
          );
          expect(isClosed || readsBlockedMs === 0).toBe(true);
        }
      }),
    );
  });

  it('never gets shorter by a slower statement or another lock', () => {
    fc.assert(
      fc.property(statements, fc.nat(9), fc.nat(500), lock, (ran, at, moreMs, another) => {
        const slower = ran.map((one, index) =>
          index === at
            ? { ...one, durationMs: one.durationMs + moreMs, locks: [...one.locks, another] }
            : one,
        );
        const after = new Map(forecast(slower, 0).map((table) => [table.table, table]));
        for (const { table, writesBlockedMs, readsBlockedMs } of forecast(ran, 0)) {
          expect(after.get(table)?.writesBlockedMs).toBeGreaterThanOrEqual(writesBlockedMs);
          expect(after.get(table)?.readsBlockedMs).toBeGreaterThanOrEqual(readsBlockedMs);
        }
      }),
    );
  });
});
