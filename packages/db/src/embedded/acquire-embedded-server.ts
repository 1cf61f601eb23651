import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { onExit } from 'signal-exit';
import type { ClusterHome } from './cluster-home.ts';
import { embeddedMajorVersion } from './embedded-bin-dir.ts';
import { clusterUser } from './init-cluster.ts';
import { addLease } from './leases.ts';
import { openClusterHome } from './open-cluster-home.ts';
import { prepareDataDirectory } from './prepare-data-directory.ts';
import { recoverReplacement } from './replace-data-directory.ts';
import { ensureRunning, ensureStopped, isUnused, stopAfterExit } from './server-process.ts';
import { withFileLock, withFileLockSync } from './with-file-lock.ts';

/** A running embedded server that this process has a share in. */
export interface EmbeddedServer {
  readonly name: string;
  readonly dataDir: string;
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly majorVersion: number;
  /** The connection string of one of its databases, password included. */
  url(database: string): string;
  /** Gives up this process's use; the server stops when nobody uses it any more. Idempotent. */
  release(): Promise<void>;
}

/** Which server {@link acquireEmbeddedServer} gives. */
export interface AcquireOptions {
  /** Servers of different names have nothing in common. */
  readonly name: string;
  /** The checkout in whose `.apms` the data lies; this one when absent. */
  readonly rootDir?: string;
  /** Leaves the server running after its last user has gone. */
  readonly persistent?: boolean;
}

/**
 * Gives a share in the embedded server of that name, made and started when need be. Any number of
 * processes may share one; it runs as long as one of them lives and has not released it.
 * @throws {EmbeddedServerError}
 */
export async function acquireEmbeddedServer(options: AcquireOptions): Promise<EmbeddedServer> {
  const { name, rootDir, persistent = false } = options;
  const home = await openClusterHome(name, rootDir);
  return await withFileLock(home.lockFile, async () => {
    await recoverReplacement(home);
    await prepareDataDirectory(home);
    const port = await ensureRunning(home);
    if (persistent) writeFileSync(home.persistentMark, '');
    const password = readFileSync(home.passwordFile, 'utf8');
    return {
      name,
      dataDir: home.dataDir,
      host: '127.0.0.1',
      port,
      user: clusterUser,
      password,
      majorVersion: embeddedMajorVersion,
      url: (database) =>
        `postgresql://${clusterUser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
      release: share(home),
    };
  });
}

/** Stops a server that was marked persistent, once nobody uses it. */
export async function stopEmbeddedServer({
  name,
  rootDir,
}: Omit<AcquireOptions, 'persistent'>): Promise<void> {
  const home = await openClusterHome(name, rootDir);
  await withFileLock(home.lockFile, async () => {
    rmSync(home.persistentMark, { force: true });
    if (isUnused(home)) await ensureStopped(home);
  });
}

/** Takes a lease that ends with the returned function, or else with the process. */
function share(home: ClusterHome): () => Promise<void> {
  const lease = addLease(home.leases);
  const forgetExit = onExit(() => {
    try {
      withFileLockSync(home.lockFile, () => {
        rmSync(lease, { force: true });
        if (isUnused(home)) stopAfterExit(home);
      });
    } catch {
      // The next user finds the lease of a dead process and deals with it.
    }
  });
  let released: Promise<void> | undefined;
  return () => {
    forgetExit();
    released ??= withFileLock(home.lockFile, async () => {
      rmSync(lease, { force: true });
      if (isUnused(home)) await ensureStopped(home);
    });
    return released;
  };
}
