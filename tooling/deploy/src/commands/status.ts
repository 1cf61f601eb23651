import { listBackups } from '../backup/catalogue.ts';
import { readLease } from '../backup/lease.ts';
import { listDeployments } from '../deployments.ts';
import { diagnoseHistory, readHistory } from '../migrations/history.ts';
import { readMigrations } from '../migrations/read.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { withClient } from '../postgres.ts';
import { SCRATCH_PREFIX } from '../scratch.ts';
import { readServerFacts } from '../server-facts.ts';

/** `deploy status`: where a target stands, in one look. */
export async function statusCommand(options: CommandOptions): Promise<number> {
  return withRun('status', options, { journaled: false, show: () => undefined }, async (run, config) => {
    const { target, applicationName } = run;
    const migrations = await readMigrations(config.migrations);
    const { facts, history } = await withClient(target.connection, applicationName, async (client) => ({
      facts: await readServerFacts(client),
      history: await readHistory(client),
    }));
    const { applied, pending, findings } = diagnoseHistory(migrations, history, facts.tables);
    const kept = await keptDatabases(run);
    const lease = await readLease(target.store, target.name);
    const last = (await listDeployments(config, target.name)).at(-1);
    const backup = (await listBackups(target.store, target.name)).findLast(({ usable }) => usable);
    const status = {
      type: 'status',
      target: target.name,
      server: facts.version,
      applied: applied.map(({ name }) => name),
      pending: pending.map(({ name }) => name),
      problems: findings.map(({ why }) => why),
      runningDeployment: lease?.deployment ?? null,
      lastDeployment:
        last === undefined ? null : { id: last.id, outcome: last.outcome, startedAt: last.startedAt },
      lastBackup: backup?.id ?? null,
      keptDatabases: kept,
    };
    process.stdout.write(`${options.json ? JSON.stringify(status) : statusText(status)}\n`);
    return 0;
  });
}

/** Quarantined databases, and scratch databases that a killed run left. */
async function keptDatabases({
  target,
  applicationName,
}: Parameters<Parameters<typeof withRun>[3]>[0]): Promise<string[]> {
  return withClient(target.maintenance, applicationName, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where starts_with(datname, $1) or datname ~ '_failed_[0-9]{8}t[0-9]{6}z_[0-9a-f]{6}(_[0-9]+)?$' order by 1`,
      [SCRATCH_PREFIX],
    );
    return rows.map(({ datname }) => datname);
  });
}

interface Status {
  target: string;
  server: string;
  applied: string[];
  pending: string[];
  problems: string[];
  runningDeployment: string | null;
  lastDeployment: { id: string; outcome: string; startedAt: string } | null;
  lastBackup: string | null;
  keptDatabases: string[];
}

function statusText(status: Status): string {
  const { lastDeployment: last } = status;
  return [
    `target           ${status.target}, PostgreSQL ${status.server}`,
    `migrations       ${status.applied.length} applied, ${status.pending.length} pending${status.pending.length > 0 ? `: ${status.pending.join(', ')}` : ''}`,
    ...status.problems.map((problem) => `problem          ${problem}`),
    `running          ${status.runningDeployment ?? 'no deployment'}`,
    `last deployment  ${last ? `${last.id} ${last.outcome}` : 'none'}`,
    `last backup      ${status.lastBackup ?? 'none'}`,
    ...status.keptDatabases.map((name) => `kept database    ${name}`),
  ].join('\n');
}
