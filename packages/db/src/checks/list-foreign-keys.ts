import type { ForeignKey } from '@apms/validators';
import type { ClientBase } from 'pg';

/** References whose loss makes an approval unexplainable, as `referencing → referenced`. */
const criticalReferences: ReadonlySet<string> = new Set([
  'workflow_instances → config_versions',
  'workflow_instances → workspaces',
  'workflow_instances → atp_submissions',
  'atp_submissions → workflow_instances',
]);

const query = `
  select c.conname as name,
         t.relname as table,
         array(select a.attname::text from unnest(c.conkey) with ordinality k(attnum, n)
               join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum order by k.n) as columns,
         r.relname as "referencedTable",
         array(select a.attname::text from unnest(c.confkey) with ordinality k(attnum, n)
               join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum order by k.n)
           as "referencedColumns",
         c.convalidated as validated
  from pg_constraint c
  join pg_class t on t.oid = c.conrelid
  join pg_class r on r.oid = c.confrelid
  where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace
  order by t.relname, c.conname`;

/** Every foreign key declared in schema `public`, by table and name. */
export async function listForeignKeys(client: ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<Omit<ForeignKey, 'severity'>>(query);
  return rows.map((key) => ({
    ...key,
    severity: criticalReferences.has(`${key.table} → ${key.referencedTable}`) ? 'CRITICAL' : 'WARNING',
  }));
}
