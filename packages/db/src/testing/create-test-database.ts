import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { databasePrefix } from './database-name.ts';
import { databaseUrl } from './database-url.ts';
import { ensureTemplate, type Template } from './ensure-template.ts';
import type { TestServer } from './test-server.ts';

/** A database that one test file, or one test, has for itself. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** A new connection; those still open when the database is dropped are ended by the server. */
  connect(): Promise<Client>;
  drop(): Promise<void>;
}

/** The choices of {@link createTestDatabase}. */
export interface TestDatabaseOptions {
  /** `migrated` when absent. */
  readonly template?: Template;
  /** Another server than the one of the test's project. */
  readonly server?: TestServer;
}

/** Makes a database as a copy of a template, which is built on first use in a run. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { template = 'migrated', server = inject('testServer') } = options;
  const name = `${databasePrefix(server.runId)}${randomBytes(6).toString('hex')}`;
  await asAdmin(server, async (admin) => {
    const source = await ensureTemplate(admin, server, template);
    const strategy = server.majorVersion >= 15 ? 'strategy file_copy' : '';
    await admin.query(`create database ${name} template ${source} ${strategy}`);
  });
  const url = databaseUrl(server.url, name);
  const connections = new Set<Client>();
  return {
    name,
    url,
    connect: async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      connections.add(client);
      return client;
    },
    drop: async () => {
      // Dropping with force ends the connections, which they would report as an error of theirs.
      for (const client of connections) client.on('error', () => undefined);
      await asAdmin(server, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function asAdmin<T>(server: TestServer, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
