import { type DoctorFinding, ok, warning } from '../finding.ts';
import type { ServerCheck } from './context.ts';

/** Transactions that are open for long, in whose way a migration would come. */
export const checkTransactions: ServerCheck = async ({ client }) => {
  const { rows } = await client.query<{ pid: number; application: string; state: string; minutes: number }>(`
    select pid, coalesce(nullif(application_name, ''), usename) as application, state,
           (extract(epoch from now() - xact_start) / 60)::int as minutes
      from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
       and xact_start < now() - interval '5 minutes' order by xact_start limit 5`);
  const { rows: prepared } = await client.query<{ gid: string }>(
    'select gid from pg_prepared_xacts where database = current_database() order by prepared limit 5',
  );
  const findings: DoctorFinding[] = [
    ...rows.map(({ pid, application, state, minutes }) =>
      warning(
        'open transaction',
        `pid ${pid} (${application}, ${state}) has a transaction open for ${minutes} min.`,
        'The migration waits for the locks it holds, and clients wait behind the migration.',
        `select pg_terminate_backend(${pid})`,
      ),
    ),
    ...prepared.map(({ gid }) =>
      warning(
        'prepared transaction',
        `"${gid}" is prepared, and neither committed nor rolled back.`,
        'It holds its locks for as long, a restart included.',
        `rollback prepared '${gid}'`,
      ),
    ),
  ];
  return findings.length > 0 ? findings : [ok('transactions', 'none is open for long')];
};
