import type { TestProject } from 'vitest/node';
import { findServerBinDir } from './find-server-bin-dir.ts';
import { provideServer } from './provide-server.ts';
import { startTemporaryCluster } from './start-temporary-cluster.ts';

/**
 * vitest's global set-up of the project `server`: the running server of `TEST_DATABASE_URL`, or one
 * started from the binaries found. With neither, nothing is provided and the project's tests are skipped.
 */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) {
    return await provideServer(project, {
      kind: 'server',
      name: 'PostgreSQL of TEST_DATABASE_URL',
      url: given,
    });
  }

  const binDir = findServerBinDir();
  if (binDir === undefined) return undefined;
  const cluster = await startTemporaryCluster({ binDir });
  await provideServer(project, {
    kind: 'server',
    name: `PostgreSQL of ${binDir}`,
    url: cluster.url('postgres'),
    binDir,
  });
  return () => cluster.remove();
}
