import { acquireEmbeddedServer, type EmbeddedServer, EmbeddedServerError } from '@apms/db/embedded';
import type { BackupStore } from './backup/store/backup-store.ts';
import { openStore } from './backup/store/open-store.ts';
import type { TargetSettings } from './config.ts';
import { type Connection, onDatabase, parseConnection } from './connection.ts';
import { DeployError } from './failure.ts';
import { type LoadedConfig, targetSettings } from './load-config.ts';
import { databaseError, escapeIdentifier, withClient } from './postgres.ts';

/** The database of an embedded server that stands for the target's. */
const EMBEDDED_DATABASE = 'apms';

/** One database to deploy to, and how it is reached. */
export interface Target {
  readonly name: string;
  readonly settings: TargetSettings;
  readonly connection: Connection;
  /** The same server, the database that stays while the target is renamed. */
  readonly maintenance: Connection;
  /** The server on which scratch databases are made: the target's own unless the configuration names another. */
  readonly rehearsal: Connection;
  /** The server that stands in where no URL is given. */
  readonly embedded: EmbeddedServer | undefined;
  /** Where its backups are kept. */
  readonly store: BackupStore;
}

/** The servers on which copies of the target are restored, each once. */
export function serversOf({ maintenance, rehearsal }: Target): Connection[] {
  const isSame = maintenance.host === rehearsal.host && maintenance.port === rehearsal.port;
  return isSame ? [maintenance] : [maintenance, rehearsal];
}

/** Some set CI to say that it is none. */
const NO_CI = [undefined, '', '0', 'false'];

/** Whether an embedded server would only pretend: in CI and in production. */
export const mustBeReal = () => !NO_CI.includes(process.env.CI) || process.env.NODE_ENV === 'production';

/**
 * Runs `use` with the target of that name, and lets go of the embedded server afterwards.
 * @throws {URL_MISSING} in CI or production, where an embedded server would only pretend.
 */
export async function withTarget<T>(
  config: LoadedConfig,
  name: string,
  use: (target: Target) => Promise<T>,
): Promise<T> {
  const settings = targetSettings(config, name);
  const { urlVariable, rehearsalUrlVariable, maintenanceDatabase } = settings;
  const store = await openStore(config, settings);
  const url = process.env[urlVariable];
  if (!url) {
    if (mustBeReal()) throw new DeployError({ code: 'URL_MISSING', target: name, variable: urlVariable });
    return withEmbedded(config, { name, settings, store }, use);
  }
  const connection = parseConnection(url, urlVariable);
  const maintenance = onDatabase(connection, maintenanceDatabase);
  const rehearsalUrl = rehearsalUrlVariable && process.env[rehearsalUrlVariable];
  const rehearsal = rehearsalUrl ? parseConnection(rehearsalUrl, rehearsalUrlVariable ?? '') : maintenance;
  return use({ name, settings, connection, maintenance, rehearsal, embedded: undefined, store });
}

async function withEmbedded<T>(
  config: LoadedConfig,
  common: Pick<Target, 'name' | 'settings' | 'store'>,
  use: (target: Target) => Promise<T>,
): Promise<T> {
  const { name } = common;
  let embedded: EmbeddedServer;
  try {
    embedded = await acquireEmbeddedServer({ name, rootDir: config.root });
  } catch (error) {
    if (!(error instanceof EmbeddedServerError)) throw error;
    throw new DeployError(
      { code: 'EMBEDDED_SERVER_FAILED', target: name, problem: error.message },
      { cause: error },
    );
  }
  try {
    const { host, port, user, password } = embedded;
    const maintenance: Connection = { host, port, user, password, database: 'postgres', tls: undefined };
    await ensureDatabase(maintenance, EMBEDDED_DATABASE);
    const connection = onDatabase(maintenance, EMBEDDED_DATABASE);
    return await use({ ...common, connection, maintenance, rehearsal: maintenance, embedded });
  } finally {
    await embedded.release();
  }
}

/** Another process was quicker: the server says so in one of two ways. */
const EXISTS = ['42P04', '23505'];

/** A real target's database exists or the connection fails; the embedded one is made on first use. */
async function ensureDatabase(maintenance: Connection, database: string): Promise<void> {
  await withClient(maintenance, 'apms-deploy', async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount !== 0) return;
    try {
      await client.query(`create database ${escapeIdentifier(database)}`);
    } catch (error) {
      if (!EXISTS.includes(databaseError(error)?.code ?? '')) throw error;
    }
  });
}
