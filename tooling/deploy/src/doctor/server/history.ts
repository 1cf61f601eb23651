import { diagnoseHistory, readHistory } from '../../migrations/history.ts';
import { readMigrations } from '../../migrations/read.ts';
import { ok, problem } from '../finding.ts';
import type { ServerCheck } from './context.ts';

/** Whether the migration history fits the folder. */
export const checkHistory: ServerCheck = async ({ client, facts, migrations }) => {
  const files = await readMigrations(migrations);
  const { applied, pending, findings } = diagnoseHistory(files, await readHistory(client), facts.tables);
  if (findings.length === 0) return [ok('history', `${applied.length} applied, ${pending.length} pending`)];
  return findings.map(({ rule, why, rewrite }) =>
    problem(rule.replace('-', ': '), why, 'The plan ends with a NO-GO (exit 3).', rewrite),
  );
};
