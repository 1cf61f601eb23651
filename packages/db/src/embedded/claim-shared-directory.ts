import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeAbandonedClusters } from './remove-abandoned-clusters.ts';
import { checkoutIdFile, sharedClusters, withSharedRoot } from './shared-root.ts';

/**
 * Gives the checkout with this state directory a directory of its own outside, tied to a random id that
 * the state directory keeps: a fresh clone at the same path, or a copy of the checkout, gets another.
 * What belonged to checkouts that are gone is removed.
 */
export function claimSharedDirectory(stateDir: string): Promise<string> {
  return withSharedRoot(async () => {
    const directory = claimed(stateDir) ?? (await claim(stateDir));
    await removeAbandonedClusters();
    return directory;
  });
}

function claimed(stateDir: string): string | undefined {
  const idFile = join(stateDir, checkoutIdFile);
  if (!existsSync(idFile)) return undefined;
  const directory = join(sharedClusters, readFileSync(idFile, 'utf8'));
  if (!existsSync(directory)) return undefined;
  const linked = join(directory, checkoutIdFile);
  const isOurs = existsSync(linked)
    ? statSync(linked).ino === statSync(idFile).ino
    : readFileSync(join(directory, 'checkout'), 'utf8') === stateDir;
  return isOurs ? directory : undefined;
}

async function claim(stateDir: string): Promise<string> {
  const id = randomUUID();
  const idFile = join(stateDir, checkoutIdFile);
  const directory = join(sharedClusters, id);
  const unfinished = join(sharedClusters, '..', 'unfinished-claim');
  await rm(unfinished, { recursive: true, force: true });
  await rm(idFile, { force: true });
  await writeFile(idFile, id);
  await mkdir(unfinished);
  await writeFile(join(unfinished, 'checkout'), stateDir);
  // A second link to the id, where the file systems allow it, tells a checkout that was moved from one that was removed.
  await link(idFile, join(unfinished, checkoutIdFile)).catch(() => undefined);
  await rename(unfinished, directory);
  return directory;
}
