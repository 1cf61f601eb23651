/** At most one ACTIVE version per workspace and source. */
const index = 'ux_config_versions_one_active_per_workspace';

/** SQL of a predicate without what depends on its column's type: `((status)::text = 'ACTIVE'::text)`. */
export function bareExpression(expression: string): string {
  return `regexp_replace(regexp_replace(${expression}, '::("[^"]+"|\\w+( varying)?)', '', 'g'), '[()\\s]', '', 'g')`;
}

/** Query of what keeps the partial unique index from holding; reads `master`. */
export const activeIndexFaults = `
  select 'partial unique index ${index} ' || fault as message, 'config_versions' as "table"
  from master
  left join lateral (
    select i.indisunique, i.indisvalid, i.indisready, coalesce(pg_get_expr(i.indpred, i.indrelid, true), '') as predicate,
           (select string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' order by n)
            from generate_series(1, i.indnkeyatts) n) as columns
    from pg_index i
    where i.indrelid = master.oid and i.indexrelid = to_regclass('public.${index}')
  ) i on true
  cross join lateral (values
    (1, i.indisunique is null, 'is missing'),
    (2, not i.indisunique, 'is not unique'),
    (3, not i.indisvalid, 'is not valid'),
    (4, not i.indisready, 'is not ready'),
    (5, i.columns <> 'workspace_id, source_type', 'covers (' || i.columns || ')'),
    (6, ${bareExpression('i.predicate')} <> 'status=''ACTIVE''', 'has the predicate "' || i.predicate || '"')
  ) f(position, broken, fault)
  where master.name = 'config_versions' and broken
  order by position`;
