import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file or directory of a cluster, by its path below the data directory. */
export interface ClusterEntry {
  path: string;
  isDirectory: boolean;
  sizeBytes: number;
}

/** What belongs to the running server, not to its data; the directories themselves must be there, empty. */
const EMPTIED = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|backup_manifest|current_logfiles(\.tmp)?|postgresql\.auto\.conf\.tmp|pg_internal\.init.*|pgsql_tmp.*|t\d+_\d+.*)$/;

/** What an online copy of a cluster consists of, as pg_basebackup copies it, without the WAL; pg_control comes last. */
export async function listClusterFiles(dataDir: string): Promise<ClusterEntry[]> {
  const entries = await walk(dataDir, '');
  const isControl = ({ path }: ClusterEntry) => path === 'global/pg_control';
  return [...entries.filter((entry) => !isControl(entry)), ...entries.filter(isControl)];
}

async function walk(dataDir: string, directory: string): Promise<ClusterEntry[]> {
  const found: ClusterEntry[] = [];
  for (const entry of await readdir(join(dataDir, directory), { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue;
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (entry.isDirectory()) {
      found.push({ path, isDirectory: true, sizeBytes: 0 });
      if (directory !== '' || !EMPTIED.has(entry.name)) found.push(...(await walk(dataDir, path)));
    } else if (entry.isFile()) {
      const stats = await lstat(join(dataDir, path)).catch(() => undefined);
      if (stats !== undefined) found.push({ path, isDirectory: false, sizeBytes: stats.size });
    } else {
      throw new Error(`${path} is neither a file nor a directory; a snapshot does not follow tablespaces.`);
    }
  }
  return found;
}
