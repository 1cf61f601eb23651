import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterHomeAt } from './cluster-home.ts';
import { pruneLeases } from './leases.ts';
import { checkoutIdFile, sharedClusters } from './shared-root.ts';
import { stopCluster } from './stop-cluster.ts';

/** Removes what lies outside of checkouts that are gone, unless a process still uses it. The caller holds the shared lock. */
export async function removeAbandonedClusters(): Promise<void> {
  for (const id of await readdir(sharedClusters))
    if (isAbandoned(id)) await removeClusters(join(sharedClusters, id));
}

function isAbandoned(id: string): boolean {
  const directory = join(sharedClusters, id);
  const linked = join(directory, checkoutIdFile);
  if (existsSync(linked)) return statSync(linked).nlink === 1;
  const checkout = readFileSync(join(directory, 'checkout'), 'utf8');
  const idFile = join(checkout, checkoutIdFile);
  return !existsSync(idFile) || readFileSync(idFile, 'utf8') !== id;
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
