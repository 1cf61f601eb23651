import type { Check } from './check.ts';
import { outcomeSql, problemsOf } from './outcome-sql.ts';

const pairs = `
  pair as materialized (
    select c.conname, c.conrelid, c.confrelid, a.attname, a.atttypid, b.attname as referenced, b.atttypid as referenced_type
    from pg_constraint c
    cross join unnest(c.conkey, c.confkey) k(attnum, referenced)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
    join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.referenced
    where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace
  )`;

const mismatches = `
  select format('%s.%s is %s but references %s.%s, which is %s (%s)', t.relname, attname, format_type(atttypid, null),
                r.relname, referenced, format_type(referenced_type, null), conname) as message,
         t.relname as "table"
  from pair join pg_class t on t.oid = conrelid join pg_class r on r.oid = confrelid
  where atttypid <> referenced_type
  order by t.relname, conname, attname`;

/** Lengths and precisions may differ between the two sides of a key, types may not. */
export const c2TypeAlignment: Check = {
  code: 'C2',
  title: 'Foreign-key type alignment',
  needs: [],
  sql: () =>
    outcomeSql(
      {
        columnPairs: '(select count(*) from pair)',
        mismatches: '(select count(*) from pair where atttypid <> referenced_type)',
      },
      [problemsOf(mismatches)],
      { queries: pairs },
    ),
};
