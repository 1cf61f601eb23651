import { chown, lchown, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClusterOwner, clusterOwner } from './cluster-owner.ts';

/** Makes the cluster owner the owner of a file or directory and all below it; nothing to do unless we are root. */
export async function giveToClusterOwner(path: string, owner: ClusterOwner | undefined = clusterOwner()) {
  if (owner === undefined) return;
  await chown(path, owner.uid, owner.gid);
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) await lchown(join(entry.parentPath, entry.name), owner.uid, owner.gid);
}
