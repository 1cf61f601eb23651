import type { Check } from './check.ts';
import { firstUserOid } from './first-user-oid.ts';
import { outcomeSql, problemsOf } from './outcome-sql.ts';

/** The catalog's columns are read once from end to end: that costs less than looking each one up. */
const pairs = `
  attribute as materialized (
    select attrelid, attnum, attname, atttypid from pg_attribute where attrelid >= ${firstUserOid} and attnum > 0
  ), pair as materialized (
    select c.conname, c.conrelid, c.confrelid, a.attname, a.atttypid, b.attname as referenced, b.atttypid as referenced_type
    from pg_constraint c
    cross join unnest(c.conkey, c.confkey) k(attnum, referenced)
    join attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
    join attribute b on b.attrelid = c.confrelid and b.attnum = k.referenced
    where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace
  ), counted as (
    select count(*) as pairs, count(*) filter (where atttypid <> referenced_type) as mismatches from pair
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
        columnPairs: 'counted.pairs',
        mismatches: 'counted.mismatches',
      },
      [problemsOf(mismatches)],
      { queries: pairs, from: 'counted' },
    ),
};
