import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { clusterOwner } from '../embedded/index.ts';
import { isReachable } from '../embedded/is-reachable.ts';

const roomInMemoryBytes = 4_000_000_000;

/**
 * Where tests put their clusters, within reach of the clusters' owner: in memory where there is plenty
 * (making a database is making some 300 files), else in the temporary directory.
 */
export async function temporaryRoot(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => undefined);
  if (memory !== undefined && memory.bavail * memory.bsize > roomInMemoryBytes) return '/dev/shm';
  return (await isReachable(tmpdir(), clusterOwner())) ? tmpdir() : '/tmp';
}
