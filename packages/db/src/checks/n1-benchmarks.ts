import { escapeLiteral } from 'pg';
import type { Check } from './check.ts';
import { configLookup, type HotQuery, pendingTasks, slaScan } from './hot-queries.ts';
import { masterTables } from './master-tables.ts';
import { foundProblems } from './probe/attempt.ts';

const runs = 3;
/** For all of them together. */
const timeoutMs = 15_000;

/** The queries of every day, on the target's own data: of the approver and the scope with the most to read. */
export const n1Benchmarks: Check = {
  code: 'N1',
  title: 'Benchmarks',
  needs: masterTables,
  timeoutMs,
  sql: () => `
  select set_config('validation.figures', '{}', true), set_config('validation.began', clock_timestamp()::text, true);
  ${measured.map(([query, values]) => measureSql(query, values)).join('')}
  select current_setting('validation.figures')::jsonb as figures, ${foundProblems} as problems`,
};

const busiestApprover = `
    select array[workspace_id::text, approver_id] from workflow_stages
    where status = 'PENDING' and approver_id is not null
    group by workspace_id, approver_id order by count(*) desc limit 1`;

const fullestConfiguration = `
    select array[v.workspace_id::text, s.scope_code, vendor.vendor_code, p.atp_category]
    from (select v.id, v.workspace_id from config_versions v
          join approval_policy_master p on p.config_version_id = v.id
          where v.status = 'ACTIVE' and v.source_type = 'APPROVAL_MATRIX'
          group by v.id order by count(*) desc limit 1) v
    join approval_policy_master p on p.config_version_id = v.id
    join atp_scope_master s on s.id = p.scope_id
    left join vendor_master vendor on vendor.id = p.vendor_id
    order by p.vendor_id is null, p.id limit 1`;

/** What is measured, each with a query of the values that give it the most to do; without any it is nulls. */
const measured: readonly (readonly [query: HotQuery, values: string])[] = [
  [pendingTasks, busiestApprover],
  [slaScan, 'select null::text[]'],
  [configLookup, fullestConfiguration],
];

/** SQL that runs a query some times and notes how long it took in the middle, and how many rows it had. */
function measureSql({ name, sql, limitMs, parameters }: HotQuery, values: string): string {
  const template = escapeLiteral(sql.replaceAll('%', '%%').replaceAll(/\$(\d+)/g, '%$1$$L'));
  return `
  do $measure$
  declare
    given text[]; query text; started timestamptz; times numeric[] := '{}'; rows bigint; ms numeric; problem text;
  begin
    if clock_timestamp() - current_setting('validation.began')::timestamptz > interval '${timeoutMs} ms' then
      raise exception 'no time was left for it';
    end if;
    given := (${values});
    query := format(${template}, variadic coalesce(given, array_fill(null::text, array[${Math.max(1, parameters.length)}])));
    for run in 1..${runs} loop
      started := clock_timestamp();
      execute query;
      get diagnostics rows = row_count;
      times := times || extract(epoch from clock_timestamp() - started)::numeric * 1000;
    end loop;
    ms := round((select percentile_disc(0.5) within group (order by t) from unnest(times) t), 2);
    perform set_config('validation.figures', (current_setting('validation.figures')::jsonb
      || jsonb_build_object('${name}Ms', ms, '${name}Rows', rows))::text, true);
    if ms > ${limitMs} then
      problem := format('${name} took %s ms, more than ${limitMs} ms', ms);
      perform set_config('validation.problems', (${foundProblems} || jsonb_build_object('message', problem))::text, true);
    end if;
  exception when query_canceled or others then
    -- Somebody's wish to stop is not a query that takes too long.
    if sqlstate = '57014' and clock_timestamp() - current_setting('validation.began')::timestamptz < interval '${timeoutMs} ms'
    then raise; end if;
    perform set_config('validation.problems',
      (${foundProblems} || jsonb_build_object('message', '${name} did not finish', 'detail', sqlerrm))::text, true);
  end
  $measure$;`;
}
