import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onExit } from 'signal-exit';
import { initCluster, startCluster, stopCluster } from '../embedded/index.ts';
import { isProcessAlive, processIdentity } from '../embedded/process-identity.ts';
import { requestStop } from '../embedded/stop-cluster.ts';
import { temporaryRoot } from './temporary-root.ts';

/** A server of its own that lives as long as some tests. */
export interface TemporaryCluster {
  readonly dataDir: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  url(database: string): string;
  /** Stops the server and removes its files. */
  remove(): Promise<void>;
}

const namePrefix = 'apms-test-';
const namePattern = /^apms-test-(\d+-\w+)\./;

/** Speed instead of safety: nobody misses these data after a crash. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' };

/**
 * Makes and starts a cluster in a temporary directory, with the embedded programs or those of `binDir`.
 * Its server ends with this process at the latest or, if that is killed, with the next call of this; so do its files.
 */
export async function startTemporaryCluster(options: { binDir?: string } = {}): Promise<TemporaryCluster> {
  const root = await temporaryRoot();
  await removeLeftovers(root);
  const directory = await mkdtemp(join(root, `${namePrefix}${processIdentity(process.pid)}.`));
  const dataDir = join(directory, 'data');
  const forgetExit = onExit(() => void requestStop(dataDir, 'immediate'));
  const remove = async () => {
    forgetExit();
    await removeCluster(directory);
  };
  try {
    await chmod(directory, 0o711);
    const { user, password } = await initCluster(dataDir, { ...options, settings });
    const { port } = await startCluster(dataDir, options);
    const login = `${user}:${password}`;
    const url = (database: string) =>
      `postgresql://${login}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
    return { dataDir, port, user, password, url, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function removeLeftovers(root: string): Promise<void> {
  for (const entry of await readdir(root)) {
    const owner = namePattern.exec(entry)?.[1];
    if (owner === undefined || isProcessAlive(owner)) continue;
    // It may be another user's, or another process may be removing it at this moment.
    await removeCluster(join(root, entry)).catch(() => undefined);
  }
}

async function removeCluster(directory: string): Promise<void> {
  await stopCluster(join(directory, 'data'), 'immediate');
  await rm(directory, { recursive: true, force: true });
}
