import type { Connection } from '../../connection.ts';
import { DeployError } from '../../failure.ts';
import type { Target } from '../../target.ts';
import type { Backup, RestoreOptions } from '../backup.ts';
import { type ClusterCopy, clusterCopyOf, dropClusterCopy, makeCopyDirectory } from './cluster-copy.ts';
import { readStanza } from './read-stanza.ts';
import { requireLabel, requirePgbackrest } from './require-pgbackrest.ts';
import { runPgbackrest } from './run-pgbackrest.ts';
import { CopyStartError, startCopy } from './start-copy.ts';

/** How pgBackRest exits when what the repository holds is not what it once put there: checksum, format, file, set, cipher. */
const DAMAGED = new Set([26, 28, 29, 55, 75, 95]);

/** What PostgreSQL says when the archive ends, or has a hole, before the moment that was asked for. */
const TOO_SHORT = /recovery ended before configured recovery target was reached/;

/** A cluster that was restored beside the target's and runs. */
export interface RestoredCluster {
  copy: ClusterCopy;
  connection: Connection;
}

/**
 * Restores pgBackRest's backup into a new directory beside the data directory, starts a server on it and lets it replay
 * the write-ahead log up to the backup's restore point, or up to `at`. pgBackRest checks every file on the way, PostgreSQL
 * every record of the log. The copy never archives.
 * @throws {BACKUP_DAMAGED, MOMENT_UNREACHABLE}; nothing is left then.
 */
export async function restoreCluster(
  target: Target,
  backup: Backup,
  { name, where, at, signal }: RestoreOptions,
): Promise<RestoredCluster> {
  const settings = requirePgbackrest(target);
  const { label, repository, restorePoint, stanza, serverConfigFile } = requireLabel(backup);
  await assertLabel(target, backup, signal);
  const copy = clusterCopyOf(settings, name);
  await makeCopyDirectory(settings, copy);
  const moment =
    at === undefined
      ? ['--type=name', `--target=${restorePoint.name}`]
      : ['--type=time', `--target=${inPostgres(at)}`];
  try {
    await runPgbackrest(
      { ...settings, stanza },
      [
        'restore',
        `--set=${label}`,
        `--repo=${repository}`,
        `--pg1-path=${copy.dataDirectory}`,
        ...moment,
        '--target-action=promote',
        // Later ones begin where the target was swapped back, and may have nothing to do with this backup.
        `--target-timeline=${restorePoint.timeline}`,
        '--archive-mode=off',
      ],
      signal,
    );
    return {
      copy,
      connection: await startCopy(target, copy, {
        configFile: serverConfigFile,
        ephemeral: where === 'rehearsal',
        signal,
      }),
    };
  } catch (error) {
    await dropClusterCopy(target, name).catch(() => undefined);
    throw restoreFailure(error, backup, at);
  }
}

/** PostgreSQL does not read every ISO 8601 time as a target. */
function inPostgres(at: string): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '+00');
}

/** @throws {BACKUP_DAMAGED} when pgBackRest no longer has the backup, or one that it depends on. */
async function assertLabel(target: Target, backup: Backup, signal: AbortSignal | undefined): Promise<void> {
  const { label, dependsOn, repository, stanza } = requireLabel(backup);
  const { labels } = await readStanza({ ...requirePgbackrest(target), stanza }, signal);
  const there = new Set(labels.filter((each) => each.repository === repository).map((each) => each.label));
  const problems = [label, ...dependsOn]
    .filter((each) => !there.has(each))
    .map(
      (each) =>
        `pgBackRest's repository ${repository} no longer has the backup ${each}; it has expired, or was removed.`,
    );
  if (problems.length > 0) throw new DeployError({ code: 'BACKUP_DAMAGED', backup: backup.id, problems });
}

function restoreFailure(error: unknown, backup: Backup, at: string | undefined): unknown {
  const { restorePoint } = requireLabel(backup);
  const damaged = (problem: string) =>
    new DeployError({ code: 'BACKUP_DAMAGED', backup: backup.id, problems: [problem] }, { cause: error });
  if (error instanceof DeployError && error.failure.code === 'TOOL_FAILED') {
    const { exitCode, problem } = error.failure;
    return exitCode !== null && DAMAGED.has(exitCode) ? damaged(problem) : error;
  }
  if (!(error instanceof CopyStartError)) return error;
  if (!TOO_SHORT.test(error.output)) return damaged(`PostgreSQL does not start on it: ${error.output}`);
  if (at === undefined)
    return damaged(`The archive does not reach to its restore point ${restorePoint.name}: ${error.output}`);
  return new DeployError(
    {
      code: 'MOMENT_UNREACHABLE',
      backup: backup.id,
      moment: at,
      problem: `the archive of its timeline ${restorePoint.timeline} ends before.`,
      next: 'Choose an earlier moment, or a backup that was made after the target was last swapped back or promoted.',
    },
    { cause: error },
  );
}
