import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { type Pack, pack } from 'tar-stream';
import type { DriverOptions } from '../backup.ts';
import type { BackupFile } from '../manifest.ts';
import { together } from '../together.ts';
import { listClusterFiles } from './list-cluster-files.ts';

/** The one file of a snapshot: a tar archive of the data directory. */
export const ARCHIVE_FILE = 'cluster.tar';

const WAL_SEGMENT = /^[0-9A-F]{24}$/;

/**
 * Copies the running cluster of a session into an archive, between `pg_backup_start` and `pg_backup_stop`, with the WAL
 * that makes the copy whole: a server started on it recovers to the moment of the stop.
 */
export async function archiveCluster(
  client: pg.ClientBase,
  dataDir: string,
  options: Pick<DriverOptions, 'writeFile' | 'onProgress'> & { label: string; signal: AbortSignal },
): Promise<BackupFile> {
  const { writeFile, label, onProgress, signal } = options;
  await client.query('select pg_backup_start($1, fast => true)', [label]);
  const entries = await listClusterFiles(dataDir);
  const total = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const archive = pack();
  const fill = async () => {
    try {
      for (const entry of entries) {
        signal.throwIfAborted();
        if (entry.isDirectory) await addDirectory(archive, entry.path);
        else await addFile(archive, dataDir, entry.path);
      }
      await addWal(archive, client, dataDir);
      archive.finalize();
    } catch (error) {
      archive.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  };
  let done = 0;
  const count = (bytes: number) => {
    done += bytes;
    onProgress?.({ label: 'copying files', detail: null, unit: 'bytes', done: Math.min(done, total), total });
  };
  const [, file] = await together<[void, BackupFile]>(new AbortController(), [
    fill(),
    writeFile(ARCHIVE_FILE, archive, { onBytes: count, expectedBytes: total }),
  ]);
  return file;
}

/** The server names the first segment in the label; the last one is complete because stopping switches to the next. */
async function addWal(archive: Pack, client: pg.ClientBase, dataDir: string): Promise<void> {
  const { rows } = await client.query<{ label: string; last: string }>(
    'select labelfile as label, pg_walfile_name(lsn) as last from pg_backup_stop(wait_for_archive => false)',
  );
  const { label, last } = rows[0] ?? { label: '', last: '' };
  const first = /\(file ([0-9A-F]{24})\)/.exec(label)?.[1];
  const segments = (await readdir(join(dataDir, 'pg_wal'))).filter(
    (name) => WAL_SEGMENT.test(name) && first !== undefined && name >= first && name <= last,
  );
  if (first === undefined || !segments.includes(first) || !segments.includes(last)) {
    throw new Error(
      `The server no longer has the WAL from ${first ?? 'the start'} to ${last} that the snapshot needs.`,
    );
  }
  for (const segment of segments) await addFile(archive, dataDir, `pg_wal/${segment}`);
  await addEntry(archive, { name: 'backup_label', size: Buffer.byteLength(label) }, [Buffer.from(label)]);
}

async function addDirectory(archive: Pack, name: string): Promise<void> {
  const added = Promise.withResolvers<void>();
  archive.entry({ name, type: 'directory', mode: 0o700 }, (error) =>
    error ? added.reject(error) : added.resolve(),
  );
  await added.promise;
}

async function addFile(archive: Pack, dataDir: string, path: string): Promise<void> {
  const handle = await open(join(dataDir, path), 'r').catch((error: NodeJS.ErrnoException) => {
    // A table that was dropped since the files were listed; the WAL says so too.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  await using file = handle;
  const { size } = await file.stat();
  await addEntry(
    archive,
    { name: path, size },
    exactly(size, file.createReadStream({ autoClose: false, end: Math.max(0, size - 1) })),
  );
}

/** A file may shrink while it is read; the archive needs the size it announced, and the WAL puts the rest right. */
async function* exactly(size: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (size === 0) return;
  let missing = size;
  for await (const chunk of chunks) {
    missing -= chunk.length;
    yield chunk;
  }
  for (; missing > 0; missing -= Math.min(missing, 65_536)) yield Buffer.alloc(Math.min(missing, 65_536));
}

async function addEntry(
  archive: Pack,
  header: { name: string; size: number },
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  await pipeline(chunks, archive.entry({ ...header, mode: 0o600 }));
}
