import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { withFileLock } from '@apms/db/embedded';
import type { BackupStore, StoredFile } from './backup-store.ts';
import { syncDirectory, UNFINISHED, writeDurably } from './write-durably.ts';

const BUFFER_BYTES = 2 ** 20;
const LOCK_TIMEOUT_MS = 10_000;

/** A store that is a directory of this machine, or one that is mounted here. Only its owner can read what is put there. */
export function directoryStore(root: string): BackupStore {
  const pathOf = (name: string) => join(root, name);
  const readText = async (name: string) => {
    const text = await readFile(pathOf(name), 'utf8').catch(ifMissing(undefined));
    return text === undefined
      ? undefined
      : { text, version: createHash('sha256').update(text).digest('hex') };
  };
  const writeText = async (name: string, text: string) => {
    await makeHome(pathOf(name));
    await writeDurably(pathOf(name), text);
  };
  return {
    locate: pathOf,
    async check() {
      await mkdir(root, { recursive: true });
    },
    list: async (below) => (await walk(root, below)).filter(({ name }) => !name.endsWith(UNFINISHED)),
    async read(name) {
      const file = await open(pathOf(name), 'r').catch(ifMissing(undefined));
      if (file === undefined) return undefined;
      const { size } = await file.stat();
      return { sizeBytes: size, content: file.createReadStream({ highWaterMark: BUFFER_BYTES }) };
    },
    async write(name, content) {
      const path = pathOf(name);
      const temporary = `${path}${UNFINISHED}`;
      await makeHome(path);
      try {
        await pipeline(content, createWriteStream(temporary, { mode: 0o600, flush: true }));
        await rename(temporary, path);
        await syncDirectory(dirname(path));
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
    },
    remove: (name) => rm(pathOf(name), { recursive: true, force: true }),
    async removeUnfinished(below, before) {
      const files = await walk(root, below);
      const left = files.filter(({ name, modifiedAt }) => name.endsWith(UNFINISHED) && modifiedAt < before);
      await Promise.all(left.map(({ name }) => rm(pathOf(name), { force: true })));
      return left.map(({ name }) => name);
    },
    readText,
    async replace(name, text, version) {
      const path = pathOf(name);
      await makeHome(path);
      return withFileLock(
        `${path}.lock`,
        async () => {
          if ((await readText(name))?.version !== version) return false;
          if (text === undefined) await rm(path, { force: true });
          else await writeDurably(path, text);
          return true;
        },
        LOCK_TIMEOUT_MS,
      );
    },
    writeText,
  };
}

async function makeHome(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
}

async function walk(root: string, below: string): Promise<StoredFile[]> {
  const entries = await readdir(join(root, below), { recursive: true, withFileTypes: true }).catch(
    ifMissing([]),
  );
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (path) => {
      const stats = await stat(path).catch(ifMissing(undefined));
      if (stats === undefined) return [];
      const name = relative(root, path).split(sep).join('/');
      return [{ name, sizeBytes: stats.size, modifiedAt: stats.mtime }];
    }),
  );
  return found.flat().toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** For a `catch`: another process may remove what was there a moment ago. */
function ifMissing<T>(otherwise: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    return otherwise;
  };
}
