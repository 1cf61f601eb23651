import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CONTEXT, lintSql } from '../../test/support/describe-rule.ts';
import { parseSql } from '../sql/parse.ts';
import { scanSql } from '../sql/scan-sql.ts';
import { readRuleDocumentation } from './rule-documentation.ts';
import { RULES } from './rules.ts';

const EVERYTHING = { ...CONTEXT, preferences: RULES.map(({ name }) => name) };

/** The examples of docs/lint.md, and statements of many other kinds. */
const STATEMENTS = await statementsOf(`
${[...(await readRuleDocumentation()).values()].flatMap(({ unsafe, safe }) => [unsafe, safe]).join(';\n')};
create table t (a int primary key, b text collate "C" default 'x', c int[] not null, check (a > 0), like big including all);
create temp table u partition of t for values in (1);
create or replace view v as with recursive r as (select 1 union all select 2) select * from r;
create trigger tr before update on big for each row when (old.id > 0) execute function f();
create function f(a int default 1) returns int language sql begin atomic select a; end;
create policy p on big using (true) with check (false);
create aggregate a (int) (sfunc = int4pl, stype = int4);
create rule r as on delete to big do instead nothing;
alter table only big alter id add generated always as identity, enable row level security, inherit small;
alter table big attach partition small default; alter table big replica identity full, set (fillfactor = 10);
alter type comp add attribute a int; alter foreign table ft add column a int; alter view v rename column a to b;
alter default privileges grant select on tables to public; grant all on all tables in schema public to public;
drop function if exists f(int), g; drop owned by someone cascade; drop index i, j; drop type t cascade; drop cast (int as text);
insert into big select * from small on conflict (id) do update set (id, code) = (select 1, 'a') returning *;
update big set tags[1] = 'a', note = default from small where big.id = small.id;
merge into big using small on true when matched then delete when not matched then insert (id) values (1);
copy big to stdout; lock table big, small in share mode; comment on column big.id is null; explain analyze select 1;
prepare q as select 1; execute q; declare c cursor for select 1; listen x; checkpoint; reset all; discard all; show all;
vacuum (full, analyze) big, small (id); cluster; reindex (concurrently) schema public; refresh materialized view v with no data;
do $$ declare r record; begin for r in select 1 loop execute 'drop table ' || r; perform f(); end loop; commit; end $$;
select set_config('lock_timeout', null, true), a.b.c.d, (x).y[1] from json_table('[]', '$' columns (a int)) j;
`);

async function statementsOf(sql: string): Promise<string[]> {
  const script = await parseSql(sql, 'statements');
  if (script.kind === 'syntax-error') throw new Error(JSON.stringify(script));
  return script.statements.map(({ text }) => text);
}

const statement = fc.constantFrom(...STATEMENTS);

/** Statements in which some words are exchanged for those of others; many of them still parse. */
const mutant = fc
  .tuple(statement, statement, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }))
  .map(([sql, other, swaps]) => {
    const [words, others] = [wordsOf(sql), wordsOf(other)];
    for (const [at, from] of swaps) words[at % words.length] = others[from % others.length] ?? '';
    return words.join(' ');
  });

function wordsOf(sql: string): string[] {
  const bytes = Buffer.from(sql, 'utf8');
  return scanSql(sql).map(({ start, end }) => bytes.toString('utf8', start, end));
}

it('judges whatever parses, and throws at nothing else', async () => {
  let parsed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(statement, mutant), { minLength: 1, maxLength: 4 }), async (parts) => {
      const sql = parts.join(';\n');
      const findings = await lintSql(sql, EVERYTHING);
      if (!findings.some(({ rule }) => rule === 'syntax-error')) parsed += 1;
      for (const { line, column, endLine, endColumn } of findings) {
        expect(endLine * 1_000_000 + endColumn).toBeGreaterThan(line * 1_000_000 + column);
      }
    }),
    { numRuns: 300 },
  );
  expect(parsed).toBeGreaterThan(50);
});

it('accepts exactly one rule on exactly one statement', async () => {
  const acceptable = RULES.filter(({ acceptable: is }) => is).map(({ name }) => name);
  const parts = fc.array(statement, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(parts, fc.nat(), fc.nat(), async (statements, where, which) => {
      const plain = (await lintSql(`${statements.join(';\n')};`, EVERYTHING)).filter(isOfRule);
      const at = where % statements.length;
      const [first, last] = linesOf(statements, at);
      const inIt = plain.filter(({ line }) => line >= first && line <= last);
      const rules = inIt.length > 0 ? inIt.map(({ rule }) => rule) : acceptable;
      const rule = rules[which % rules.length] ?? '';
      const allowed = statements.with(at, `-- deploy:allow ${rule} for a reason\n${statements[at] ?? ''}`);
      const findings = (await lintSql(`${allowed.join(';\n')};`, EVERYTHING)).filter(isOfRule);
      expect(findings).toEqual(
        plain.map((finding) => ({
          ...finding,
          line: finding.line + Number(finding.line >= first),
          endLine: finding.endLine + Number(finding.endLine >= first),
          accepted:
            finding.rule === rule && acceptable.includes(rule) && inIt.includes(finding)
              ? 'for a reason'
              : null,
        })),
      );
    }),
    { numRuns: 200 },
  );
});

function isOfRule({ rule }: { rule: string }): boolean {
  return RULES.some(({ name }) => name === rule);
}

/** The first and the last line of one of the statements, each of which begins on a line of its own. */
function linesOf(statements: readonly string[], at: number): [number, number] {
  const heights = statements.map((sql) => sql.split('\n').length);
  const first = heights.slice(0, at).reduce((sum, height) => sum + height, 1);
  return [first, first + (heights[at] ?? 1) - 1];
}
