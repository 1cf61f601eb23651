import { Readable } from 'node:stream';
import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import type { Target } from '../target.ts';
import type { Backup, CreateOptions } from './backup.ts';
import { backupError } from './backup-error.ts';
import { beginBackup, completeBackup, locationOf, markUnusable } from './catalogue.ts';
import { driverFor, driverNameOf } from './drivers.ts';
import type { Encryption } from './encryption.ts';
import { encryptionFor } from './encryption-for.ts';
import { homeOf } from './home-of.ts';
import type { Manifest } from './manifest.ts';
import { CONTENTS_FILE } from './open-backup.ts';
import { packFile } from './pack-file.ts';

/**
 * Makes a backup of the target as of one moment: files with their checksums, and a manifest of what is in them.
 * Clients go on working. A backup that fails leaves the reason in its place.
 * @throws {BACKUP_BLOCKED, PRIVILEGE_MISSING, TOOL_FAILED, DISK_FULL, CONNECTION_LOST, STORE_LOST, CANCELLED}
 */
export async function createBackup(target: Target, options: CreateOptions): Promise<Backup> {
  const { store } = target;
  const backup = { target: target.name, id: options.id };
  const explained = (error: unknown) =>
    backupError(error, {
      during: 'backup',
      target: target.name,
      user: target.connection.user,
      signal: options.signal,
    });
  const encryption = await encryptionFor(target.settings);
  await beginBackup(store, backup).catch((error: unknown) => {
    throw explained(error);
  });
  try {
    const manifest = await fillBackup(target, options, encryption);
    return {
      id: options.id,
      store,
      location: locationOf(store, backup),
      manifest,
      decrypt: encryption?.decrypt,
    };
  } catch (thrown) {
    const error = explained(thrown);
    // A full disk may have no room even for the mark; a backup without a manifest is unusable anyway.
    await markUnusable(store, backup, explain(toFailure(error))).catch(() => undefined);
    throw error;
  }
}

async function fillBackup(
  target: Target,
  options: CreateOptions,
  encryption: Encryption | undefined,
): Promise<Manifest> {
  const { id, deployment, commit } = options;
  const { store, name } = target;
  const into = { store, home: homeOf({ target: name, id }), encryption };
  const createdAt = new Date().toISOString();
  const startedAt = performance.now();
  const driver = driverNameOf(target);
  const { contents, files, tools } = await driverFor(driver).create(target, {
    ...options,
    writeFile: (...file) => packFile(into, ...file),
  });
  if (encryption !== undefined) {
    const json = Readable.from([Buffer.from(JSON.stringify(contents))], { objectMode: false });
    files.push(await packFile(into, CONTENTS_FILE, json));
  }
  const sealed = {
    format: 1 as const,
    id,
    target: name,
    driver,
    deployment,
    commit,
    createdAt,
    durationMs: Math.round(performance.now() - startedAt),
    tools,
    encryptedTo: encryption?.recipients ?? null,
    files,
    sizeBytes: contents.pgbackrest?.addedBytes ?? files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
  const manifest = { ...sealed, ...contents };
  await completeBackup(store, encryption === undefined ? manifest : sealed);
  return manifest;
}
