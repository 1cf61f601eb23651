import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import type { BackupFile } from './manifest.ts';

/** Where level 1 stands: a fraction of gzip's time, and smaller. */
const LEVEL = { [constants.ZSTD_c_compressionLevel]: 1 };
const BUFFER_BYTES = 2 ** 20;

/**
 * Packs a stream into a file of the backup while it flows, so that it is never on the disk at its full size, and makes
 * the file durable. `onBytes` hears of every unpacked chunk's size.
 */
export async function writePackedFile(
  content: Readable,
  directory: string,
  path: string,
  onBytes: (count: number) => void,
): Promise<BackupFile> {
  const file = join(directory, path);
  const hash = createHash('sha256');
  await pipeline(
    content,
    eachChunk(({ length }) => onBytes(length)),
    createZstdCompress({ params: LEVEL, chunkSize: BUFFER_BYTES / 4 }),
    eachChunk((chunk) => hash.update(chunk)),
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { path, sizeBytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

function eachChunk(look: (chunk: Buffer) => void) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      look(chunk);
      yield chunk;
    }
  };
}

/** Unpacks a file of a backup into a stream. `onBytes` hears of every packed chunk's size. */
export async function readPackedFile(
  file: string,
  to: NodeJS.WritableStream,
  signal: AbortSignal | undefined,
  onBytes: (count: number) => void,
): Promise<void> {
  await pipeline(
    createReadStream(file, { highWaterMark: BUFFER_BYTES }),
    eachChunk(({ length }) => onBytes(length)),
    createZstdDecompress({ chunkSize: BUFFER_BYTES / 4 }),
    to,
    { ...(signal && { signal }) },
  );
}
