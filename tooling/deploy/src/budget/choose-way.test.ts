import type { HeldLock, LockPhase } from '@apms/validators';
import { describe, expect, it } from 'vitest';
import { arrange } from '../sql/arrange.ts';
import { type ClassifiedPiece, classifyMigrations } from '../sql/classify-migrations.ts';
import { arrangeInPhases } from '../sql/phases.ts';
import { chooseWay } from './choose-way.ts';
import { describeExcesses } from './describe.ts';
import { forecast } from './forecast.ts';

const MODES: Record<string, HeldLock> = {
  A: { table: 'public.t', mode: 'AccessExclusive', blocks: 'reads and writes' },
  W: { table: 'public.t', mode: 'ShareRowExclusive', blocks: 'writes' },
  V: { table: 'public.t', mode: 'ShareUpdateExclusive', blocks: 'schema changes' },
  U: { table: 'public.u', mode: 'AccessExclusive', blocks: 'reads and writes' },
};

/** A statement a line: how long it took in milliseconds, the locks that it took first, the statement. */
const ADD = '1 W alter table t add constraint c foreign key (a) references r not valid';
const VALIDATE = '4000 V alter table t validate constraint c';

async function piecesOf(lines: readonly string[]): Promise<ClassifiedPiece[]> {
  const sql = lines.map((line) => line.replace(/^\d+ \S+ /, '')).join(';\n');
  const pieces = await classifyMigrations([{ name: 'm', sql }]);
  if (!Array.isArray(pieces)) throw new Error(pieces.message);
  return pieces;
}

async function choose(lines: readonly string[], maxLockMs = 3_000, concludingMs = 100) {
  const pieces = await piecesOf(lines);
  const units = arrange(pieces, {});
  const measured = lines.map((line, index) => {
    const [, ms = '', modes = '', statement = ''] = /^(\d+) (\S+) (.*)$/.exec(line) ?? [];
    const locks = modes.split('').flatMap((mode) => MODES[mode] ?? []);
    return { migration: 'm', line: index + 1, column: 1, statement, durationMs: Number(ms), locks };
  });
  const together: LockPhase[] = units.map((unit, index) => {
    const places = (unit.kind === 'alone' ? [unit] : unit.parts).flatMap((part) => part.statements);
    const statements = measured.filter(({ line }) => places.some(({ startLine }) => startLine === line));
    const concluding = index === units.length - 1 ? concludingMs : 0;
    return {
      kind: unit.kind,
      statements,
      concludingMs: concluding,
      forecast: forecast(statements, concluding),
      reversible: true,
    };
  });
  return chooseWay(together, arrangeInPhases(pieces, {}), maxLockMs);
}

describe('chooseWay', () => {
  it.each([
    ['everything is quick', [ADD, '20 V alter table t validate constraint c'], 3_000],
    ['the budget is huge', [ADD, VALIDATE], 10_000_000],
    ['nobody waits for what is slow', ['9000 - insert into v select 1', ADD], 3_000],
    ['what is slow holds no lock that somebody waits for', ['9000 V analyze t'], 3_000],
  ])('keeps together where %s', async (_why, lines, maxLockMs) => {
    expect(await choose(lines, maxLockMs)).toEqual({ kind: 'together' });
  });

  it.each([
    ['a slow validation is under the lock of the adding', [ADD, VALIDATE], 3],
    [
      'a slow validation comes after a lock of something else',
      ['2 A alter table t add b int', ADD, VALIDATE],
      3,
    ],
    [
      'what needs the validated constraint is quick',
      [ADD, VALIDATE, '3 A alter table t rename constraint c to d'],
      3,
    ],
    [
      'only the backup undoes what comes before, and there is no other way',
      ['5 W update t set a = 1', ADD, VALIDATE],
      3,
    ],
  ])('goes phased where %s', async (_why, lines, units) => {
    const way = await choose(lines);
    expect(way.kind === 'phased' && way.units).toHaveLength(units);
  });

  it.each([
    [
      'a slow statement needs a strong lock itself',
      ['5000 A alter table t alter a type bigint', ADD, '20 V alter table t validate constraint c'],
      /^public\.t could not be read or written for 5\.1 s, .*: at m\/migration\.sql:1 \(alter table t alter a/,
      /^Phases do not help: even so, public\.t could not be read/,
    ],
    [
      'nothing can be alone',
      ['1 W create trigger g after insert on t execute function f()', '5000 W create index i on t (a)'],
      /^public\.t could not be written for 5\.1 s, .*: from m\/migration\.sql:1 on, 5\.0 s of it by m\/migration\.sql:2 /,
      /nothing in them can be committed by itself/,
    ],
    [
      'the statements have to stay together',
      ['0 - set local search_path = s', ADD, VALIDATE],
      /could not be written for 4\.1 s/,
      /m\/migration\.sql:1 \(set local search_path = s\) holds for the whole of its transaction/,
    ],
    [
      'the verification alone takes too long',
      [ADD, '20 V alter table t validate constraint c', '1 U alter table u add x int'],
      /^public\.t could not be written for 3\.\d s/,
      /^Phases do not help: even so, public\.u /,
    ],
  ])('holds where %s', async (what, lines, reason, why) => {
    const way = await choose(lines, 3_000, what.startsWith('the verification') ? 3_100 : 100);
    if (way.kind !== 'hold') throw new Error(way.kind);
    const reasons = describeExcesses({
      ...way,
      maxLockMs: 3_000,
      mode: 'one transaction',
      together: [],
      phased: null,
    });
    expect(reasons[0]).toMatch(reason);
    expect(reasons.at(-1)).toMatch(why);
  });
});
