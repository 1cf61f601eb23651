import type { Check } from './check.ts';

interface Pair {
  readonly key: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly referenced: string;
  readonly referencedType: string;
}

const pairsQuery = `
  select c.conname as key, t.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
         r.relname || '.' || b.attname as referenced, format_type(b.atttypid, null) as "referencedType"
  from pg_constraint c
  join pg_class t on t.oid = c.conrelid
  join pg_class r on r.oid = c.confrelid
  cross join unnest(c.conkey, c.confkey) k(attnum, referenced)
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
  join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.referenced
  where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace
  order by t.relname, c.conname, a.attnum`;

/** Lengths and precisions may differ between the two sides of a key, types may not. */
export const c2TypeAlignment: Check = {
  code: 'C2',
  title: 'Foreign-key type alignment',
  async run({ client }) {
    const { rows } = await client.query<Pair>(pairsQuery);
    const mismatches = rows.filter((pair) => pair.type !== pair.referencedType);
    return {
      figures: { columnPairs: rows.length, mismatches: mismatches.length },
      problems: mismatches.map(({ key, table, column, type, referenced, referencedType }) => ({
        message: `${table}.${column} is ${type} but references ${referenced}, which is ${referencedType} (${key})`,
        table,
      })),
    };
  },
};
