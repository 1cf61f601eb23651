import type { ClientBase } from 'pg';
import { indexCatalogSql } from './index-catalog-sql.ts';

/** A statement whose plan is looked at, as it is sent. */
export interface NamedQuery {
  readonly name: string;
  readonly sql: string;
  readonly values: readonly unknown[];
  /** As whom; absent for what is sent as the login user. */
  readonly scope?: { readonly role: string; readonly workspaceId: string; readonly userId: string };
}

/** What each index is there for, and what is too much or missing. */
export interface IndexReport {
  readonly indexes: readonly IndexUse[];
  /** Those that nothing named here uses. */
  readonly unused: readonly IndexUse[];
  /** Foreign keys along which rows can only be found by reading the table. */
  readonly bareKeys: readonly string[];
  /** Queries that read a large table from end to end. */
  readonly scans: readonly TableScan[];
}

/** An index and who uses it: queries, foreign keys from its table, keys that refer to it, its own unique rule. */
export interface IndexUse {
  readonly name: string;
  readonly table: string;
  readonly queries: readonly string[];
  readonly foreignKeys: readonly string[];
  readonly referencedBy: readonly string[];
  readonly isUnique: boolean;
}

export interface TableScan {
  readonly query: string;
  readonly table: string;
  readonly rows: number;
}

/** Fewer rows are read as quickly without an index. */
const LARGE_ROWS = 10_000;

/**
 * Says of every index which of the queries' plans or which key uses it. Plans depend on the data: run it on a database
 * that is analysed and has about as many rows as the real one. Nothing is executed. `client` must be outside a transaction.
 */
export async function indexReport(client: ClientBase, queries: readonly NamedQuery[]): Promise<IndexReport> {
  const { indexes, bareKeys } = await readCatalog(client);
  const rowsOf = await readRowCounts(client);
  const queriesOf = new Map<string, Set<string>>();
  const scans: TableScan[] = [];
  for (const query of queries) {
    for (const node of nodesOf(await planOf(client, query))) {
      const index = node['Index Name'];
      if (typeof index === 'string')
        queriesOf.set(index, (queriesOf.get(index) ?? new Set()).add(query.name));
      const table = node['Relation Name'];
      if (node['Node Type'] !== 'Seq Scan' || typeof table !== 'string') continue;
      const rows = rowsOf.get(table) ?? 0;
      if (rows >= LARGE_ROWS) scans.push({ query: query.name, table, rows });
    }
  }
  const uses = indexes.map((index) => ({ ...index, queries: [...(queriesOf.get(index.name) ?? [])] }));
  return {
    indexes: uses,
    unused: uses.filter(
      (use) => !use.isUnique && use.queries.length + use.foreignKeys.length + use.referencedBy.length === 0,
    ),
    bareKeys,
    scans,
  };
}

const catalogQuery = `
  with ${indexCatalogSql.trim()}
  select
    (select coalesce(json_agg(json_build_object(
       'name', name, 'table', "table", 'isUnique', indisunique,
       'foreignKeys', array(select key.name from support join key on key.oid = support.key
                            where support.index = index.oid order by key.name),
       'referencedBy', array(select key.name from key where conindid = index.oid order by key.name))
       order by name), '[]') from index) as indexes,
    array(select name from key where oid not in (select key from support where usable) order by name) as "bareKeys"`;

async function readCatalog(client: ClientBase) {
  const { rows } = await client.query<{ indexes: Omit<IndexUse, 'queries'>[]; bareKeys: string[] }>(
    catalogQuery,
  );
  return rows[0] ?? { indexes: [], bareKeys: [] };
}

async function readRowCounts(client: ClientBase): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ table: string; rows: number }>(
    `select relname as table, greatest(reltuples, 0)::float8 as rows from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  return new Map(rows.map(({ table, rows: count }) => [table, count]));
}

async function planOf(client: ClientBase, { sql, values, scope }: NamedQuery): Promise<unknown> {
  await client.query('begin');
  try {
    if (scope !== undefined) {
      await client.query(
        `select set_config('role', $1, true), set_config('app.workspace_id', $2, true),
                set_config('app.user_id', $3, true)`,
        [scope.role, scope.workspaceId, scope.userId],
      );
    }
    const { rows } = await client.query<{ 'QUERY PLAN': unknown }>(`explain (format json) ${sql}`, [
      ...values,
    ]);
    return rows[0]?.['QUERY PLAN'];
  } finally {
    await client.query('rollback');
  }
}

/** Every node of a plan, whatever it hangs on. */
function* nodesOf(plan: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(plan)) for (const part of plan) yield* nodesOf(part);
  else if (isNode(plan)) {
    yield plan;
    for (const part of Object.values(plan)) yield* nodesOf(part);
  }
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
