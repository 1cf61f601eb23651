import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import type { ClusterOwner } from './cluster-owner.ts';

/** A server's log file, with a mark at its end when it was opened. */
export interface ServerLog {
  readonly file: string;
  /** The last lines written since. */
  newLines(): string;
}

const sizeLimitBytes = 10_000_000;
const lineLimit = 20;

/** Makes a server's log file ready for its owner to append to; a large one is put aside as `….old`. */
export async function openServerLog(file: string, owner: ClusterOwner | undefined): Promise<ServerLog> {
  const size = await prepare(file, owner);
  const start = size > sizeLimitBytes ? 0 : size;
  if (size > sizeLimitBytes) {
    await rename(file, `${file}.old`);
    await prepare(file, owner);
  }
  return {
    file,
    newLines: () =>
      readFileSync(file).subarray(start).toString('utf8').trimEnd().split('\n').slice(-lineLimit).join('\n'),
  };
}

async function prepare(file: string, owner: ClusterOwner | undefined): Promise<number> {
  await using handle = await open(file, 'a', 0o600);
  if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
  const { size } = await handle.stat();
  return size;
}
