import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClientTools } from '../../client-tools.ts';
import type { Connection } from '../../connection.ts';
import { runTool, type ToolOptions } from '../../exec.ts';
import { withLibpq } from '../../libpq.ts';
import type { OnProgress } from '../../progress.ts';
import type { Backup, RestoreOptions } from '../backup.ts';
import { readPackedFile } from '../packed-file.ts';
import { unpacking } from '../unpacking.ts';
import { DUMP_FILE } from './create-dump.ts';
import { restoreProgress } from './restore-progress.ts';
import { watchCopy } from './watch-copy.ts';

const JOBS = 2;

/** Restores a dump into an empty database. */
export async function fillDatabase(
  connection: Connection,
  tools: ClientTools,
  backup: Backup,
  { where, applicationName, signal, onProgress }: RestoreOptions,
): Promise<void> {
  const isCopy = where === 'rehearsal';
  const args = [
    `--jobs=${JOBS}`,
    '--exit-on-error',
    '--no-password',
    `--dbname=${connection.database}`,
    // A subscription keeps its copy from being dropped.
    ...(isCopy ? ['--no-subscriptions'] : []),
  ];
  const settings = ['-c maintenance_work_mem=256MB', ...(isCopy ? ['-c synchronous_commit=off'] : [])];
  await withUnpackedDump(backup, { signal, onProgress }, (file) =>
    withLibpq(connection, applicationName, async (libpq) => {
      const environment = { ...libpq, PGOPTIONS: [libpq.PGOPTIONS, ...settings].join(' ') };
      const options = { environment, ...(signal && { signal }) };
      const restore = (more: string[], takes?: (line: string) => boolean) =>
        runTool(tools.pgRestore, [...args, ...more, file], { ...options, ...(takes && { takes }) });
      if (onProgress === undefined) return restore([]);
      const items = await countItems(tools, file, options);
      const progress = restoreProgress(backup.manifest.tables, items, onProgress);
      return watchCopy(connection, applicationName, progress.filling, () =>
        restore(['--verbose'], progress.takes),
      );
    }),
  );
}

/** What a dump consists of, as its table of contents says. */
async function countItems(tools: ClientTools, file: string, options: ToolOptions): Promise<number> {
  const list = await runTool(tools.pgRestore, ['--list', file], options);
  return Number(/^;\s+TOC Entries: (\d+)$/m.exec(list)?.[1] ?? 0);
}

/** Parallel pg_restore reads its file at any place, so a pipe will not do. */
async function withUnpackedDump(
  backup: Backup,
  { signal, onProgress }: { signal: AbortSignal | undefined; onProgress: OnProgress | undefined },
  use: (file: string) => Promise<unknown>,
): Promise<void> {
  const directory = await mkdtemp(join(dirname(backup.directory), 'unpacked-'));
  try {
    const file = join(directory, 'database.dump');
    const unpacked = createWriteStream(file, { flags: 'wx', mode: 0o600 });
    await readPackedFile(join(backup.directory, DUMP_FILE), unpacked, signal, unpacking(backup, onProgress));
    await use(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
