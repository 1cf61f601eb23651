import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Diagnosis, diagnoseHistory, type HistoryRow } from './history.ts';
import type { Migration } from './read.ts';

function migration(name: string, checksum = `sum of ${name}`): Migration {
  return { name, file: `${name}/migration.sql`, sql: '', checksum };
}

function row(name: string, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    id: name,
    name,
    checksum: `sum of ${name}`,
    finishedAt: '2026-01-01',
    rolledBackAt: null,
    logs: null,
    ...more,
  };
}

const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

const begun = { finishedAt: null };
const rolledBack = { finishedAt: null, rolledBackAt: '2026-01-02' };

function summary({ applied, pending, findings }: Diagnosis) {
  return {
    applied: applied.map(({ name }) => name).join(' '),
    pending: pending.map(({ name }) => name).join(' '),
    findings: findings.map(({ rule, file }) => `${rule} ${file?.split('/')[0]}`),
  };
}

describe('diagnoseHistory', () => {
  const files = [migration('a'), migration('b'), migration('c')];

  it.each<[string, HistoryRow[] | undefined, number, ReturnType<typeof summary>]>([
    ['an empty database', undefined, 0, { applied: '', pending: 'a b c', findings: [] }],
    ['an empty history', [], 0, { applied: '', pending: 'a b c', findings: [] }],
    ['a history in order', [row('a'), row('b')], 9, { applied: 'a b', pending: 'c', findings: [] }],
    ['everything', [row('a'), row('b'), row('c')], 9, { applied: 'a b c', pending: '', findings: [] }],
    [
      'an edited migration',
      [row('a'), row('b', { checksum: 'other' })],
      9,
      { applied: 'a b', pending: 'c', findings: ['history-edited b'] },
    ],
    [
      'a deleted migration',
      [row('a'), row('aa')],
      9,
      { applied: 'a', pending: 'b c', findings: ['history-missing aa'] },
    ],
    [
      'a migration between',
      [row('a'), row('c')],
      9,
      { applied: 'a c', pending: 'b', findings: ['history-out-of-order b'] },
    ],
    [
      'a failed migration',
      [row('a'), row('b', begun)],
      9,
      { applied: 'a', pending: 'b c', findings: ['history-failed b'] },
    ],
    [
      'a failed migration with applied ones after it',
      [row('b', begun), row('a'), row('c')],
      9,
      { applied: 'a c', pending: 'b', findings: ['history-failed b'] },
    ],
    [
      'one that failed and then went through',
      [row('a', begun), row('a')],
      9,
      { applied: 'a', pending: 'b c', findings: [] },
    ],
    [
      'one that was rolled back',
      [row('a'), row('b', rolledBack)],
      9,
      { applied: 'a', pending: 'b c', findings: [] },
    ],
    [
      'one that was rolled back and its file deleted',
      [row('a'), row('x', rolledBack)],
      9,
      { applied: 'a', pending: 'b c', findings: [] },
    ],
    [
      'tables without a history',
      undefined,
      9,
      { applied: '', pending: 'a b c', findings: ['history-no-baseline a'] },
    ],
    [
      'several things at once',
      [row('a', { checksum: 'other' }), row('c'), row('d')],
      9,
      {
        applied: 'a c',
        pending: 'b',
        findings: ['history-edited a', 'history-missing d', 'history-out-of-order b'],
      },
    ],
  ])('understands %s', (_, history, tables, expected) => {
    expect(summary(diagnoseHistory(files, history, tables))).toEqual(expected);
  });

  it.each([
    [null, undefined],
    ['', undefined],
    ['external connector error\nNo such table: nowhere\n   0: a::b\n      with c', 'No such table: nowhere.'],
    [
      'A migration failed to apply. New ones cannot.\n\nMigration name: b\n\nDatabase error code: 42P01\n\nDatabase error:\nERROR: relation "t" does not exist\n\nPosition: 1',
      'ERROR: relation "t" does not exist.',
    ],
    ['   0: only a backtrace', undefined],
  ])('tells why a migration failed from the log %j, apart from what it is', (logs, detail) => {
    const { findings } = diagnoseHistory(files, [row('a', { ...begun, logs })], 0);
    expect(findings[0]?.why).toContain('never finished. It may');
    expect(findings[0]?.detail).toBe(detail);
  });

  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const folder = fc.uniqueArray(name).map((chosen) => chosen.toSorted().map((each) => migration(each)));
  const state = fc.constantFrom<Partial<HistoryRow>>({}, { checksum: 'other' }, begun, rolledBack);
  const history = fc.array(fc.tuple(name, state).map(([each, more]) => row(each, more)));

  it('finds a place for every file, and nothing wrong only where the history is a beginning of the folder', () => {
    fc.assert(
      fc.property(folder, history, fc.nat(2), (migrations, rows, tables) => {
        const { applied, pending, findings } = diagnoseHistory(migrations, rows, tables);
        expect(names([...applied, ...pending]).toSorted()).toEqual(names(migrations));
        expect(findings.every(({ severity, accepted }) => severity === 'error' && accepted === null)).toBe(
          true,
        );

        const standing = rows.filter(({ rolledBackAt }) => rolledBackAt === null);
        const finished = new Map(
          standing.filter(({ finishedAt }) => finishedAt !== null).map((each) => [each.name, each]),
        );
        const isBeginning =
          standing.every((each) => finished.has(each.name)) &&
          names(migrations.slice(0, finished.size)).every((each) => finished.has(each)) &&
          finished.size <= migrations.length &&
          migrations.every((each) => (finished.get(each.name) ?? each).checksum === each.checksum) &&
          (finished.size > 0 || tables === 0);
        expect(findings.length === 0).toBe(isBeginning);
      }),
    );
  });

  it('does not depend on the order of the history', () => {
    fc.assert(
      fc.property(
        folder,
        fc.uniqueArray(name),
        fc.array(state, { minLength: 7, maxLength: 7 }),
        (migrations, applied, states) => {
          const rows = applied.map((each, index) => row(each, states[index]));
          expect(
            diagnoseHistory(migrations, rows, 0)
              .findings.map(({ why }) => why)
              .toSorted(),
          ).toEqual(
            diagnoseHistory(migrations, rows.toReversed(), 0)
              .findings.map(({ why }) => why)
              .toSorted(),
          );
        },
      ),
    );
  });
});
