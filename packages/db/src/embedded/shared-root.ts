import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from './with-file-lock.ts';

/** Where root keeps what an unprivileged cluster owner cannot reach inside a checkout. */
const sharedRoot = '/var/lib/apms';

/** The server programs, one directory a version. */
export const sharedBinaries = join(sharedRoot, 'binaries');

/** The clusters, one directory a checkout. */
export const sharedClusters = join(sharedRoot, 'clusters');

/** The file that ties a checkout's `.apms` to its directory of clusters. */
export const checkoutIdFile = 'postgres-id';

/** Runs `work`, alone on this machine, on directories that exist and that every user may pass through. */
export async function withSharedRoot<T>(work: () => Promise<T>): Promise<T> {
  for (const directory of [sharedBinaries, sharedClusters]) await mkdir(directory, { recursive: true });
  for (const directory of [sharedRoot, sharedBinaries]) await chmod(directory, 0o755);
  await chmod(sharedClusters, 0o711);
  return await withFileLock(join(sharedRoot, 'lock'), work);
}
