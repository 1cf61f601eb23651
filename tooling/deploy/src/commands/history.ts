import { listDeployments } from '../deployments.ts';
import { loadConfig, targetSettings } from '../load-config.ts';
import type { CommandOptions } from '../open-run.ts';
import { formatDuration } from '../report/format.ts';

/** `deploy history`: what was deployed to a target, the newest last. Needs no connection. */
export async function historyCommand(options: CommandOptions): Promise<number> {
  const config = await loadConfig(options.config);
  targetSettings(config, options.env);
  const deployments = await listDeployments(config, options.env);
  for (const report of deployments) {
    const { id, outcome, startedAt, durationMs, by, commit, migrations, backup } = report;
    const line = options.json
      ? JSON.stringify({
          type: 'deployment',
          id,
          outcome,
          startedAt,
          durationMs,
          by,
          commit,
          migrations: migrations.map(({ name }) => name),
          backup: backup?.id ?? null,
        })
      : [
          id,
          outcome.padEnd(15),
          formatDuration(durationMs).padStart(9),
          by,
          commit?.slice(0, 12) ?? '-',
          migrations.length === 1 ? '1 migration' : `${migrations.length} migrations`,
        ].join('  ');
    process.stdout.write(`${line}\n`);
  }
  if (deployments.length === 0 && !options.json)
    process.stdout.write(`no deployments of ${options.env} yet\n`);
  return 0;
}
