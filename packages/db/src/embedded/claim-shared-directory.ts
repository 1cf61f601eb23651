import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, link, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterHomeAt } from './cluster-home.ts';
import { pruneLeases } from './leases.ts';
import { sharedRoot } from './shared-root.ts';
import { stopCluster } from './stop-cluster.ts';
import { withFileLock } from './with-file-lock.ts';

const parent = join(sharedRoot, 'clusters');
const idFileName = 'postgres-id';

/**
 * Gives the checkout with this state directory a directory of its own outside, tied to a random id that
 * the state directory keeps: a fresh clone at the same path, or a copy of the checkout, gets another.
 * Directories whose checkout is gone are removed.
 */
export async function claimSharedDirectory(stateDir: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  await chmod(sharedRoot, 0o755);
  await chmod(parent, 0o711);
  return await withFileLock(join(sharedRoot, 'lock'), async () => {
    const directory = claimed(stateDir) ?? (await claim(stateDir));
    for (const id of await readdir(parent)) if (isAbandoned(id)) await removeClusters(join(parent, id));
    return directory;
  });
}

function claimed(stateDir: string): string | undefined {
  const idFile = join(stateDir, idFileName);
  if (!existsSync(idFile)) return undefined;
  const directory = join(parent, readFileSync(idFile, 'utf8'));
  const linked = join(directory, idFileName);
  if (!existsSync(linked)) return checkoutOf(directory) === stateDir ? directory : undefined;
  return statSync(linked).ino === statSync(idFile).ino ? directory : undefined;
}

async function claim(stateDir: string): Promise<string> {
  const id = randomUUID();
  const directory = join(parent, id);
  const idFile = join(stateDir, idFileName);
  await rm(idFile, { force: true });
  await writeFile(idFile, id);
  await mkdir(directory);
  await writeFile(join(directory, 'checkout'), stateDir);
  // A second link to the id tells a checkout that was moved from one that was removed; not every pair of places allows it.
  await link(idFile, join(directory, idFileName)).catch(() => undefined);
  return directory;
}

function isAbandoned(id: string): boolean {
  const directory = join(parent, id);
  const linked = join(directory, idFileName);
  if (existsSync(linked)) return statSync(linked).nlink === 1;
  const idFile = join(checkoutOf(directory) ?? '/', idFileName);
  return !existsSync(idFile) || readFileSync(idFile, 'utf8') !== id;
}

function checkoutOf(directory: string): string | undefined {
  const file = join(directory, 'checkout');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function removeClusters(directory: string): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true });
  const homes = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => clusterHomeAt(join(directory, name)));
  if (homes.some((home) => pruneLeases(home.leases) > 0)) return;
  for (const home of homes) await stopCluster(home.dataDir, 'immediate');
  await rm(directory, { recursive: true, force: true });
}
