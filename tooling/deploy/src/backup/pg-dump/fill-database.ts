import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClientTools } from '../../client-tools.ts';
import type { Connection } from '../../connection.ts';
import { runTool } from '../../exec.ts';
import { withLibpq } from '../../libpq.ts';
import type { Backup, RestoreOptions } from '../backup.ts';
import { readPackedFile } from '../packed-file.ts';
import { DUMP_FILE } from './create-dump.ts';

const JOBS = 2;

/** Restores a dump into an empty database. */
export async function fillDatabase(
  connection: Connection,
  tools: ClientTools,
  backup: Backup,
  { where, applicationName, signal }: RestoreOptions,
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
  await withUnpackedDump(backup, signal, (file) =>
    withLibpq(connection, applicationName, async (libpq) => {
      const environment = { ...libpq, PGOPTIONS: [libpq.PGOPTIONS, ...settings].join(' ') };
      await runTool(tools.pgRestore, [...args, file], { environment, ...(signal && { signal }) });
    }),
  );
}

/** Parallel pg_restore reads its file at any place, so a pipe will not do. */
async function withUnpackedDump(
  backup: Backup,
  signal: AbortSignal | undefined,
  use: (file: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(dirname(backup.directory), 'unpacked-'));
  try {
    const file = join(directory, 'database.dump');
    const unpacked = createWriteStream(file, { flags: 'wx', mode: 0o600 });
    await readPackedFile(join(backup.directory, DUMP_FILE), unpacked, signal);
    await use(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
