import type { ClientBase } from 'pg';
import { attempt, type Outcome } from './attempt.ts';
import type { CatalogKey } from './catalog.ts';
import { insertRow, type Row } from './insert-rows.ts';
import { workspaceIds } from './seed-workspace.ts';

const { a, b } = workspaceIds;

/** The column that says whose a row is. */
const scopeOf = (table: string): string => (table === 'workspaces' ? 'id' : 'workspace_id');

/** Tries `work` as the API would, in a workspace or with none set, and undoes it. */
async function asApi(
  client: ClientBase,
  workspace: string,
  work: () => Promise<{ rowCount: number | null } | void>,
): Promise<Outcome> {
  return await attempt(client, async () => {
    await client.query(
      `select set_config('role', 'apms_api', true), set_config('app.workspace_id', $1, true)`,
      [workspace],
    );
    return await work();
  });
}

/** The youngest row of a workspace: of configuration, that of the DRAFT. */
async function readRow(client: ClientBase, table: string, workspace: string): Promise<Row> {
  const { rows } = await client.query<{ row: Row }>(
    `select to_json(t) as row from ${table} t where ${scopeOf(table)} = $1 order by t::text desc limit 1`,
    [workspace],
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`${table} has no row of workspace ${workspace} to try`);
  return found.row;
}

/** What the API's role, working in workspace a, could do to the rows of workspace b in a table; in words. */
export async function findTableLeaks(client: ClientBase, table: string): Promise<string[]> {
  const scope = scopeOf(table);
  const [ours, theirs] = [await readRow(client, table, a), await readRow(client, table, b)];
  const inA = (sql: string, values: unknown[] = []) => asApi(client, a, () => client.query(sql, values));
  const without = (sql: string) => asApi(client, '', () => client.query(sql));
  const hidden = ({ code, rowCount }: Outcome) => code === '42501' || (code === undefined && rowCount === 0);
  // A rule may object before row-level security does; that it would is tested with the rules out of the way.
  const refused = ({ code = '' }: Outcome) => /^(42501|ZP\d\d\d)$/.test(code);

  const cases: [leak: string, Outcome, isSafe: (outcome: Outcome) => boolean][] = [
    ['reads', await inA(`select from ${table} where ${scope} = $1`, [b]), hidden],
    ['updates', await inA(`update ${table} set ${scope} = ${scope} where ${scope} = $1`, [b]), hidden],
    ['updates without naming them', await inA(`update ${table} set ${scope} = $1`, [b]), refused],
    ['deletes', await inA(`delete from ${table} where ${scope} = $1`, [b]), hidden],
    [
      'inserts',
      await asApi(client, a, () => insertRow(client, table, theirs)),
      ({ code }) => code === '42501',
    ],
    ['reads without a workspace', await without(`select from ${table}`), hidden],
    ['updates without a workspace', await without(`update ${table} set ${scope} = ${scope}`), hidden],
    ['deletes without a workspace', await without(`delete from ${table}`), hidden],
    [
      'inserts without a workspace',
      await asApi(client, '', () => insertRow(client, table, ours)),
      ({ code }) => code === '42501',
    ],
  ];
  const own = await inA(`select from ${table} where ${scope} = $1`, [a]);
  return [
    ...cases.filter(([, outcome, isSafe]) => !isSafe(outcome)).map(([leak]) => leak),
    ...(own.rowCount === 0 ? ['hides what is its own'] : []),
  ];
}

/**
 * Whether the API's role, working in workspace a, can insert a row that refers by a key to a row of b: takes a row of
 * a away and inserts it again, as it was and then with the reference changed.
 */
export async function findReferenceLeaks(client: ClientBase, key: CatalogKey): Promise<string[]> {
  const [ours, theirs] = [await readRow(client, key.table, a), await readRow(client, key.referenced, b)];
  const reference = Object.fromEntries(
    key.columns.map((column, index) => [column, theirs[key.referencedColumns[index] ?? '']]),
  );
  const isWorkspace = key.referenced === 'workspaces';
  const stray = { ...ours, ...reference, ...(isWorkspace ? {} : { workspace_id: a }) };
  await client.query('savepoint removed');
  await client.query('set local session_replication_role = replica');
  await client.query(`delete from ${key.table} t where to_jsonb(t) = to_jsonb(json_populate_record(t, $1))`, [
    JSON.stringify(ours),
  ]);
  await client.query('set local session_replication_role = origin');
  const unchanged = await asApi(client, a, () => insertRow(client, key.table, ours));
  const changed = await asApi(client, a, () => insertRow(client, key.table, stray));
  await client.query('rollback to savepoint removed');
  return [
    ...(unchanged.code === undefined ? [] : [`cannot be tried: ${unchanged.message}`]),
    ...(changed.code === (isWorkspace ? '42501' : '23503') ? [] : [`takes a row of another workspace`]),
  ];
}
