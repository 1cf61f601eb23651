import { createHash } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { isCutShort } from '../exec.ts';
import type { Encryption } from './encryption.ts';
import type { BackupFile } from './manifest.ts';
import type { BackupStore } from './store/backup-store.ts';

/** Where level 1 stands: a fraction of gzip's time, and smaller. */
const LEVEL = { [constants.ZSTD_c_compressionLevel]: 1 };
const BUFFER_BYTES = 2 ** 18;

/** What a file is called in the store. */
export function packedName(file: string, isEncrypted: boolean): string {
  return `${file}.zst${isEncrypted ? '.age' : ''}`;
}

export interface PackOptions {
  /** Hears of every unpacked chunk's size. */
  onBytes: (count: number) => void;
  /** About how many unpacked bytes are to come. */
  expectedBytes: number;
}

/**
 * Packs a stream into a file of the backup below `home`, and encrypts it, while it flows: it is nowhere at its full size or
 * in the clear.
 */
export async function packFile(
  { store, home, encryption }: { store: BackupStore; home: string; encryption: Encryption | undefined },
  file: string,
  content: Readable,
  { onBytes, expectedBytes }: Partial<PackOptions> = {},
): Promise<BackupFile> {
  const path = packedName(file, encryption !== undefined);
  const hash = createHash('sha256');
  const packed = new PassThrough({ highWaterMark: BUFFER_BYTES });
  let sizeBytes = 0;
  const [packing, writing] = await Promise.allSettled([
    pipeline(
      content,
      eachChunk(({ length }) => onBytes?.(length)),
      createZstdCompress({ params: LEVEL, chunkSize: BUFFER_BYTES }),
      encryption?.encrypt ?? unchanged,
      eachChunk((chunk) => {
        hash.update(chunk);
        sizeBytes += chunk.length;
      }),
      packed,
    ),
    // A store that fails lets go of what it was to write, and so ends the packing.
    store.write(`${home}${path}`, packed, { expectedBytes }).finally(() => packed.destroy()),
  ]);
  if (packing.status === 'rejected' && !isCutShort(packing.reason)) throw packing.reason;
  if (writing.status === 'rejected') throw writing.reason;
  if (packing.status === 'rejected') throw packing.reason;
  return { path, sizeBytes, sha256: hash.digest('hex') };
}

async function* unchanged(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function eachChunk(look: (chunk: Uint8Array) => void) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      look(chunk);
      yield chunk;
    }
  };
}
