import { existsSync } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { EmbeddedServer } from './acquire-embedded-server.ts';
import { type ClusterHome, clusterHomeAt } from './cluster-home.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { ensureRunning, ensureStopped } from './server-process.ts';
import { withFileLock } from './with-file-lock.ts';

/** The directories of a replacement; all on the file system of the server's own. */
export interface DataDirectoryReplacement {
  /** A stopped cluster that becomes the server's; its password must be the server's. */
  readonly with: string;
  /** Where the present data directory goes; must not exist yet. */
  readonly keepOldAs: string;
}

/**
 * Exchanges the data directory of a server in use: stops it fast, swaps by two renames, starts it on
 * the same port, so that every holder's URL stays good. When the new cluster does not start, the old one
 * is put back. When killed on the way, the next user of the server completes the swap.
 * @throws {REPLACE_FAILED} with the server running on its old data
 */
export async function replaceDataDirectory(server: EmbeddedServer, replacement: DataDirectoryReplacement) {
  const home = clusterHomeAt(dirname(server.dataDir));
  const incoming = resolve(replacement.with);
  const outgoing = resolve(replacement.keepOldAs);
  await withFileLock(home.lockFile, async () => {
    await recoverReplacement(home);
    await assertReplaceable(home, incoming, outgoing);
    await ensureStopped(home);
    await writeFile(home.replacementMark, JSON.stringify({ incoming, outgoing }), { flush: true });
    await swap(home.dataDir, outgoing, incoming);
    try {
      await ensureRunning(home, server.port);
    } catch (cause) {
      await swap(home.dataDir, incoming, outgoing);
      await rm(home.replacementMark);
      await ensureRunning(home, server.port);
      const sentence = `The new data directory could not be started; ${home.dataDir} is the old one again.`;
      throw new EmbeddedServerError(sentence, { code: 'REPLACE_FAILED', path: incoming }, { cause });
    }
    await rm(home.replacementMark);
  });
}

/** Completes a replacement whose process was killed between the two renames. The caller holds the home's lock. */
export async function recoverReplacement(home: ClusterHome): Promise<void> {
  if (!existsSync(home.replacementMark)) return;
  const replacement: unknown = JSON.parse(await readFile(home.replacementMark, 'utf8'));
  const isComplete = typeof replacement === 'object' && replacement !== null && 'incoming' in replacement;
  if (isComplete && !existsSync(home.dataDir)) await rename(String(replacement.incoming), home.dataDir);
  await rm(home.replacementMark);
}

async function swap(dataDir: string, outgoing: string, incoming: string): Promise<void> {
  await rename(dataDir, outgoing);
  await rename(incoming, dataDir);
  for (const parent of new Set([dataDir, outgoing, incoming].map((path) => dirname(path)))) {
    await using directory = await open(parent, 'r');
    await directory.sync();
  }
}

async function assertReplaceable(home: ClusterHome, incoming: string, outgoing: string): Promise<void> {
  const refuse = (sentence: string) => {
    throw new EmbeddedServerError(sentence, { code: 'REPLACE_FAILED', path: home.dataDir });
  };
  if (!existsSync(`${incoming}/PG_VERSION`)) refuse(`${incoming} is not a PostgreSQL data directory.`);
  if (existsSync(outgoing))
    refuse(`${outgoing} exists already; the old data directory cannot be kept there.`);
  const devices = await Promise.all(
    [home.dataDir, incoming, dirname(outgoing)].map(async (path) => (await stat(path)).dev),
  );
  if (new Set(devices).size > 1) refuse('A data directory can be replaced only within one file system.');
}
