import { ok, problem } from '../finding.ts';
import type { ServerCheck } from './context.ts';

/** The most sessions that a deployment has open at once: its own, the watchers' and the programs'. */
const NEEDED = 12;

/** Whether there is room for the sessions of a deployment. */
export const checkHeadroom: ServerCheck = async ({ client, facts }) => {
  const { rows } = await client.query<{ limit: number; used: number; whose: string }>(
    `
    select * from (
      select current_setting('max_connections')::int - case when $1 then 0 else current_setting('superuser_reserved_connections')::int end as limit,
             (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used, 'server' as whose
      union all
      select datconnlimit, (select count(*)::int from pg_stat_activity where datname = current_database()), 'database'
        from pg_database where datname = current_database() and datconnlimit >= 0
      union all
      select rolconnlimit, (select count(*)::int from pg_stat_activity where usename = current_user), 'role'
        from pg_roles where rolname = current_user and rolconnlimit >= 0
    ) as limits order by limits.limit - used`,
    [facts.superuser],
  );
  const [tightest] = rows;
  if (tightest === undefined) return [];
  const { limit, used, whose } = tightest;
  if (limit - used >= NEEDED) return [ok('connections', `${used} of ${limit} in use`)];
  return [
    problem(
      'connections',
      `The ${whose} admits ${limit} sessions, and ${used} are open.`,
      `A deployment opens up to ${NEEDED} at once, beside the application's.`,
      {
        server: `alter system set max_connections = ${limit + 2 * NEEDED}; then restart the server. Or close idle sessions.`,
        database: 'alter database … connection limit -1',
        role: `alter role "${facts.user}" connection limit -1`,
      }[whose] ?? 'Close idle sessions.',
    ),
  ];
};
