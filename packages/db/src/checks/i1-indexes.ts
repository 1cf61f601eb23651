import type { CheckProblem } from '@apms/validators';
import type { Check } from './check.ts';
import { hotPathIndexes } from './hot-path-indexes.ts';
import { masterTables } from './master-tables.ts';

interface IndexFacts {
  readonly name: string;
  readonly table: string;
  readonly usable: boolean;
  /** Holds every row whose key is not null, as a lookup by foreign key needs. */
  readonly complete: boolean;
  readonly columns: string[];
}

interface KeyFacts {
  readonly name: string;
  readonly table: string;
  readonly columns: string[];
}

const catalogQuery = `
  select
    (select coalesce(json_agg(json_build_object(
       'name', x.relname, 'table', t.relname, 'usable', i.indisvalid and i.indisready and i.indislive,
       'complete', i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(*\\w+ IS NOT NULL\\)*$',
       'columns', array(select coalesce(a.attname::text, '') from unnest(i.indkey::smallint[]) with ordinality k(attnum, n)
                        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                        where k.n <= i.indnkeyatts order by k.n))), '[]')
     from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where t.relnamespace = 'public'::regnamespace) as indexes,
    (select coalesce(json_agg(json_build_object(
       'name', c.conname, 'table', t.relname,
       'columns', array(select a.attname::text from unnest(c.conkey) with ordinality k(attnum, n)
                        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum order by k.n))
       order by t.relname, c.conname), '[]')
     from pg_constraint c join pg_class t on t.oid = c.conrelid
     where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace) as keys`;

/** Deleting or joining along a key never scans a table, and the hot queries have the indexes made for them. */
export const i1Indexes: Check = {
  code: 'I1',
  title: 'Indexes',
  needs: masterTables,
  async run({ client }) {
    const { rows } = await client.query<{ indexes: IndexFacts[]; keys: KeyFacts[] }>(catalogQuery);
    const { indexes, keys } = rows[0] ?? { indexes: [], keys: [] };
    const usable = indexes.filter((index) => index.usable);
    const usableNames = new Set(usable.map(({ name }) => name));
    const unusable = indexes.filter((index) => !index.usable);
    const bare = keys.filter((key) => !usable.some((index) => supports(index, key)));
    const missing = hotPathIndexes.filter((name) => !indexes.some((index) => index.name === name));
    const problems: CheckProblem[] = [
      ...bare.map(({ name, table, columns }) => ({
        message: `foreign key ${name} has no index that starts with (${columns.join(', ')})`,
        table,
      })),
      ...missing.map((name) => ({ message: `hot-path index ${name} is missing` })),
      ...unusable.map(({ name, table }) => ({ message: `index ${name} is invalid`, table })),
    ];
    return {
      figures: {
        indexes: indexes.length,
        performanceIndexes: indexes.filter(({ name }) => name.startsWith('idx_')).length,
        foreignKeys: keys.length,
        indexedForeignKeys: keys.length - bare.length,
        hotPathIndexes: hotPathIndexes.filter((name) => usableNames.has(name)).length,
        invalidIndexes: unusable.length,
      },
      problems,
    };
  },
};

/**
 * Ids are unique across workspaces and versions, so within a composite key the columns that only scope it need
 * not be in the index; whatever comes first must belong to the key.
 */
function supports(index: IndexFacts, key: KeyFacts): boolean {
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
