import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stopCluster } from '@apms/db/embedded';
import type { PgbackrestSettings } from '../../config.ts';
import { DeployError } from '../../failure.ts';
import { SCRATCH_PREFIX } from '../../scratch.ts';
import type { Target } from '../../target.ts';
import { requirePgbackrest } from './require-pgbackrest.ts';
import { ownerOf } from './run-pgbackrest.ts';

/** The paths of a restored copy of a cluster: all in one directory beside the original's, within reach of a rename. */
export interface ClusterCopy {
  readonly directory: string;
  readonly dataDirectory: string;
  readonly hbaFile: string;
  readonly logFile: string;
  /** Describes a swap that is under way. */
  readonly swapMark: string;
}

export function clusterCopyOf({ dataDirectory }: PgbackrestSettings, name: string): ClusterCopy {
  const directory = join(dirname(dataDirectory), name);
  return {
    directory,
    dataDirectory: join(directory, 'data'),
    hbaFile: join(directory, 'pg_hba.conf'),
    logFile: join(directory, 'server.log'),
    swapMark: join(directory, 'swap.json'),
  };
}

/** Makes a copy's directory, empty. @throws {USAGE_INVALID} when there is one of that name. */
export async function makeCopyDirectory(settings: PgbackrestSettings, copy: ClusterCopy): Promise<void> {
  if (existsSync(copy.directory)) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `${copy.directory} exists already.`,
      next: 'Remove it if nobody needs it, or choose another name with --as.',
    });
  }
  const owner = ownerOf(settings);
  await mkdir(copy.directory, { mode: 0o700 });
  if (owner !== undefined) await chown(copy.directory, owner.uid, owner.gid);
}

/** The restored copies of runs beside the target's data directory. */
export async function listClusterCopies(target: Target): Promise<string[]> {
  const home = dirname(requirePgbackrest(target).dataDirectory);
  const entries = await readdir(home, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(SCRATCH_PREFIX))
    .map(({ name }) => name);
}

/** Stops the server of a restored copy, if it runs, and removes its files; not of one whose swap is yet to be settled. */
export async function dropClusterCopy(target: Target, name: string): Promise<void> {
  const { directory, dataDirectory, swapMark } = clusterCopyOf(requirePgbackrest(target), name);
  if (existsSync(swapMark)) return;
  if (existsSync(dataDirectory)) await stopCluster(dataDirectory, 'immediate');
  await rm(directory, { recursive: true, force: true });
}
