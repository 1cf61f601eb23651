import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterOwner, initCluster, startCluster, stopCluster } from '../embedded/index.ts';
import { isReachable } from '../embedded/is-reachable.ts';

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

/** Speed instead of safety: nobody misses these data after a crash. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' };

/** Makes and starts a cluster in a temporary directory, with the embedded programs or those of `binDir`. */
export async function startTemporaryCluster(options: { binDir?: string } = {}): Promise<TemporaryCluster> {
  const directory = await mkdtemp(join(await temporaryRoot(), 'apms-test-'));
  await chmod(directory, 0o711);
  const dataDir = join(directory, 'data');
  const remove = async () => {
    await stopCluster(dataDir, 'immediate');
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const { user, password } = await initCluster(dataDir, { ...options, settings });
    const { port } = await startCluster(dataDir, options);
    const url = (database: string) =>
      `postgresql://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
    return { dataDir, port, user, password, url, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function temporaryRoot(): Promise<string> {
  return (await isReachable(tmpdir(), clusterOwner())) ? tmpdir() : '/tmp';
}
