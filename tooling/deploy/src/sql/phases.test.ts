import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExecutionUnit } from './arrange.ts';
import { classifyMigrations } from './classify-migrations.ts';
import { arrangeInPhases, type Phasings } from './phases.ts';

async function phasingsOf(files: readonly string[]): Promise<Phasings> {
  const pieces = await classifyMigrations(files.map((sql, index) => ({ name: `m${index}`, sql })));
  if (!Array.isArray(pieces)) throw new Error(pieces.message);
  return arrangeInPhases(pieces, {});
}

/** The units in brief: statements joined, a transaction in brackets, with a star where only the backup undoes it. */
function brief(units: readonly ExecutionUnit[] = []): string[] {
  return units.map((unit, index) => {
    if (unit.kind === 'alone') return unit.statement.text;
    const texts = unit.parts.flatMap(({ statements }) => statements.map(({ text }) => text));
    const isIrreversible = unit.inverses === undefined && index < units.length - 1;
    return `[${texts.join('; ')}]${isIrreversible ? '*' : ''}`;
  });
}

const ADD = 'alter table t add constraint c check (a > 0) not valid';
const VALIDATE = 'alter table t validate constraint c';
const OTHER_ADD = 'alter table t add constraint f foreign key (b) references u not valid';
const OTHER_VALIDATE = 'alter table t validate constraint f';
const INDEX = 'create index concurrently i on t (a)';

