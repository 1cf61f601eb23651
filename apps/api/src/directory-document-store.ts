import { createHash } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '@apms/db';
import type { DocumentStore, StoredContent } from './document-store.ts';
import { AppError } from './errors.ts';

export interface DirectoryDocumentStoreOptions {
  /** Made when it is missing; several processes may share it. */
  readonly directory: string;
  /** 50 MiB when absent. */
  readonly limitBytes?: number;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** `<workspace>/<xx>/<sha256>-<uuid>`: the content's checksum, so that it can be verified without the database, and an
 * id of its own, so that removing one upload never takes the bytes of another. */
const CONTENT_KEY = new RegExp(`^${UUID}/[0-9a-f]{2}/(?<sha256>[0-9a-f]{64})-${UUID}$`);
const UNFINISHED = 'unfinished';
const UNFINISHED_KEY = new RegExp(`^${UNFINISHED}/${UUID}$`);

/** A store on a directory of the file system. */
export function directoryDocumentStore(options: DirectoryDocumentStoreOptions): DocumentStore {
  const { directory, limitBytes = 50 * 1024 * 1024 } = options;

  /** No other path than one made here is ever opened, whatever a row of the database says. */
  function pathOf(storageKey: string): string {
    if (!CONTENT_KEY.test(storageKey) && !UNFINISHED_KEY.test(storageKey)) {
      throw new RangeError(`Not a storage key: ${storageKey}`);
    }
    return join(directory, storageKey);
  }

  async function write(
    content: AsyncIterable<Uint8Array>,
    path: string,
  ): Promise<Omit<StoredContent, 'storageKey'>> {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const file = await open(path, 'wx', 0o600);
    await pipeline(
      content,
      async function* measure(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          sizeBytes += chunk.byteLength;
          if (sizeBytes > limitBytes) throw new AppError({ code: 'DOCUMENT_TOO_LARGE', limitBytes });
          hash.update(chunk);
          yield chunk;
        }
      },
      file.createWriteStream({ flush: true }),
    );
    if (sizeBytes === 0) throw new AppError({ code: 'DOCUMENT_EMPTY' });
    return { sizeBytes, sha256: hash.digest('hex') };
  }

  return {
    limitBytes,

    write: async (content, workspaceId) => {
      const id = newId();
      const unfinished = pathOf(`${UNFINISHED}/${id}`);
      await mkdir(dirname(unfinished), { recursive: true });
      try {
        const written = await write(content, unfinished);
        const storageKey = `${workspaceId}/${written.sha256.slice(0, 2)}/${written.sha256}-${id}`;
        const path = pathOf(storageKey);
        await mkdir(dirname(path), { recursive: true });
        await rename(unfinished, path);
        // Each folder on the way may be new, and whoever made it may not have come to flush it yet.
        const shelf = dirname(path);
        await Promise.all([shelf, dirname(shelf), directory].map(flushDirectory));
        return { storageKey, ...written };
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },

    read: async (storageKey, range) => (await open(pathOf(storageKey))).createReadStream(range ?? {}),

    readAll: async (storageKey, limit) => {
      const path = pathOf(storageKey);
      if ((await stat(path)).size > limit) {
        throw new AppError({ code: 'DOCUMENT_TOO_LARGE', limitBytes: limit });
      }
      const bytes = await readFile(path);
      const actualSha256 = createHash('sha256').update(bytes).digest('hex');
      const expectedSha256 = CONTENT_KEY.exec(storageKey)?.groups?.['sha256'] ?? '';
      if (actualSha256 !== expectedSha256) {
        throw new AppError({ code: 'DOCUMENT_CORRUPT', expectedSha256, actualSha256 });
      }
      return bytes;
    },

    remove: async (storageKey) => await rm(pathOf(storageKey), { force: true }),

    async *list(writtenBefore) {
      await mkdir(directory, { recursive: true });
      for await (const entry of await opendir(directory, { recursive: true })) {
        const path = join(entry.parentPath, entry.name);
        const storageKey = relative(directory, path).split(sep).join('/');
        if (!CONTENT_KEY.test(storageKey) && !UNFINISHED_KEY.test(storageKey)) continue;
        const written = await stat(path).catch(() => null);
        if (written !== null && written.mtime < writtenBefore) yield storageKey;
      }
    },
  };
}

/** Makes a renaming durable: the file's own flush does not cover its entry in the directory. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
