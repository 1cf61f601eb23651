import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterHome } from './cluster-home.ts';
import { embeddedMajorVersion } from './embedded-bin-dir.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { writeNewPassword } from './ensure-password.ts';
import { initCluster } from './init-cluster.ts';

const unfinishedPrefix = 'unfinished-';

/**
 * Makes the cluster of a home unless it is there already. The data directory appears with one rename,
 * so that being killed on the way leaves nothing that looks like a cluster.
 * @throws {VERSION_MISMATCH} when an existing one belongs to another major version
 */
export async function prepareDataDirectory(home: ClusterHome): Promise<void> {
  if (existsSync(home.dataDir)) {
    assertVersion(home.dataDir);
    return;
  }
  const entries = await readdir(home.directory);
  for (const entry of entries.filter((name) => name.startsWith(unfinishedPrefix))) {
    await rm(join(home.directory, entry), { recursive: true, force: true, maxRetries: 5 });
  }
  const unfinished = join(home.directory, `${unfinishedPrefix}${randomBytes(4).toString('hex')}`);
  await initCluster(unfinished, { password: await writeNewPassword(home) });
  await rename(unfinished, home.dataDir);
}

function assertVersion(dataDir: string): void {
  const version = Number(readFileSync(join(dataDir, 'PG_VERSION'), 'utf8'));
  if (version === embeddedMajorVersion) return;
  throw new EmbeddedServerError(
    `${dataDir} holds a cluster of PostgreSQL ${version}, but the embedded server is PostgreSQL ${embeddedMajorVersion}. ` +
      'Move the directory away to begin with an empty one, and restore a dump into it.',
    { code: 'VERSION_MISMATCH', path: dataDir },
  );
}
