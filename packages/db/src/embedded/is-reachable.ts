import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ClusterOwner } from './cluster-owner.ts';

/** Whether the owner may enter a directory (or execute a file) and every directory above it. */
export async function isReachable(path: string, owner: ClusterOwner | undefined): Promise<boolean> {
  if (owner === undefined) return true;
  for (let current = resolve(path); ; current = dirname(current)) {
    const { mode, uid, gid } = await stat(current);
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (current === dirname(current)) return true;
  }
}
