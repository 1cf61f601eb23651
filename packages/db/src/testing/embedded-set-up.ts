import type { TestProject } from 'vitest/node';
import { embeddedMajorVersion } from '../embedded/index.ts';
import { provideServer } from './provide-server.ts';
import { startTemporaryCluster } from './start-temporary-cluster.ts';

/** vitest's global set-up of the project `embedded`: one embedded server for the run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTemporaryCluster();
  const name = `embedded PostgreSQL ${embeddedMajorVersion}`;
  await provideServer(project, { kind: 'embedded', name, url: cluster.url('postgres') });
  return () => cluster.remove();
}
