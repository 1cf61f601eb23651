import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { replaceDataDirectory, startCluster, stopCluster } from '@apms/db/embedded';
import { SCRATCH_PREFIX } from '../../scratch.ts';
import type { Target } from '../../target.ts';
import type { Backup, Quarantined, RestoredDatabase, RestoreOptions, UnsettledSwap } from '../backup.ts';
import { freeDirectoryName } from '../free-directory-name.ts';
import { extractCluster } from './extract-cluster.ts';
import { requireEmbedded } from './require-embedded.ts';

/** A copy to try things on is not missed after a crash. */
const COPY = { settings: { fsync: 'off', full_page_writes: 'off' } };

/** Unpacks a snapshot beside the embedded server's data directory and starts a second server on it. */
export async function restoreSnapshot(
  target: Target,
  backup: Backup,
  options: RestoreOptions,
): Promise<RestoredDatabase> {
  const embedded = requireEmbedded(target, backup.id);
  const { name, where } = options;
  const home = dirname(embedded.dataDir);
  const dataDir = join(home, name);
  let swapped = false;
  const drop = async () => {
    if (!swapped) await dropSnapshot(target, name);
  };
  await mkdir(dataDir, { mode: 0o700 });
  try {
    await extractCluster(backup, dataDir, options);
    const { port } = await startCluster(dataDir, where === 'target' ? {} : COPY);
    return {
      connection: { ...target.connection, port },
      warnings: [],
      alsoReplaces: [],
      async swapIn(wanted, begin) {
        await stopCluster(dataDir, 'fast');
        const quarantine = freeDirectoryName(home, wanted);
        begin(quarantine);
        const startedAt = performance.now();
        const failed = join(home, quarantine);
        await replaceDataDirectory(embedded, { with: dataDir, keepOldAs: failed });
        swapped = true;
        const lockedMs = performance.now() - startedAt;
        // From now on the server writes to its own.
        await rm(logOf(dataDir), { force: true });
        return {
          quarantine,
          lockedMs,
          withQuarantined: (use) =>
            withCluster(failed, (quarantinePort) => use({ ...target.connection, port: quarantinePort })),
        };
      },
      keep: async () =>
        [
          `a server of its own on ${embedded.host}:${port}, database "${target.connection.database}",`,
          `user ${embedded.user} (password in ${join(home, 'password')}).`,
          `It runs until you stop it: kill -INT $(head -1 ${dataDir}/postmaster.pid); then remove ${dataDir}`,
        ].join(' '),
      drop,
    };
  } catch (error) {
    await drop().catch(() => undefined);
    throw error;
  }
}

/** Runs a server on a data directory while `use` needs it. */
async function withCluster<T>(dataDir: string, use: (port: number) => Promise<T>): Promise<T> {
  const { port } = await startCluster(dataDir);
  try {
    return await use(port);
  } finally {
    await stopCluster(dataDir, 'fast');
    await rm(logOf(dataDir), { force: true });
  }
}

/** Where {@link startCluster} has a server log. */
function logOf(dataDir: string): string {
  return `${dataDir}.log`;
}

/**
 * How an exchange of data directories ended whose process was killed. Whoever acquires the embedded server completes one
 * that was begun, so that it has come to pass or was never begun.
 */
export async function settleSnapshotSwap(
  target: Target,
  { restored, quarantine }: UnsettledSwap,
): Promise<Quarantined | undefined> {
  const home = homeOf(target);
  const failed = join(home, quarantine);
  if (!existsSync(failed) || existsSync(join(home, restored))) return undefined;
  return {
    quarantine,
    withQuarantined: (use) => withCluster(failed, (port) => use({ ...target.connection, port })),
  };
}

/** The restored snapshots beside the embedded server's data directory, also those of which only the log is left. */
export async function listSnapshots(target: Target): Promise<string[]> {
  const files = await readdir(homeOf(target));
  const names = files.filter((name) => name.startsWith(SCRATCH_PREFIX)).map((name) => basename(name, '.log'));
  return [...new Set(names)];
}

/** Stops the server of a restored snapshot, if it runs, and removes its files. */
export async function dropSnapshot(target: Target, name: string): Promise<void> {
  const dataDir = join(homeOf(target), name);
  if (existsSync(dataDir)) await stopCluster(dataDir, 'immediate');
  await rm(dataDir, { recursive: true, force: true });
  await rm(logOf(dataDir), { force: true });
}

function homeOf(target: Target): string {
  return dirname(requireEmbedded(target, 'of this target').dataDir);
}
