import { createHash } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { BackupFile } from './manifest.ts';
import type { BackupStore } from './store/backup-store.ts';
import { together } from './together.ts';

/** Where level 1 stands: a fraction of gzip's time, and smaller. */
const LEVEL = { [constants.ZSTD_c_compressionLevel]: 1 };
const BUFFER_BYTES = 2 ** 18;

/** What the name of a packed file ends with. */
export const PACKED = '.zst';

/**
 * Packs a stream into a file of the backup below `home` while it flows, so that it is nowhere at its full size.
 * `onBytes` hears of every unpacked chunk's size.
 */
export async function packFile(
  store: BackupStore,
  home: string,
  file: string,
  content: Readable,
  options: { expectedBytes?: number | undefined; onBytes?: ((count: number) => void) | undefined } = {},
): Promise<BackupFile> {
  const path = `${file}${PACKED}`;
  const hash = createHash('sha256');
  const packed = new PassThrough({ highWaterMark: BUFFER_BYTES });
  const controller = new AbortController();
  const { signal } = controller;
  let sizeBytes = 0;
  await together<[void, void]>(controller, [
    pipeline(
      content,
      eachChunk(({ length }) => options.onBytes?.(length)),
      createZstdCompress({ params: LEVEL, chunkSize: BUFFER_BYTES }),
      eachChunk((chunk) => {
        hash.update(chunk);
        sizeBytes += chunk.length;
      }),
      packed,
      { signal },
    ),
    store.write(`${home}${path}`, packed, { signal, expectedBytes: options.expectedBytes }),
  ]);
  return { path, sizeBytes, sha256: hash.digest('hex') };
}

function eachChunk(look: (chunk: Buffer) => void) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      look(chunk);
      yield chunk;
    }
  };
}
