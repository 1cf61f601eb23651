import type { ClientBase } from 'pg';

/** The sixteen master tables, parents first. */
export const masterTables = [
  'config_versions',
  'atp_scope_master',
  'vendor_master',
  'approval_role_master',
  'approval_policy_master',
  'approval_policy_stages',
  'cluster_master',
  'cluster_approver_master',
  'workflow_instances',
  'workflow_stages',
  'approver_overrides',
  'atp_submissions',
  'atp_submission_documents',
  'punchlists',
  'punchlist_items',
  'workflow_stage_actions',
];

/** The tables whose rows belong to a config version. */
export const configurationTables = masterTables.slice(1, 8);

/** A foreign key as the catalog has it; `onDelete` is `r`estrict, `c`ascade or another `confdeltype`. */
export interface CatalogKey {
  readonly name: string;
  readonly table: string;
  readonly columns: string[];
  readonly types: string[];
  readonly referenced: string;
  readonly referencedColumns: string[];
  readonly referencedTypes: string[];
  readonly onDelete: string;
  readonly validated: boolean;
  /** Whether some valid index over all rows begins with the key's columns, in any order. */
  readonly indexed: boolean;
}

/** All foreign keys of the schema `public`, by name. */
export async function foreignKeys(client: ClientBase): Promise<CatalogKey[]> {
  const { rows } = await client.query<CatalogKey>(`
    select key.conname as name, key.conrelid::regclass::text as table, key.confrelid::regclass::text as referenced,
      key.confdeltype as "onDelete", key.convalidated as validated, own.columns, own.types,
      referenced.columns as "referencedColumns", referenced.types as "referencedTypes",
      exists (
        select from pg_index
        where indrelid = key.conrelid and indisvalid and indpred is null
          and (indkey::int2[])[0:cardinality(key.conkey) - 1] @> key.conkey
      ) as indexed
    from pg_constraint as key
    cross join lateral ${columnsOf('key.conrelid', 'key.conkey')} as own
    cross join lateral ${columnsOf('key.confrelid', 'key.confkey')} as referenced
    where key.contype = 'f' and key.connamespace = 'public'::regnamespace
    order by key.conname`);
  return rows;
}

/** The tables with a `workspace_id`, and `workspaces` itself. */
export async function workspaceScopedTables(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and (
      relname = 'workspaces'
      or exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'workspace_id')
    )
    order by relname`);
  return rows.map((row) => row.name);
}

function columnsOf(relation: string, numbers: string): string {
  return `(
    select array_agg(attname::text order by position) as columns,
      array_agg(format_type(atttypid, atttypmod) order by position) as types
    from unnest(${numbers}) with ordinality as part (number, position)
    join pg_attribute on attrelid = ${relation} and attnum = number
  )`;
}