describe('arrangeInPhases', () => {
  it.each([
    ['adds first, validates alone', [ADD, VALIDATE], [`[${ADD}]`, `[${VALIDATE}]`, '[]']],
    [
      'adds all constraints together, also of a later file and of one table',
      [`${ADD}; ${VALIDATE}`, `${OTHER_ADD}; ${OTHER_VALIDATE}`],
      [`[${ADD}; ${OTHER_ADD}]`, `[${VALIDATE}]`, `[${OTHER_VALIDATE}]`, '[]'],
    ],
    [
      'leaves to the last transaction what nothing before it needs',
      ['create table v (a int)', ADD, VALIDATE],
      [`[${ADD}]`, `[${VALIDATE}]`, '[create table v (a int)]'],
    ],
    [
      'brings forward the column that a constraint is about',
      ['alter table t add a int; comment on table v is null', `${ADD}; ${VALIDATE}`],
      [`[alter table t add a int; ${ADD}]`, `[${VALIDATE}]`, '[comment on table v is null]'],
    ],
    [
      'leaves behind what needs the validated constraint',
      [ADD, VALIDATE, 'alter table t alter a set not null; alter table t drop constraint c'],
      [`[${ADD}]`, `[${VALIDATE}]`, '[alter table t alter a set not null; alter table t drop constraint c]'],
    ],
    [
      'validates what the target has already',
      ['drop table v', VALIDATE],
      [`[${VALIDATE}]`, '[drop table v]'],
    ],
    [
      'builds an index of a table that it makes as soon as that is there',
      ['drop table v; alter table t add a int', INDEX],
      ['[alter table t add a int]', INDEX, '[drop table v]'],
    ],
    [
      'takes turns where a constraint needs an index that is built concurrently',
      ['alter table t add a int', INDEX, 'alter table t add constraint c check (a > 0) not valid', VALIDATE],
      ['[alter table t add a int]', INDEX, `[${ADD}]`, `[${VALIDATE}]`, '[]'],
    ],
    [
      'sends what a constraint is about before it is validated: the referenced table',
      [OTHER_ADD, 'alter table u add x int', OTHER_VALIDATE],
      [`[${OTHER_ADD}; alter table u add x int]`, `[${OTHER_VALIDATE}]`, '[]'],
    ],
  ])('%s', async (_what, files, expected) => {
    const { ways } = await phasingsOf(files);
    expect(ways.map(brief)).toEqual([expected]);
  });

  it('prefers to validate in the last transaction what only the backup could undo', async () => {
    const mend = 'update u set b = 1 where b is null';
    const { ways } = await phasingsOf([`${ADD}; ${VALIDATE}`, `${OTHER_ADD}; ${mend}; ${OTHER_VALIDATE}`]);
    expect(ways.map(brief)).toEqual([
      [`[${ADD}]`, `[${VALIDATE}]`, `[${OTHER_ADD}; ${mend}; ${OTHER_VALIDATE}]`],
      [`[${ADD}; ${OTHER_ADD}; ${mend}]*`, `[${VALIDATE}]`, `[${OTHER_VALIDATE}]`, '[]'],
    ]);
  });

  it.each([
    ['a session setting', `set statement_timeout = 0; ${ADD}; ${VALIDATE}`, 'kept-together'],
    ['a local setting', `set local search_path = s; ${ADD}; ${VALIDATE}`, 'kept-together'],
    ['a lock', `lock table t; ${ADD}; ${VALIDATE}`, 'kept-together'],
    ['nothing that can be alone', 'alter table t add a int', 'nothing-alone'],
    ['too many statements', `${'select 1;\n'.repeat(2_001)}${VALIDATE}`, 'too-many'],
  ])('has no way because of %s', async (_why, sql, kind) => {
    expect(await phasingsOf([sql])).toEqual({ ways: [], obstacle: expect.objectContaining({ kind }) });
  });

  it('keeps every statement once, its file whole, and the order of what depends on each other', async () => {
    const sorts = ['alter', 'index', 'vacuum', 'add', 'validate', 'do', 'update', 'unnamed'] as const;
    const statement = fc.record({
      table: fc.constantFrom('t', 'u', 'v'),
      sort: fc.constantFrom(...sorts),
      constraint: fc.constantFrom('c', 'd'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(statement, { maxLength: 6 }), { maxLength: 4 }), async (plan) => {
        let count = 0;
        const written = plan.map((statements) => statements.map((one) => render(one, (count += 1))));
        const files = written.map((texts) =>
          texts
            .map((text) => `-- é\n${text}`)
            .join('; ')
            .concat(';\n-- end\n'),
        );
        const { ways, obstacle } = await phasingsOf(files);
        expect(ways.length > 0).toBe(obstacle === undefined);
        for (const units of ways) {
          expect(units.at(-1)?.kind).toBe('transaction');
          const parts = units.flatMap((unit) => (unit.kind === 'alone' ? [unit] : unit.parts));
          for (const [index, file] of files.entries()) {
            const own = parts.filter(({ migration }) => migration === `m${index}`);
            own.sort((one, other) => one.startByte - other.startByte);
            expect(own.map(({ sql }) => sql).join('')).toBe(file);
          }
          const order = parts.flatMap(({ statements }) => statements.map(({ text }) => text));
          const all = written.flat();
          expect(order.toSorted()).toEqual(all.toSorted());
          // Steps of different constraints may pass each other; nothing else that touches one table may.
          const isStep = (text: string) => text.includes(' constraint ');
          for (const table of ['t', 'u', 'v']) {
            const touches = (text: string) => text.startsWith('do') || text.includes(` ${table} `);
            for (const [at, text] of all.entries()) {
              for (const later of all.slice(at + 1)) {
                if (!touches(text) || !touches(later) || (isStep(text) && isStep(later))) continue;
                expect(order.indexOf(text)).toBeLessThan(order.indexOf(later));
              }
            }
          }
          const shared = units.slice(0, -1).flatMap((unit) => {
            const texts = unit.kind === 'alone' ? [] : unit.parts.flatMap(({ statements }) => statements);
            return texts.length > 1 ? texts.map(({ text }) => text) : [];
          });
          const validated = units === ways.at(-1) ? shared.filter((text) => text.includes('validate')) : [];
          expect(validated).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function render(
  { table, sort, constraint }: { table: string; sort: string; constraint: string },
  id: number,
): string {
  switch (sort) {
    case 'alter':
      return `alter table ${table} add c${id} int`;
    case 'index':
      return `create index concurrently i${id} on ${table} (a)`;
    case 'unnamed':
      return `create index concurrently on ${table} (a${id})`;
    case 'vacuum':
      return `vacuum ${table} (a${id})`;
    case 'add':
      return `alter table ${table} add constraint ${constraint} check (a > ${id}) not valid`;
    case 'validate':
      return `alter table ${table} validate constraint ${constraint} /* ${id} */`;
    case 'update':
      return `update ${table} set a = ${id}`;
    default:
      return `do '/* ${id} */'`;
  }
}
