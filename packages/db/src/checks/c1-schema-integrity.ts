import type { Check } from './check.ts';
import { masterTables } from './master-tables.ts';
import { outcomeSql, problemsOf } from './outcome-sql.ts';
import { activeIndexFaults } from './schema/active-index-faults.ts';
import { catalogSql } from './schema/catalog-sql.ts';
import { missingVitalReferences, unboundColumns } from './schema/missing-references.ts';

const floors = { f: { what: 'foreign keys', least: 45 }, c: { what: 'checks', least: 21 } } as const;

/**
 * The schema is all there and the database itself vouches for every reference. What an audit of the keys found is in
 * the setting `validation.orphans` (see `orphan-evidence.ts`); without it, `keysScanned` says how many keys the
 * database does not prove, which have to be audited yet.
 */
export const c1SchemaIntegrity: Check = {
  code: 'C1',
  title: 'Schema integrity',
  needs: [],
  sql: () =>
    outcomeSql(
      {
        tables: '(select count(*) from master)',
        foreignKeys: 'counted.f',
        unvalidatedForeignKeys: 'counted.unvalidated',
        checks: 'counted.c',
        keysScanned: scanned,
        keysProvenByDatabase: `greatest((select count(*) from key) - ${scanned}, 0)`,
        orphans: `coalesce((found ->> 'orphans')::bigint, 0)`,
      },
      [
        problemsOf(missingTables),
        problemsOf(belowFloor('f')),
        `case when counted.f >= ${floors.f.least} then ${problemsOf(unboundColumns)}
      || ${problemsOf(missingVitalReferences)} else '[]' end`,
        problemsOf(belowFloor('c')),
        problemsOf(notValidated),
        problemsOf(notEnforced),
        problemsOf(activeIndexFaults),
        `coalesce(found -> 'problems', '[]')`,
        `case when found ? 'failure' then jsonb_build_array(jsonb_build_object(
        'message', 'the check itself broke', 'detail', found -> 'failure')) else '[]' end`,
      ],
      {
        queries: `${catalogSql}, ${counted}`,
        from: `(select nullif(current_setting('validation.orphans', true), '')::jsonb as found) evidence, counted`,
      },
    ),
};

const scanned = `coalesce((found ->> 'checked')::bigint, (select count(*) from key where not proven))`;

const counted = `
  counted as (
    select count(*) filter (where kind = 'f') as f, count(*) filter (where kind = 'c') as c,
           count(*) filter (where kind = 'f' and not validated) as unvalidated
    from rule
  )`;

const missingTables = `
  select 'table ' || name || ' is missing' as message, name as "table"
  from unnest('{${masterTables.join(',')}}'::text[]) with ordinality wanted(name, position)
  where name not in (select name from master) order by position`;

function belowFloor(kind: keyof typeof floors): string {
  const { what, least } = floors[kind];
  return `
  select format('%s ${what} on the master tables, at least ${least} expected', count) as message, count
  from (select counted.${kind} as count) found where count < ${least}`;
}

const notValidated = `
  select format('%s %s is not validated', case kind when 'f' then 'foreign key' else 'check' end, name) as message,
         "table"
  from rule where not validated order by "table", name`;

const notEnforced = `
  select format('foreign key %s is not enforced: its trigger is disabled', name) as message, "table"
  from rule where kind = 'f' and oid in (select oid from disabled) order by "table", name`;
