import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { onExit } from 'signal-exit';
import type { ClusterHome } from './cluster-home.ts';
import { embeddedMajorVersion } from './embedded-bin-dir.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { ensurePassword } from './ensure-password.ts';
import { clusterUser } from './init-cluster.ts';
import { addLease } from './leases.ts';
import { openClusterHome } from './open-cluster-home.ts';
import { prepareDataDirectory } from './prepare-data-directory.ts';
import { completeReplacement } from './replace-data-directory.ts';
import { ensureRunning, ensureStopped, isUnused, stopAfterExit } from './server-process.ts';
import { withFileLock, withFileLockSync } from './with-file-lock.ts';

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
  return await asServerError(home, () =>
    withFileLock(home.lockFile, async () => {
      await completeReplacement(home);
      await prepareDataDirectory(home);
      const port = await ensureRunning(home);
      if (isUnused(home)) await ensurePassword(home, port);
      if (persistent) writeFileSync(home.persistentMark, '');
      return describeServer(name, home, port);
    }),
  );
}

function describeServer(name: string, home: ClusterHome, port: number): EmbeddedServer {
  const password = readFileSync(home.passwordFile, 'utf8');
  const login = `${clusterUser}:${encodeURIComponent(password)}`;
  return {
    name,
    dataDir: home.dataDir,
    host: '127.0.0.1',
    port,
    user: clusterUser,
    password,
    majorVersion: embeddedMajorVersion,
    url: (database) => `postgresql://${login}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    release: share(home),
  };
}

/** Ends the persistence of a server, which then stops as soon as nobody uses it: now, or with its last user. */
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

/** What the file system refuses on the way becomes the one kind of error that callers know. */
async function asServerError<T>(home: ClusterHome, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof EmbeddedServerError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const sentence = `The embedded PostgreSQL in ${home.directory} cannot be used: ${reason}.`;
    throw new EmbeddedServerError(sentence, { code: 'DIRECTORY_UNUSABLE', path: home.directory }, { cause });
  }
}
