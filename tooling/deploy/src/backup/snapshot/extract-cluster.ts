import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { giveToClusterOwner } from '@apms/db/embedded';
import { extract } from 'tar-stream';
import type { Backup, RestoreOptions } from '../backup.ts';
import { together } from '../together.ts';
import { unpackFile } from '../unpack-file.ts';
import { ARCHIVE_FILE } from './archive-cluster.ts';

/**
 * Unpacks a snapshot into an empty data directory, which then belongs to the user that its server will run as. It is the
 * server that makes the files durable: one that starts in recovery begins with that.
 */
export async function extractCluster(
  backup: Backup,
  dataDir: string,
  options: Pick<RestoreOptions, 'signal' | 'onProgress'>,
): Promise<void> {
  const archive = extract();
  const unpack = async () => {
    for await (const entry of archive) {
      const path = join(dataDir, entry.header.name);
      if (entry.header.type === 'directory') {
        await mkdir(path, { mode: 0o700 });
        entry.resume();
      } else {
        await pipeline(entry, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      }
    }
  };
  await together<[void, void]>(new AbortController(), [
    unpack(),
    unpackFile(backup, ARCHIVE_FILE, archive, options),
  ]);
  await giveToClusterOwner(dataDir);
}
