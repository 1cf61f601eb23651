import type { CheckProblem } from '@apms/validators';
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import { type Attempt, findAccepted, insufficientPrivilege } from '../probe/attempt.ts';
import type { Probe } from '../probe/probe.ts';
import { actAsApi, apiRole } from './act-as-api.ts';
import { isProbeRow } from './is-probe-row.ts';
import type { ScopedTable } from './list-scoped-tables.ts';

/**
 * As the API's role inside one workspace, reads and writes the rows of another.
 * `rows` are those rows as JSON, by table.
 */
export async function findLeaks(
  client: ClientBase,
  tables: readonly ScopedTable[],
  rows: ReadonlyMap<string, string>,
  ours: Probe,
  theirs: Probe,
): Promise<{ attempts: number; problems: CheckProblem[] }> {
  await actAsApi(client, ours);
  const attempts = tables.flatMap((table) => writeAttempts(table, rows.get(table.name) ?? '', ours, theirs));
  const problems = [
    ...(await findReadable(client, tables, ours, theirs)),
    ...(await findAccepted(client, attempts)),
  ];
  await client.query('reset role');
  return { attempts: attempts.length, problems };
}

async function findReadable(
  client: ClientBase,
  tables: readonly ScopedTable[],
  ours: Probe,
  theirs: Probe,
): Promise<CheckProblem[]> {
  const readable = tables.filter(({ canRead }) => canRead);
  const unreadable: CheckProblem[] = tables
    .filter(({ canRead }) => !canRead)
    .map(({ name }) => ({ message: `${apiRole} may not read ${name}`, table: name }));
  if (readable.length === 0) return unreadable;
  const parts = readable.map((scoped) => {
    const seen = (probe: Probe): string =>
      `exists (select from ${escapeIdentifier(scoped.name)} where ${isProbeRow(scoped, probe)})`;
    return `select ${escapeLiteral(scoped.name)} as name, ${seen(ours)} as ours, ${seen(theirs)} as theirs`;
  });
  const { rows } = await client.query<{ name: string; ours: boolean; theirs: boolean }>(
    parts.join(' union all '),
  );
  return [
    ...unreadable,
    ...rows
      .filter((row) => row.theirs)
      .map(({ name }) => ({ message: `a row of ${name} is visible from another workspace`, table: name })),
    ...rows
      .filter((row) => !row.ours)
      .map(({ name }) => ({ message: `a row of ${name} is not visible in its own workspace`, table: name })),
  ];
}

function writeAttempts(scoped: ScopedTable, row: string, ours: Probe, theirs: Probe): Attempt[] {
  const { name, column } = scoped;
  const table = escapeIdentifier(name);
  const own = isProbeRow(scoped, ours);
  const other = isProbeRow(scoped, theirs);
  const refusal = { table: name, refusedBy: [insufficientPrivilege], mayFindNothing: true };
  const attempts: Attempt[] = [
    {
      what: `changing a row of ${name} in another workspace`,
      sql: `update ${table} set ${column} = ${column} where ${other}`,
      ...refusal,
    },
    {
      what: `deleting a row of ${name} in another workspace`,
      sql: `delete from ${table} where ${other}`,
      ...refusal,
    },
    {
      what: `adding a row to ${name} in another workspace`,
      sql: `insert into ${table} select * from jsonb_populate_record(null::${table}, ${escapeLiteral(row)})`,
      ...refusal,
    },
  ];
  if (column === 'id') return attempts;
  return [
    ...attempts,
    {
      what: `moving a row of ${name} into another workspace`,
      sql: `update ${table} set ${column} = ${escapeLiteral(theirs.workspaceId)} where ${own}`,
      ...refusal,
      refusedBy: [insufficientPrivilege, 'ZP', '23'],
    },
  ];
}
