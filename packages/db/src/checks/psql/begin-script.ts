import { escapeLiteral } from 'pg';

/**
 * Opens the transaction and refuses a database at another migration level; within a file that is included by another one
 * it only counts how deep.
 */
export function beginScript(level: readonly string[]): string {
  const last = level.at(-1) ?? 'none';
  return `\\if :{?validation_depth}
select :validation_depth + 1 as depth \\gset validation_
\\else
\\set ON_ERROR_STOP on
\\set QUIET on
\\set VERBOSITY terse
\\set SHOW_CONTEXT never
\\set validation_depth 1
\\unset validation_orphans_known
\\pset pager off

begin read write;
set local search_path = public;
set local client_min_messages = warning;
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;
-- Rather a check that could not look than an application that waits behind it.
set local lock_timeout = '10s';

do $level$
declare
  expected text[] := array[${level.map((name) => escapeLiteral(name)).join(', ')}]::text[];
  applied text[];
begin
  if to_regclass('public._prisma_migrations') is null then
    raise exception 'These scripts are for databases whose last migration is %; % has no migration history.',
      ${escapeLiteral(last)}, quote_ident(current_database());
  end if;
  select array_agg(distinct migration_name::text collate "C" order by migration_name::text collate "C") into applied
  from public._prisma_migrations where finished_at is not null and rolled_back_at is null;
  if applied is distinct from expected then
    raise exception 'These scripts are for databases with the % migrations up to %; % has % up to %. Write them anew for it: deploy verify --emit-sql DIRECTORY.',
      cardinality(expected), ${escapeLiteral(last)}, quote_ident(current_database()), coalesce(cardinality(applied), 0),
      coalesce(applied[cardinality(applied)], 'none');
  end if;
end
$level$;
select set_config('validation.results', '[]', true) as begun, set_config('validation.orphans', '', true) as evidence \\gset validation_
\\endif
`;
}
