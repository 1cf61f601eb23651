import type { ClientBase } from 'pg';

/** An index as the catalog describes it. */
export interface IndexFacts {
  readonly name: string;
  readonly table: string;
  readonly usable: boolean;
  /** Enforces a rule beside being searched. */
  readonly isUnique: boolean;
  /** Holds every row whose key is not null, as a lookup by foreign key needs. */
  readonly complete: boolean;
  readonly columns: string[];
}

/** A foreign key as the catalog describes it. */
export interface KeyFacts {
  readonly name: string;
  readonly table: string;
  readonly columns: string[];
  /** The unique index of the referenced table by which it is checked. */
  readonly referencedIndex: string;
}

const query = `
  select
    (select coalesce(json_agg(json_build_object(
       'name', x.relname, 'table', t.relname, 'usable', i.indisvalid and i.indisready and i.indislive,
       'isUnique', i.indisunique,
       'complete', i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(*\\w+ IS NOT NULL\\)*$',
       'columns', array(select coalesce(a.attname::text, '') from unnest(i.indkey::smallint[]) with ordinality k(attnum, n)
                        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                        where k.n <= i.indnkeyatts order by k.n))), '[]')
     from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where t.relnamespace = 'public'::regnamespace) as indexes,
    (select coalesce(json_agg(json_build_object(
       'name', c.conname, 'table', t.relname, 'referencedIndex', x.relname,
       'columns', array(select a.attname::text from unnest(c.conkey) with ordinality k(attnum, n)
                        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum order by k.n))
       order by t.relname, c.conname), '[]')
     from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class x on x.oid = c.conindid
     where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace) as keys`;

/** Every index and foreign key of schema `public`. */
export async function readIndexCatalog(
  client: ClientBase,
): Promise<{ indexes: IndexFacts[]; keys: KeyFacts[] }> {
  const { rows } = await client.query<{ indexes: IndexFacts[]; keys: KeyFacts[] }>(query);
  return rows[0] ?? { indexes: [], keys: [] };
}

/**
 * Whether rows are found by the key through the index. Ids are unique across workspaces and versions, so within a
 * composite key the columns that only scope it need not be in the index; whatever comes first must belong to the key.
 */
export function supportsKey(index: IndexFacts, key: KeyFacts): boolean {
  if (index.table !== key.table || !index.complete) return false;
  const identifying = key.columns.filter((column) => !scopeColumns.has(column));
  const needed = new Set(identifying.length > 0 ? identifying : key.columns);
  for (const column of index.columns) {
    if (!key.columns.includes(column)) return false;
    needed.delete(column);
    if (needed.size === 0) return true;
  }
  return false;
}

const scopeColumns: ReadonlySet<string> = new Set(['workspace_id', 'config_version_id']);
