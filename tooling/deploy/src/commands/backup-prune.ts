import { type Pruned, pruneBackups } from '../backup/prune.ts';
import { lastDeployed } from '../deployments.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { withDeploymentLock } from '../steps/lock.ts';

export interface PruneCommandOptions extends CommandOptions {
  dryRun?: boolean;
}

/** `deploy backup prune`: removes the backups that the target's retention no longer keeps, and says why the others stay. */
export async function backupPruneCommand(options: PruneCommandOptions): Promise<number> {
  const { dryRun = false, json } = options;
  return withRun(
    'backup prune',
    options,
    { journaled: false, show: () => undefined },
    async (run, config) => {
      const { target } = run;
      const prune = async () => {
        const wayBack = (await lastDeployed(config, target.name))?.id;
        return pruneBackups(target, { dryRun, wayBack });
      };
      const pruned = dryRun ? await prune() : await withDeploymentLock(run, prune);
      for (const line of linesOf(pruned, { dryRun, json })) process.stdout.write(`${line}\n`);
      return 0;
    },
  );
}

function linesOf(
  { backups, unfinished }: Pruned,
  { dryRun, json }: { dryRun: boolean; json: boolean },
): string[] {
  if (json) {
    return [
      ...backups.map(({ id, reasons }) =>
        JSON.stringify({ type: 'backup', id, kept: reasons.length > 0, reasons, dryRun }),
      ),
      ...unfinished.map((name) => JSON.stringify({ type: 'unfinished-removed', name })),
    ];
  }
  const gone = dryRun ? 'would be removed' : 'removed';
  return [
    ...backups.map(
      ({ id, reasons }) => `${id}  ${reasons.length > 0 ? `kept: ${reasons.join(', ')}` : gone}`,
    ),
    ...unfinished.map((name) => `${name}  removed: it was begun and never ended`),
  ];
}
