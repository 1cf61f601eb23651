import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backup, RestoreOptions } from '../backup.ts';
import { unpackFile } from '../unpack-file.ts';
import { DUMP_FILE } from './create-dump.ts';

/**
 * Lends the dump as a file of this disk, once it was read to its end and found undamaged: parallel pg_restore reads it
 * at any place, so a pipe will not do.
 * @throws {BACKUP_DAMAGED}
 */
export async function withUnpackedDump<T>(
  backup: Backup,
  { spool, ...options }: RestoreOptions,
  use: (file: string) => Promise<T>,
): Promise<T> {
  await mkdir(spool, { recursive: true });
  const directory = await mkdtemp(join(spool, 'unpacked-'));
  try {
    const file = join(directory, DUMP_FILE);
    await unpackFile(backup, DUMP_FILE, createWriteStream(file, { flags: 'wx', mode: 0o600 }), options);
    return await use(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
    // Of a run without a journal nothing is left; any other's directory is not empty.
    await rmdir(spool).catch(() => undefined);
  }
}
