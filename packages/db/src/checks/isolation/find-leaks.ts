import type { CheckProblem } from '@apms/validators';
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import { type Attempt, findAccepted, insufficientPrivilege } from '../probe/attempt.ts';
import { changeableRowId } from '../probe/changeable-row-id.ts';
import type { Probe } from '../probe/probe.ts';
import { apiRole, type ScopedTable } from './list-scoped-tables.ts';

/** As the API's role inside one workspace, reads and writes the rows of another. */
export async function findLeaks(
  client: ClientBase,
  tables: readonly ScopedTable[],
  ours: Probe,
  theirs: Probe,
): Promise<{ tables: number; attempts: number; problems: CheckProblem[] }> {
  const rows = await readTheirRows(client, tables, theirs);
  const probed = tables.filter(({ name }) => rows.has(name));
  await client.query(`set local role ${apiRole}`);
  await client.query("select set_config('app.workspace_id', $1, true)", [ours.workspaceId]);
  const attempts = probed.flatMap((table) => writeAttempts(table, rows.get(table.name) ?? '', ours, theirs));
  const problems = [
    ...(await findReadable(client, probed, ours, theirs)),
    ...(await findAccepted(client, attempts)),
  ];
  await client.query('reset role');
  return { tables: probed.length, attempts: attempts.length, problems };
}

/** The other workspace's row of each table as JSON; a table that the probe does not fill is missing. */
async function readTheirRows(
  client: ClientBase,
  tables: readonly ScopedTable[],
  theirs: Probe,
): Promise<ReadonlyMap<string, string>> {
  const parts = tables.map(
    ({ name }) =>
      `select ${escapeLiteral(name)} as name, to_jsonb(t)::text as row from ${escapeIdentifier(name)} t
       where t.id = ${escapeLiteral(changeableRowId(theirs, name))}`,
  );
  const { rows } = await client.query<{ name: string; row: string }>(parts.join(' union all '));
  return new Map(rows.map(({ name, row }) => [name, row]));
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
  const parts = readable.map(({ name }) => {
    const table = escapeIdentifier(name);
    const seen = (probe: Probe): string =>
      `exists (select from ${table} where id = ${escapeLiteral(changeableRowId(probe, name))})`;
    return `select ${escapeLiteral(name)} as name, ${seen(ours)} as ours, ${seen(theirs)} as theirs`;
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

function writeAttempts({ name, column }: ScopedTable, row: string, ours: Probe, theirs: Probe): Attempt[] {
  const table = escapeIdentifier(name);
  const own = `id = ${escapeLiteral(changeableRowId(ours, name))}`;
  const other = `id = ${escapeLiteral(changeableRowId(theirs, name))}`;
  const refusal = { table: name, refusedBy: [insufficientPrivilege], mayFindNothing: true };
  const copy = `jsonb_populate_record(null::${table}, ${escapeLiteral(row)}::jsonb)`;
  const attempts: Attempt[] = [
    {
      what: `changing a row of ${name} in another workspace`,
      sql: `update ${table} set id = id where ${other}`,
      ...refusal,
    },
    {
      what: `deleting a row of ${name} in another workspace`,
      sql: `delete from ${table} where ${other}`,
      ...refusal,
    },
    {
      what: `adding a row to ${name} in another workspace`,
      sql: `insert into ${table} select (${copy}).*`,
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
