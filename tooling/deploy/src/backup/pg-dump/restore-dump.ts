import type { ClientTools } from '../../client-tools.ts';
import { type Connection, onDatabase } from '../../connection.ts';
import { escapeIdentifier, withClient } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import type { Backup, Quarantined, RestoredDatabase, RestoreOptions, UnsettledSwap } from '../backup.ts';
import { applyDatabaseProperties, createDatabaseStatement } from '../database-properties.ts';
import { fillDatabase } from './fill-database.ts';
import { requireTools } from './require-tools.ts';
import { isSwapped, swapDatabases } from './swap-databases.ts';
import { withUnpackedDump } from './with-unpacked-dump.ts';

/** A copy has the settings of the original, under which migrations are to be tried, but is nobody's to use. */
const OF_THE_TARGET_ONLY = { grants: null, comment: null, connectionLimit: -1 };

/** Restores a dump into a new database of the target's server, or of the one for rehearsals. */
export async function restoreDump(
  target: Target,
  backup: Backup,
  options: RestoreOptions,
): Promise<RestoredDatabase> {
  const tools = requireTools(options.tools, 'pg_restore');
  return withUnpackedDump(backup, options, (dump) =>
    restoreUnpacked(target, backup, options, { tools, dump }),
  );
}

async function restoreUnpacked(
  target: Target,
  backup: Backup,
  options: RestoreOptions,
  { tools, dump }: { tools: ClientTools; dump: string },
): Promise<RestoredDatabase> {
  const { name, where, applicationName } = options;
  const { database } = backup.manifest;
  const isCopy = where === 'rehearsal';
  const server = isCopy ? target.rehearsal : target.maintenance;
  const connection = onDatabase(server, name);
  let swapped = false;
  const drop = async () => {
    if (swapped) return;
    await execute(server, applicationName, `drop database if exists ${escapeIdentifier(name)} with (force)`);
  };

  await execute(server, applicationName, createDatabaseStatement(name, database, { tablespace: !isCopy }));
  try {
    if (database.grants !== null) {
      // The original keeps the public out; its copy must not let it in.
      await execute(server, applicationName, `revoke all on database ${escapeIdentifier(name)} from public`);
    }
    await fillDatabase(connection, tools, backup, dump, options, target.settings.jobs);
    if (!isCopy) await execute(connection, applicationName, 'analyze');
    const properties = isCopy ? { ...database, ...OF_THE_TARGET_ONLY } : database;
    const warnings = await withClient(server, applicationName, (client) =>
      applyDatabaseProperties(client, name, properties),
    );
    return {
      connection,
      warnings,
      alsoReplaces: [],
      async swapIn(quarantine, begin) {
        const names = { target: target.connection.database, restored: name, quarantine };
        const result = await swapDatabases(server, applicationName, names, begin);
        swapped = true;
        return { ...result, withQuarantined: (use) => use(onDatabase(server, result.quarantine)) };
      },
      keep: async () => `database "${name}" of ${server.host}:${server.port}`,
      drop,
    };
  } catch (error) {
    await drop().catch(() => undefined);
    throw error;
  }
}

/** How a swap of databases ended whose process was killed. */
export async function settleDumpSwap(
  { maintenance, connection }: Target,
  { restored, quarantine }: UnsettledSwap,
  applicationName: string,
): Promise<Quarantined | undefined> {
  const names = { target: connection.database, restored, quarantine };
  if (!(await isSwapped(maintenance, applicationName, names))) return undefined;
  return { quarantine, withQuarantined: (use) => use(onDatabase(maintenance, quarantine)) };
}

function execute(connection: Connection, applicationName: string, sql: string): Promise<unknown> {
  return withClient(connection, applicationName, (client) => client.query(sql));
}
