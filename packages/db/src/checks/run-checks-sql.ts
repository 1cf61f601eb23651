import { escapeLiteral } from 'pg';
import type { Check, Extent } from './check.ts';

/**
 * Runs the checks in the setting `validation.checks` one after another and adds their results to
 * `validation.results`. Each one is undone by its own subtransaction; one that breaks is a failed check.
 * A statement that is cancelled is no check that broke: it ends the run.
 */
export const runnerSql = `do $runner$
declare
  entry record;
  started timestamptz;
  missing text;
  status text;
  figures jsonb;
  problems jsonb;
  results jsonb := coalesce(nullif(current_setting('validation.results', true), ''), '[]');
begin
  for entry in
    select * from jsonb_to_recordset(current_setting('validation.checks')::jsonb)
      as c(code text, title text, needs text[], sql text)
  loop
    started := clock_timestamp();
    figures := '{}';
    select string_agg(name, ', ' order by position) into missing
    from unnest(entry.needs) with ordinality n(name, position)
    where not exists (select from pg_class where relnamespace = 'public'::regnamespace
                      and relkind in ('r', 'p') and relname = name);
    if missing is not null then
      status := 'skipped';
      problems := jsonb_build_array(jsonb_build_object('message', 'not in this database: ' || missing));
    else
      begin
        execute replace(replace(replace(replace(entry.sql,
          '{w}', gen_random_uuid()::text), '{p}', gen_random_uuid()::text),
          '{w2}', gen_random_uuid()::text), '{p2}', gen_random_uuid()::text) into figures, problems;
        raise exception using errcode = 'VA000';
      exception
        when sqlstate 'VA000' then
          status := case when problems = '[]' then 'passed' else 'failed' end;
        when others then
          status := 'failed';
          figures := '{}';
          problems := jsonb_build_array(jsonb_build_object('message', 'the check itself broke', 'detail', sqlerrm));
      end;
    end if;
    results := results || jsonb_build_object(
      'code', entry.code, 'title', entry.title, 'status', status, 'figures', figures, 'problems', problems,
      'durationMs', round(extract(epoch from clock_timestamp() - started)::numeric * 1000, 3));
  end loop;
  perform set_config('validation.results', results::text, true);
end
$runner$`;

/** Statements that run checks in the current transaction; those with a time limit by themselves, after the others. */
export function runChecksSql(checks: readonly Check[], extent: Extent): string {
  const together = checks.filter(({ timeoutMs }) => timeoutMs === undefined);
  const alone = checks.filter(({ timeoutMs }) => timeoutMs !== undefined);
  return [
    ...(together.length > 0 ? [run(together, extent)] : []),
    ...alone.map((check) => `set local statement_timeout = ${check.timeoutMs};\n${run([check], extent)}`),
  ].join(';\n');
}

function run(checks: readonly Check[], extent: Extent): string {
  const entries = checks.map(({ code, title, needs, sql }) => ({ code, title, needs, sql: sql(extent) }));
  return `select set_config('validation.checks', ${escapeLiteral(JSON.stringify(entries))}, true);\n${runnerSql}`;
}
