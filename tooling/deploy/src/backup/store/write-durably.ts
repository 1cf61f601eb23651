import { open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What the name of a file ends with until it is whole. */
export const UNFINISHED = '.new';

/** Writes a file so that, whatever happens, it is there whole or not at all, and stays once this returns. */
export async function writeDurably(path: string, content: string): Promise<void> {
  const temporary = `${path}${UNFINISHED}`;
  await writeFile(temporary, content, { mode: 0o600, flush: true });
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** Makes the names in a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r');
  await directory.sync();
}
