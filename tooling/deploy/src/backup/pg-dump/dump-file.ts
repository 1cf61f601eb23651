import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import type { BackupFile } from '../manifest.ts';

/** The one file of a dump: pg_dump's custom format without its own compression, packed. */
export const DUMP_FILE = 'database.dump.zst';

const LEVEL = { [constants.ZSTD_c_compressionLevel]: 1 };
const BUFFER_BYTES = 2 ** 20;

/** Packs a dump while it is written, so that it is never on the disk at its full size, and makes it durable. */
export async function writeDumpFile(
  dump: Readable,
  directory: string,
  onBytes: (count: number) => void,
): Promise<BackupFile> {
  const path = join(directory, DUMP_FILE);
  const hash = createHash('sha256');
  await pipeline(
    dump,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        onBytes(chunk.length);
        yield chunk;
      }
    },
    createZstdCompress({ params: LEVEL }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { path: DUMP_FILE, sizeBytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

/** Unpacks the dump of a backup to a file, which parallel pg_restore needs to read at any place. */
export async function unpackDumpFile(
  directory: string,
  to: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await pipeline(
    createReadStream(join(directory, DUMP_FILE), { highWaterMark: BUFFER_BYTES }),
    createZstdDecompress({ chunkSize: BUFFER_BYTES / 4 }),
    createWriteStream(to, { flags: 'wx', mode: 0o600 }),
    { signal },
  );
}
