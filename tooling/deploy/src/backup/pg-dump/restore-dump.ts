import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClientTools } from '../../client-tools.ts';
import { type Connection, onDatabase } from '../../connection.ts';
import { runTool } from '../../exec.ts';
import { withLibpq } from '../../libpq.ts';
import { escapeIdentifier, withClient } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import type { Backup, RestoredDatabase, RestoreOptions } from '../backup.ts';
import { applyDatabaseProperties, createDatabaseStatement } from '../database-properties.ts';
import { readPackedFile } from '../packed-file.ts';
import { DUMP_FILE } from './create-dump.ts';
import { requireTools } from './require-tools.ts';
import { swapDatabases } from './swap-databases.ts';

const JOBS = 2;

/** Restores a dump into a new database of the target's server, or of the one for rehearsals. */
export async function restoreDump(
  target: Target,
  backup: Backup,
  options: RestoreOptions,
): Promise<RestoredDatabase> {
  const tools = requireTools(options.tools, 'pg_restore');
  const { name, where, applicationName } = options;
  const { database } = backup.manifest;
  const server = where === 'target' ? target.maintenance : target.rehearsal;
  const connection = onDatabase(server, name);
  let swapped = false;
  const drop = async () => {
    if (swapped) return;
    await execute(server, applicationName, `drop database if exists ${escapeIdentifier(name)} with (force)`);
  };

  await execute(server, applicationName, createDatabaseStatement(name, database));
  try {
    // The original may have kept the public out; its copy must not let it in.
    await execute(
      server,
      applicationName,
      `revoke connect on database ${escapeIdentifier(name)} from public`,
    );
    await withUnpackedDump(backup, options, (file) => fill(connection, tools, file, options));
    const warnings = where === 'target' ? await finish(server, connection, backup, applicationName) : [];
    return {
      connection,
      warnings,
      async swapIn(quarantine) {
        const names = { target: target.connection.database, restored: name, quarantine };
        const result = await swapDatabases(server, applicationName, names);
        swapped = true;
        return result;
      },
      keep: async () => `database "${name}" of ${server.host}:${server.port}`,
      drop,
    };
  } catch (error) {
    await drop().catch(() => undefined);
    throw error;
  }
}

function execute(connection: Connection, applicationName: string, sql: string): Promise<unknown> {
  return withClient(connection, applicationName, (client) => client.query(sql));
}

async function withUnpackedDump(
  backup: Backup,
  { signal }: RestoreOptions,
  use: (file: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(dirname(backup.directory), 'unpacked-'));
  try {
    const file = join(directory, 'database.dump');
    // Parallel pg_restore reads a file at any place, so a pipe will not do.
    const unpacked = createWriteStream(file, { flags: 'wx', mode: 0o600 });
    await readPackedFile(join(backup.directory, DUMP_FILE), unpacked, signal);
    await use(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function fill(
  connection: Connection,
  tools: ClientTools,
  file: string,
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
    file,
  ];
  const settings = ['-c maintenance_work_mem=256MB', ...(isCopy ? ['-c synchronous_commit=off'] : [])];
  await withLibpq(connection, applicationName, async (environment) => {
    const PGOPTIONS = [environment.PGOPTIONS, ...settings].join(' ');
    await runTool(tools.pgRestore, args, {
      environment: { ...environment, PGOPTIONS },
      ...(signal && { signal }),
    });
  });
}

async function finish(
  server: Connection,
  connection: Connection,
  backup: Backup,
  applicationName: string,
): Promise<string[]> {
  const { database } = backup.manifest;
  await execute(connection, applicationName, 'analyze');
  return withClient(server, applicationName, async (client) => {
    if (database.grants === null) {
      await client.query(`grant connect on database ${escapeIdentifier(connection.database)} to public`);
    }
    return applyDatabaseProperties(client, connection.database, database);
  });
}
