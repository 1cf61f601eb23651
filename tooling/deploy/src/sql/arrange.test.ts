import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrangeOptions, arrangeMigrations, type ExecutionUnit } from './arrange.ts';

async function arrange(files: readonly string[], options?: ArrangeOptions): Promise<ExecutionUnit[]> {
  const migrations = files.map((sql, index) => ({ name: `m${index}`, sql }));
  const units = await arrangeMigrations(migrations, options);
  if (!Array.isArray(units)) throw new Error(units.message);
  return units;
}

/** The units in brief: statements joined, a transaction in brackets. */
function brief(units: readonly ExecutionUnit[]): string[] {
  return units.map((unit) =>
    unit.kind === 'alone'
      ? unit.statement.text
      : `[${unit.parts.flatMap(({ statements }) => statements.map(({ text }) => text)).join('; ')}]`,
  );
}

const INDEX = 'create index concurrently i on t (a)';

describe('arrangeMigrations', () => {
  it('sends a wholly transactional file unchanged, comments and all', async () => {
    const files = ['-- why\ncreate table a (x int);\n-- undone by\n', '-- nothing\n', '', 'select 1;;'];
    const units = await arrange(files);
    expect(units).toHaveLength(1);
    expect(units[0]?.kind === 'transaction' && units[0].parts.map(({ sql }) => sql)).toEqual(files);
  });

  it('has nothing to do for no migrations', async () => {
    expect(await arrange([])).toEqual([]);
  });

  it.each([
    [
      'an unrelated table was made before',
      [`create table u (a int); ${INDEX}`],
      [INDEX, '[create table u (a int)]'],
    ],
    ['nothing comes before', [`${INDEX}; drop table u`], [INDEX, '[drop table u]']],
    [
      'a local setting comes before',
      [`set local lock_timeout = 1; ${INDEX}`],
      [INDEX, '[set local lock_timeout = 1]'],
    ],
    [
      'a built-in type is used on both sides',
      [`create table u (a text); create index concurrently i on t ((a::text))`],
      ['create index concurrently i on t ((a::text))', '[create table u (a text)]'],
    ],
    ['the earlier statement is in another file', ['drop table u', INDEX], [INDEX, '[drop table u]']],
    ['only maintenance was asked for', ['drop table u', 'vacuum t'], ['vacuum t', '[drop table u]']],
  ])('moves a concurrent index before the transaction: %s', async (_why, files, expected) => {
    expect(brief(await arrange(files))).toEqual(expected);
  });

  it.each([
    ['its table is made before', 'create table t (a int)', INDEX],
    ['its table is altered before, under a qualified name', 'alter table public.t add a int', INDEX],
    ['its name is given up before', 'alter index i rename to old', INDEX],
    ['its name is dropped before', 'drop index i', INDEX],
    [
      'a function it uses is made before',
      "create function f(int) returns int immutable language sql as 'select 1'",
      'create index concurrently i on t (f(a))',
    ],
    [
      'a type it uses is altered before',
      "alter type mood rename value 'a' to 'b'",
      "create index concurrently i on t (a) where m <> 'b'::mood",
    ],
    ['a code block comes before', 'do $$ begin end $$', INDEX],
    ['a function call comes before', 'select f()', INDEX],
    ['a session setting comes before', 'set search_path to s', INDEX],
    ['a cascade comes before', 'drop table u cascade', INDEX],
    ['a view over its table comes before', 'create view v as select * from t', INDEX],
    ['it has no name to undo it by', 'drop table u', 'create index concurrently on t (a)'],
    ['the table of a dropped index is unknown', 'drop table u', 'drop index concurrently i'],
    ['it concerns every table', 'drop table u', 'vacuum'],
  ])('commits what comes before first: %s', async (_why, before, alone) => {
    expect(brief(await arrange([`${before}; ${alone}; select 2`]))).toEqual([
      `[${before}]`,
      alone,
      '[select 2]',
    ]);
  });

  it('moves the dropping of an index whose table the catalog tells', async () => {
    const files = ['alter table u add b int; drop index concurrently i'];
    expect(brief(await arrange(files, { relatedRelations: () => ['t'] }))).toEqual([
      'drop index concurrently i',
      '[alter table u add b int]',
    ]);
    expect(brief(await arrange(files, { relatedRelations: () => ['u'] }))).toEqual([
      '[alter table u add b int]',
      'drop index concurrently i',
    ]);
  });

  it('commits a new enum label before it is used', async () => {
    const add = "alter type mood add value 'calm'";
    expect(brief(await arrange([`drop table u; ${add}`, "select 'calm'::mood"]))).toEqual([
      '[drop table u]',
      add,
      "[select 'calm'::mood]",
    ]);
  });

  it('gives the syntax error of the first bad file instead', async () => {
    const migrations = [
      { name: 'good', sql: 'select 1' },
      { name: 'bad', sql: 'selec 1' },
    ];
    expect(await arrangeMigrations(migrations)).toMatchObject({ kind: 'syntax-error', file: 'bad' });
  });

  it('keeps every statement once, its file whole, and the order of what touches one table', async () => {
    const statement = fc
      .tuple(
        fc.constantFrom('t', 'u', 'v'),
        fc.constantFrom('alter', 'index', 'vacuum', 'comment', 'do', 'unnamed'),
      )
      .map(([table, sort]) => ({ table, sort }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(statement, { maxLength: 5 }), { maxLength: 4 }), async (plan) => {
        let count = 0;
        const files = plan.map((statements) =>
          statements
            .map(({ table, sort }) => `-- é\n${render(sort, table, (count += 1))}`)
            .join('; ')
            .concat(';\n-- end\n'),
        );
        const units = await arrange(files);
        const parts = units.flatMap((unit) => (unit.kind === 'alone' ? [unit] : unit.parts));
        for (const [index, file] of files.entries()) {
          const own = parts.filter(({ migration }) => migration === `m${index}`);
          own.sort((one, other) => one.startByte - other.startByte);
          expect(own.map(({ sql }) => sql).join('')).toBe(file);
        }
        const order = parts.flatMap(({ statements }) => statements.map(({ text }) => text));
        const written = plan.flat().map(({ table, sort }, index) => render(sort, table, index + 1));
        expect(order.toSorted()).toEqual(written.toSorted());
        for (const table of ['t', 'u', 'v']) {
          const touching = (text: string) => text.startsWith('do') || text.includes(` ${table} `);
          expect(order.filter(touching)).toEqual(written.filter(touching));
        }
      }),
      { numRuns: 300 },
    );
  });
});

function render(sort: string, table: string, id: number): string {
  switch (sort) {
    case 'alter':
      return `alter table ${table} add c${id} int`;
    case 'index':
      return `create index concurrently i${id} on ${table} (a)`;
    case 'unnamed':
      return `create index concurrently on ${table} (a${id})`;
    case 'vacuum':
      return `vacuum ${table} (a${id})`;
    case 'comment':
      return `comment on table ${table} is '${id}'`;
    default:
      return `do '/* ${id} */'`;
  }
}
