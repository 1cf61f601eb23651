import { existsSync, readFileSync } from 'node:fs';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type ClusterHome, clusterHomeAt } from './cluster-home.ts';
import { ownerOfCluster } from './cluster-owner.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { ensurePassword } from './ensure-password.ts';
import { giveToClusterOwner } from './give-to-cluster-owner.ts';
import { ensureRunning, ensureStopped } from './server-process.ts';
import { withFileLock } from './with-file-lock.ts';

/** The directories of a replacement; all on the file system of the server's own. */
export interface DataDirectoryReplacement {
  /** A stopped cluster of the same major version that becomes the server's. */
  readonly with: string;
  /** Where the present data directory goes; must not exist yet. */
  readonly keepOldAs: string;
}

/**
 * Exchanges the data directory of a server in use: stops it fast, swaps by two renames, starts it on the
 * same port and with the same password, so that every holder's URL stays good. When the new cluster does
 * not start, the old one is put back. When this process is killed on the way, the next one that acquires
 * the server completes the exchange.
 * @throws {REPLACE_FAILED} with the server on its old data
 */
export async function replaceDataDirectory(
  server: EmbeddedServer,
  replacement: DataDirectoryReplacement,
): Promise<void> {
  const home = clusterHomeAt(dirname(server.dataDir));
  const swap: Swap = { incoming: resolve(replacement.with), outgoing: resolve(replacement.keepOldAs) };
  await withFileLock(home.lockFile, async () => {
    await completeReplacement(home);
    await assertReplaceable(home, swap);
    await giveToClusterOwner(swap.incoming, ownerOfCluster(home.dataDir));
    await writeFile(home.replacementMark, JSON.stringify([swap.incoming, swap.outgoing]), { flush: true });
    await completeReplacement(home, server.port);
  });
}

/** Carries out the replacement that the home's mark describes, from wherever it stands. The caller holds the home's lock. */
export async function completeReplacement(home: ClusterHome, port?: number): Promise<void> {
  const swap = readMark(home);
  if (swap === undefined) return;
  const { incoming, outgoing } = swap;
  try {
    if (existsSync(incoming)) {
      await ensureStopped(home);
      if (!existsSync(outgoing)) await rename(home.dataDir, outgoing);
      await rename(incoming, home.dataDir);
      await syncParents(home.dataDir, incoming, outgoing);
    }
    await ensurePassword(home, await ensureRunning(home, port));
  } catch (cause) {
    if (existsSync(outgoing)) {
      await ensureStopped(home);
      if (existsSync(home.dataDir)) await rename(home.dataDir, incoming);
      await rename(outgoing, home.dataDir);
    }
    await rm(home.replacementMark);
    await ensureRunning(home, port);
    const sentence = `The server could not be moved to the data directory ${incoming}; it is on its old one again.`;
    throw new EmbeddedServerError(sentence, { code: 'REPLACE_FAILED', path: incoming }, { cause });
  }
  await rm(home.replacementMark);
}

interface Swap {
  readonly incoming: string;
  readonly outgoing: string;
}

function readMark(home: ClusterHome): Swap | undefined {
  if (!existsSync(home.replacementMark)) return undefined;
  const mark: unknown = JSON.parse(readFileSync(home.replacementMark, 'utf8'));
  const [incoming, outgoing] = Array.isArray(mark) ? mark.map(String) : [];
  return incoming === undefined || outgoing === undefined ? undefined : { incoming, outgoing };
}

async function assertReplaceable(home: ClusterHome, { incoming, outgoing }: Swap): Promise<void> {
  const refuse = (sentence: string) => {
    throw new EmbeddedServerError(sentence, { code: 'REPLACE_FAILED', path: home.dataDir });
  };
  if (!existsSync(versionFile(incoming))) refuse(`${incoming} is not a PostgreSQL data directory.`);
  if (existsSync(join(incoming, 'postmaster.pid')))
    refuse(`A server runs on ${incoming}, or was killed there.`);
  const [oldVersion, newVersion] = [home.dataDir, incoming].map((dataDir) =>
    readFileSync(versionFile(dataDir), 'utf8'),
  );
  if (oldVersion !== newVersion) refuse(`${incoming} is a cluster of another major version of PostgreSQL.`);
  if (existsSync(outgoing))
    refuse(`${outgoing} exists already; the old data directory cannot be kept there.`);
  const devices = await Promise.all(
    [home.dataDir, incoming, dirname(outgoing)].map(async (path) => (await stat(path)).dev),
  );
  if (new Set(devices).size > 1) refuse('A data directory can be replaced only within one file system.');
}

function versionFile(dataDir: string): string {
  return join(dataDir, 'PG_VERSION');
}

/** Renames survive a loss of power only when the directories that hold the names are written out. */
async function syncParents(...paths: string[]): Promise<void> {
  for (const parent of new Set(paths.map((path) => dirname(path)))) {
    await using directory = await open(parent, 'r');
    await directory.sync();
  }
}
