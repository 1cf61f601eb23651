import type { Check } from './check.ts';
import { hotPathIndexes } from './hot-path-indexes.ts';
import { indexCatalogSql } from './index-catalog-sql.ts';
import { masterTables } from './master-tables.ts';
import { outcomeSql, problemsOf } from './outcome-sql.ts';

/** Deleting or joining along a key never scans a table, and the hot queries have the indexes made for them. */
export const i1Indexes: Check = {
  code: 'I1',
  title: 'Indexes',
  needs: masterTables,
  sql: () =>
    outcomeSql(
      {
        indexes: 'counted.indexes',
        performanceIndexes: 'counted.performance',
        foreignKeys: '(select count(*) from key)',
        indexedForeignKeys: '(select count(distinct key) from support where usable)',
        hotPathIndexes: 'counted.hot_path',
        invalidIndexes: 'counted.invalid',
      },
      [problemsOf(bareKeys), problemsOf(missingIndexes), problemsOf(unusableIndexes)],
      { queries: `${indexCatalogSql}, ${hotPath}, ${counted}`, from: 'counted' },
    ),
};

const hotPath = `hot_path as (
    select * from unnest('{${hotPathIndexes.join(',')}}'::text[]) with ordinality h(name, position)
  )`;

const counted = `counted as (
    select count(*) as indexes, count(*) filter (where name like 'idx\\_%') as performance,
           count(*) filter (where not usable) as invalid,
           count(*) filter (where usable and name = any('{${hotPathIndexes.join(',')}}')) as hot_path
    from index
  )`;

const bareKeys = `
  select format('foreign key %s has no index that starts with (%s)', key.name,
                (select string_agg(attname, ', ' order by position)
                 from unnest(conkey) with ordinality k(number, position)
                 join pg_attribute on attrelid = conrelid and attnum = number)) as message,
         relname as "table"
  from key join pg_class on pg_class.oid = conrelid
  where key.oid not in (select key from support where usable)
  order by relname, key.name`;

const missingIndexes = `
  select 'hot-path index ' || name || ' is missing' as message from hot_path
  where name not in (select name from index) order by position`;

const unusableIndexes = `
  select 'index ' || name || ' is invalid' as message, "table" from index where not usable order by "table", name`;
