import { firstUserOid } from './first-user-oid.ts';

/**
 * The indexes and foreign keys of schema `public` as CTEs. Through an index of `support` the rows of a key are found: ids
 * are unique across workspaces and versions, so within a composite key the columns that only scope it need not be in
 * the index; whatever comes first must belong to the key, and every row whose key is not null must be there.
 */
export const indexCatalogSql = `
  index as materialized (
    select i.indexrelid as oid, i.indrelid, x.relname::text as name, t.relname::text as "table", i.indisunique,
           i.indisvalid and i.indisready and i.indislive as usable, i.indnkeyatts, i.indkey::int2[] as columns,
           i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(*\\w+ IS NOT NULL\\)*$' as complete
    from pg_class t join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid
    where t.relnamespace = 'public'::regnamespace
  ), scope as materialized (
    select attrelid, array_agg(attnum) as columns from pg_attribute
    where attrelid >= ${firstUserOid} and attname in ('workspace_id', 'config_version_id') group by attrelid
  ), key as materialized (
    select c.oid, c.conname::text as name, c.conrelid, c.conkey, c.conindid,
           coalesce(nullif(array_remove(array_remove(c.conkey, scope.columns[1]), scope.columns[2]), '{}'), c.conkey)
             as identifying
    from pg_constraint c
    left join scope on scope.attrelid = c.conrelid
    where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'public'::regnamespace
  ), support as materialized (
    select index.oid as index, key.oid as key, index.usable
    from index join key on key.conrelid = index.indrelid
    where index.complete and index.columns[0] = any(key.conkey) and exists (
      select from generate_series(0, index.indnkeyatts - 1) last
      where index.columns[0:last] <@ key.conkey and key.identifying <@ index.columns[0:last])
  )`;
