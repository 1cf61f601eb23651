import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { DeployError } from '../failure.ts';
import type { RestoreOptions, SealedBackup } from './backup.ts';
import { homeOf } from './home-of.ts';
import { NoIdentityMatches } from './no-identity-matches.ts';
import { packedName } from './pack-file.ts';

const BUFFER_BYTES = 2 ** 18;

type Watched = Pick<RestoreOptions, 'signal' | 'onProgress'>;

/** A stream to write to, Node's own or another's. */
type Sink = NodeJS.WritableStream & { destroy(): unknown };

/**
 * Unpacks a file of a backup into a stream, and ends it only when every byte was as the manifest says: whoever waits for
 * that before anything else is done never uses a damaged backup. Otherwise the stream is destroyed.
 * @throws {BACKUP_DAMAGED} when the file is missing, too short or changed.
 */
export async function unpackFile(
  backup: SealedBackup,
  file: string,
  to: Sink,
  options: Watched,
): Promise<void> {
  try {
    await unpack(backup, file, to, options);
  } catch (error) {
    to.destroy();
    throw error;
  }
}

async function unpack(
  backup: SealedBackup,
  file: string,
  to: Sink,
  { signal, onProgress }: Watched,
): Promise<void> {
  const path = packedName(file, backup.decrypt !== undefined);
  const damaged = (problem: string, cause?: unknown) =>
    new DeployError(
      { code: 'BACKUP_DAMAGED', backup: backup.id, problems: [`${path} ${problem}`] },
      { cause },
    );
  const expected = backup.manifest.files.find((each) => each.path === path);
  if (expected === undefined) throw damaged('is not in the manifest.');
  const stored = await backup.store.read(`${homeOf(backup.manifest)}${path}`, signal);
  if (stored === undefined) throw damaged('is missing.');
  const { sizeBytes, content } = stored;
  if (sizeBytes !== expected.sizeBytes) {
    content.destroy();
    throw damaged(`has ${sizeBytes} bytes instead of ${expected.sizeBytes}.`);
  }
  let fromStore: unknown;
  async function* check(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let done = 0;
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        done += chunk.length;
        onProgress?.({ label: 'unpacking', detail: null, unit: 'bytes', done, total: sizeBytes });
        yield chunk;
      }
      if (hash.digest('hex') !== expected?.sha256)
        throw damaged('was changed: its SHA-256 is not the one in the manifest.');
    } catch (error) {
      fromStore = error;
      throw error;
    }
  }
  async function* open(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
    if (backup.decrypt === undefined) return yield* chunks;
    try {
      yield* backup.decrypt(chunks);
    } catch (error) {
      if (error instanceof NoIdentityMatches) throw error;
      throw fromStore ?? damaged('was changed: it cannot be decrypted.', error);
    }
  }
  try {
    const unpacking = createZstdDecompress({ chunkSize: BUFFER_BYTES });
    await pipeline(content, check, open, unpacking, to, { ...(signal && { signal }) });
  } catch (error) {
    throw isNotZstd(error) ? damaged('was changed: it cannot be unpacked.', error) : error;
  }
}

function isNotZstd(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ZSTD_error|Z_)/.test(String(error.code));
}
