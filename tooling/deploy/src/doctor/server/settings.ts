import { type DoctorFinding, ok, warning } from '../finding.ts';
import type { ServerCheck } from './context.ts';

const TIMEOUTS = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'transaction_timeout',
];

/** What role, database or server set for every session: limits of time, and what of a migration comes into the log. */
export const checkSettings: ServerCheck = async ({ client, facts }) => {
  const names = [...TIMEOUTS, 'log_statement', 'log_min_duration_statement'];
  const { rows } = await client.query<{ name: string; value: string }>(
    // What a session begins with; this one's own are another matter.
    'select name, reset_val as value from pg_settings where name = any($1)',
    [names],
  );
  const value = new Map(rows.map((row) => [row.name, row.value]));
  const limits = TIMEOUTS.filter((name) => (value.get(name) ?? '0') !== '0');
  const timeouts =
    limits.length === 0
      ? ok('time-outs', 'none on the role')
      : ok(
          'time-outs',
          `${limits.map((name) => `${name} ${value.get(name)} ms`).join(', ')}; a deployment's sessions set them aside`,
        );
  return [timeouts, checkLog(value, facts.user)];
};

function checkLog(value: ReadonlyMap<string, string>, user: string): DoctorFinding {
  const statement = value.get('log_statement') ?? 'none';
  const duration = Number(value.get('log_min_duration_statement') ?? -1);
  if (statement === 'none' && duration < 0) return ok('server log', 'statements are not logged');
  const what =
    statement === 'none'
      ? `Statements that take longer than ${duration} ms are logged.`
      : `log_statement is "${statement}".`;
  return warning(
    'server log',
    what,
    'A migration that sets a password or fills in data has it in the log, in clear.',
    `alter role "${user}" set log_statement = 'none'; alter role "${user}" set log_min_duration_statement = -1 (as a superuser)`,
  );
}
