import { DeployError } from '../../failure.ts';
import type { Target } from '../../target.ts';
import type { Backup, RestoredDatabase, RestoreOptions } from '../backup.ts';
import { dropClusterCopy } from './cluster-copy.ts';
import { markPresent } from './mark-present.ts';
import { requireLabel } from './require-pgbackrest.ts';
import { restoreCluster } from './restore-cluster.ts';
import { swapClusters } from './swap-clusters.ts';

/**
 * Restores pgBackRest's backup as a cluster of its own beside the target's. Swapping it in replaces the whole cluster,
 * all its databases.
 */
export async function restorePgbackrest(
  target: Target,
  backup: Backup,
  options: RestoreOptions,
): Promise<RestoredDatabase> {
  const { name, at, applicationName, signal } = options;
  if (at !== undefined) {
    assertReachable(backup, at);
    await markPresent(target, { applicationName, signal });
  }
  const { copy, connection } = await restoreCluster(target, backup, options);
  let swapped = false;
  return {
    connection,
    warnings: [],
    alsoReplaces: requireLabel(backup).otherDatabases,
    async swapIn(wanted, begin) {
      const result = await swapClusters(target, copy, { wanted, begin, applicationName });
      swapped = true;
      return result;
    },
    async keep() {
      const { directory, dataDirectory } = copy;
      const { host, port, database, user } = connection;
      return [
        `a server of its own on ${host}:${port}, database "${database}" and the cluster's others,`,
        `users and passwords as in the target (psql -h ${host} -p ${port} -U ${user} ${database}). It does not archive.`,
        `It runs until you stop it: kill -INT $(head -1 ${dataDirectory}/postmaster.pid); then remove ${directory}`,
      ].join(' ');
    },
    async drop() {
      if (!swapped) await dropClusterCopy(target, name);
    },
  };
}

/** @throws {MOMENT_UNREACHABLE} before anything is restored, where the moment cannot be in the backup or the archive. */
function assertReachable(backup: Backup, at: string): void {
  const { restorePoint } = requireLabel(backup);
  const unreachable = (problem: string, next: string) =>
    new DeployError({ code: 'MOMENT_UNREACHABLE', backup: backup.id, moment: at, problem, next });
  if (Date.parse(at) < Date.parse(restorePoint.at)) {
    throw unreachable(
      `it was made at ${restorePoint.at}, and a backup leads only forwards.`,
      'Choose an older one from pnpm backup:list.',
    );
  }
  if (Date.parse(at) > Date.now()) throw unreachable('that is yet to come.', 'Choose an earlier moment.');
}
