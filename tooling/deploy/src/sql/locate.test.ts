import { expect, it } from 'vitest';
import { arrangeMigrations } from './arrange.ts';
import { locate } from './locate.ts';

const SQL = `-- é
select 1; create index concurrently i on t (a); select '😀',
  missing;
select 3;`;

it('finds line, column and statement of a position in a part that begins inside a line', async () => {
  const units = await arrangeMigrations([{ name: 'm', sql: SQL }]);
  const transaction = Array.isArray(units) ? units.find(({ kind }) => kind === 'transaction') : undefined;
  const part = transaction?.kind === 'transaction' ? transaction.parts[1] : undefined;
  if (!part) throw new Error('no second part');
  const position = Array.from(part.sql.slice(0, part.sql.indexOf('missing'))).length + 1;
  expect(locate(part, position)).toMatchObject({ line: 3, column: 3, statement: { index: 2, startLine: 2 } });
  expect(locate(part, 2)).toMatchObject({ line: 2, column: 49 });
});

it('stays in the last statement for a position at the very end', async () => {
  const units = await arrangeMigrations([{ name: 'm', sql: 'select 1; select 2' }]);
  const unit = Array.isArray(units) ? units[0] : undefined;
  const part = unit?.kind === 'transaction' ? unit.parts[0] : undefined;
  if (!part) throw new Error('no part');
  expect(locate(part, 99)).toMatchObject({ line: 1, statement: { index: 1 } });
});
