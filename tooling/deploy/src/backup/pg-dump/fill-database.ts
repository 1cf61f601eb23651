import type { ClientTools } from '../../client-tools.ts';
import type { Connection } from '../../connection.ts';
import { runTool, type ToolOptions } from '../../exec.ts';
import { withLibpq } from '../../libpq.ts';
import type { Backup, RestoreOptions } from '../backup.ts';
import { restoreProgress } from './restore-progress.ts';
import { watchCopy } from './watch-copy.ts';

/** Restores a backup's unpacked dump into an empty database. */
export async function fillDatabase(
  connection: Connection,
  tools: ClientTools,
  { manifest }: Backup,
  dump: string,
  { where, applicationName, signal, onProgress }: RestoreOptions,
  jobs: number,
): Promise<void> {
  const isCopy = where === 'rehearsal';
  const args = [
    `--jobs=${jobs}`,
    '--exit-on-error',
    '--no-password',
    `--dbname=${connection.database}`,
    // A subscription keeps its copy from being dropped.
    ...(isCopy ? ['--no-subscriptions'] : []),
  ];
  const settings = ['-c maintenance_work_mem=256MB', ...(isCopy ? ['-c synchronous_commit=off'] : [])];
  await withLibpq(connection, applicationName, async (libpq) => {
    const environment = { ...libpq, PGOPTIONS: [libpq.PGOPTIONS, ...settings].join(' ') };
    const options = { environment, ...(signal && { signal }) };
    const restore = (more: string[], takes?: (line: string) => boolean) =>
      runTool(tools.pgRestore, [...args, ...more, dump], { ...options, ...(takes && { takes }) });
    if (onProgress === undefined) return restore([]);
    const items = await countItems(tools, dump, options);
    const progress = restoreProgress(manifest.tables, items, onProgress);
    await watchCopy(connection, applicationName, progress.filling, () =>
      restore(['--verbose'], progress.takes),
    );
    return progress.over();
  });
}

/** What a dump consists of, as its table of contents says. */
async function countItems(tools: ClientTools, file: string, options: ToolOptions): Promise<number> {
  const list = await runTool(tools.pgRestore, ['--list', file], options);
  return Number(/^;\s+TOC Entries: (\d+)$/m.exec(list)?.[1] ?? 0);
}
