import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireEmbeddedServer } from '@apms/db/embedded';
import { createTestDatabase } from '@apms/db/testing';
import type pg from 'pg';
import { inject } from 'vitest';
import type { Backup, CreateOptions, RestoreOptions } from '../../src/backup/backup.ts';
import { createBackup } from '../../src/backup/create.ts';
import type { BackupStore } from '../../src/backup/store/backup-store.ts';
import { directoryStore } from '../../src/backup/store/directory-store.ts';
import { type ClientTools, findClientTools } from '../../src/client-tools.ts';
import { type Connection, onDatabase, parseConnection } from '../../src/connection.ts';
import { connect } from '../../src/postgres.ts';
import type { Target } from '../../src/target.ts';

/** A target for tests of backups: dumped on the project `server`, copied file by file on `embedded`. */
export interface BackupTarget {
  target: Target;
  tools: ClientTools | undefined;
  stateDirectory: string;
  connect(connection?: Connection): Promise<pg.Client>;
  backUp(id: string, options?: Partial<CreateOptions>, store?: BackupStore): Promise<Backup>;
  restoreOptions(name: string, where?: RestoreOptions['where']): RestoreOptions;
  close(): Promise<void>;
}

export const APPLICATION = 'apms-backup-test';

/** A server's settings as a configuration without any would have them, but quicker to give up. */
const SETTINGS: Target['settings'] = {
  urlVariable: 'TEST_DATABASE_URL',
  maintenanceDatabase: 'postgres',
  rehearse: true,
  writes: 'allow',
  lockTimeoutMs: 300,
  maxLockMs: 3_000,
  attempts: 2,
  store: { kind: 'directory' },
  backup: { driver: 'pg_dump' },
  encryptTo: [],
  jobs: 3,
  retention: { last: 10, daily: 0, weekly: 0, monthly: 0 },
  hooks: { before: [], smoke: [], after: [] },
  notify: [],
};

/** Opens a target with an empty database of its own; everything is gone after `close`. */
export async function openBackupTarget(): Promise<BackupTarget> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'apms-backup-'));
  const opened =
    inject('testServer').kind === 'embedded'
      ? await openEmbedded(stateDirectory)
      : await openServer(stateDirectory);
  return withHelpers(opened, stateDirectory);
}

interface Opened {
  target: Target;
  tools: ClientTools | undefined;
  close: () => Promise<void>;
}

/** The target of a database that the test has made itself. */
export async function targetOn(
  connection: Connection,
  settings: Partial<Target['settings']> = {},
): Promise<BackupTarget> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'apms-backup-'));
  const tools = await findClientTools(inject('testServer').majorVersion, undefined);
  return withHelpers(
    { target: serverTarget(connection, stateDirectory, settings), tools, close: async () => undefined },
    stateDirectory,
  );
}

function serverTarget(
  connection: Connection,
  stateDirectory: string,
  settings: Partial<Target['settings']> = {},
): Target {
  const maintenance = onDatabase(connection, 'postgres');
  return {
    name: 'test',
    settings: { ...SETTINGS, ...settings },
    connection,
    maintenance,
    rehearsal: maintenance,
    embedded: undefined,
    store: directoryStore(stateDirectory),
  };
}

async function openServer(stateDirectory: string): Promise<Opened> {
  const database = await createTestDatabase({ template: 'empty' });
  const target = serverTarget(parseConnection(database.url, 'TEST_DATABASE_URL'), stateDirectory);
  const tools = await findClientTools(inject('testServer').majorVersion, undefined);
  return { target, tools, close: () => database.drop() };
}

async function openEmbedded(rootDir: string): Promise<Opened> {
  const embedded = await acquireEmbeddedServer({ name: 'test', rootDir });
  const { host, port, user, password } = embedded;
  const maintenance: Connection = { host, port, user, password, database: 'postgres', tls: undefined };
  const client = await connect(maintenance, APPLICATION);
  await client.query('create database apms');
  await client.end();
  const connection = onDatabase(maintenance, 'apms');
  const target = {
    name: 'test',
    settings: SETTINGS,
    connection,
    maintenance,
    rehearsal: maintenance,
    embedded,
    store: directoryStore(rootDir),
  };
  return { target, tools: undefined, close: () => embedded.release() };
}

function withHelpers({ target, tools, close }: Opened, stateDirectory: string): BackupTarget {
  const clients: pg.Client[] = [];
  return {
    target,
    tools,
    stateDirectory,
    async connect(connection = target.connection) {
      const client = await connect(connection, APPLICATION);
      clients.push(client);
      return client;
    },
    backUp: (id, options = {}, store = target.store) =>
      createBackup(
        { ...target, store },
        {
          id,
          deployment: id,
          commit: null,
          tools,
          applicationName: APPLICATION,
          ...options,
        },
      ),
    restoreOptions: (name, where = 'rehearsal') => ({
      name,
      where,
      tools,
      applicationName: APPLICATION,
      spool: join(stateDirectory, 'spool'),
    }),
    async close() {
      await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
      await close();
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}
