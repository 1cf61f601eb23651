import { listBackups } from '../backup/catalogue.ts';
import { readLease } from '../backup/lease.ts';
import type { BackupStore } from '../backup/store/backup-store.ts';
import { findUnfinishedRuns } from '../recovery/find-runs.ts';
import { type DoctorFinding, ok, problem, warning } from './finding.ts';

/** What earlier runs have left: one that still goes on, those that were killed, and the backups. */
export async function checkRuns(
  target: string,
  stateDirectory: string,
  store: BackupStore,
): Promise<DoctorFinding[]> {
  const lease = await readLease(store, target);
  const running =
    lease === undefined
      ? ok('lock', 'no deployment runs')
      : warning(
          'lock',
          `Deployment ${lease.deployment} of ${lease.user}@${lease.host} (pid ${lease.pid}) runs since ${lease.since}.`,
          'Until it has ended, another one is refused (exit 5).',
          `deploy status --env ${target}`,
        );
  const interrupted = await interruptedRuns(target, stateDirectory);
  return [running, ...interrupted, await checkBackups(target, store)];
}

async function interruptedRuns(target: string, stateDirectory: string): Promise<DoctorFinding[]> {
  const runs = await findUnfinishedRuns({ stateDirectory }, target);
  return runs.map(({ state: { id, command, during, lastEntryAt } }) =>
    problem(
      'interrupted run',
      `The ${command} ${id} was killed${during === undefined ? '' : ` in ${during}`}, at ${lastEntryAt.toISOString()}.`,
      'It may have left a scratch database, a half-made change, or clients that cannot write.',
      `deploy recover --env ${target}`,
    ),
  );
}

async function checkBackups(target: string, store: BackupStore): Promise<DoctorFinding> {
  const newest = (await listBackups(store, target)).findLast(({ usable }) => usable);
  if (newest?.usable !== true) return ok('backups', 'none yet');
  const { createdAt } = newest.manifest;
  if (newest.verifiedAt !== null) return ok('backups', `the newest is ${newest.id}, restored and compared`);
  return warning(
    'backups',
    `The newest, ${newest.id} of ${createdAt}, has never been restored.`,
    'A backup is proven only once it has been restored and compared.',
    `deploy backup verify --env ${target}`,
  );
}
