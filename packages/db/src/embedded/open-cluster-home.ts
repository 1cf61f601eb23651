import { chmod, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { claimSharedDirectory } from './claim-shared-directory.ts';
import { type ClusterHome, clusterHomeAt } from './cluster-home.ts';
import { clusterOwner } from './cluster-owner.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { isReachable } from './is-reachable.ts';

const repositoryRoot = resolve(import.meta.dirname, '../../../..');

/**
 * Finds, and makes when needed, the directory of an embedded server: below `.apms/postgres` in the
 * checkout or, where the cluster's owner cannot reach that, in a directory outside that is the checkout's own.
 * @throws {DIRECTORY_UNUSABLE}
 */
export async function openClusterHome(name: string, rootDir: string = repositoryRoot): Promise<ClusterHome> {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) {
    const sentence = `"${name}" is no name for an embedded server: use lower-case letters, digits and hyphens.`;
    throw new EmbeddedServerError(sentence, { code: 'DIRECTORY_UNUSABLE', path: rootDir });
  }
  const stateDir = resolve(rootDir, '.apms');
  try {
    await mkdir(stateDir, { recursive: true });
    const isInside = await isReachable(rootDir, clusterOwner());
    const parent = isInside ? join(stateDir, 'postgres') : await claimSharedDirectory(stateDir);
    const directory = join(parent, name);
    await mkdir(directory, { recursive: true });
    // Whatever the umask was: the cluster's owner has to pass through.
    if (clusterOwner() !== undefined)
      for (const path of [stateDir, parent, directory]) await chmod(path, 0o711);
    return clusterHomeAt(directory);
  } catch (cause) {
    if (cause instanceof EmbeddedServerError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const sentence = `The embedded PostgreSQL cannot keep its files below ${stateDir}: ${reason}.`;
    throw new EmbeddedServerError(sentence, { code: 'DIRECTORY_UNUSABLE', path: stateDir }, { cause });
  }
}
