import { join } from 'node:path';
import { initCluster, startCluster, stopCluster } from '@apms/db/embedded';
import { Client, escapeIdentifier } from 'pg';

/** A PostgreSQL server of the bench's own, durable like a production one. */
export interface BenchServer {
  readonly version: string;
  url(database: string): string;
  /** What libpq's programs need to reach that database. */
  environment(database: string): Record<string, string>;
  /** Runs `use` with a session of its own. */
  withClient<T>(database: string, use: (client: Client) => Promise<T>): Promise<T>;
  /** Makes a database, as a copy where a template is named, and lets the disk come to rest. */
  createDatabase(name: string, template?: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
}

/** Room for 1 GB to be worked on warm; as on any server that somebody has set up. */
const SETTINGS = { fsync: 'on', shared_buffers: '512MB', max_wal_size: '4GB', checkpoint_timeout: '15min' };

/** Runs `use` with a server in `directory`; it is stopped at once when the signal is aborted. */
export async function withBenchServer<T>(
  { directory, binDir, signal }: { directory: string; binDir: string; signal: AbortSignal },
  use: (server: BenchServer) => Promise<T>,
): Promise<T> {
  const dataDir = join(directory, 'data');
  const { user, password } = await initCluster(dataDir, { binDir, settings: SETTINGS });
  const stop = () => stopCluster(dataDir, 'immediate');
  const stopEarly = () => void stop().catch(() => undefined);
  signal.addEventListener('abort', stopEarly, { once: true });
  try {
    const { port } = await startCluster(dataDir, { binDir });
    signal.throwIfAborted();
    return await use(await openServer({ port, user, password }));
  } finally {
    signal.removeEventListener('abort', stopEarly);
    await stop();
  }
}

async function openServer(login: { port: number; user: string; password: string }): Promise<BenchServer> {
  const { port, user, password } = login;
  const url = (database: string) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
  const withClient: BenchServer['withClient'] = async (database, use) => {
    const client = new Client({ connectionString: url(database), application_name: 'apms-bench' });
    // A server that is stopped tells idle sessions too; the next query fails anyway.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  };
  const { rows } = await withClient('postgres', (client) =>
    client.query<{ version: string }>("select current_setting('server_version') as version"),
  );
  return {
    version: rows[0]?.version ?? '',
    url,
    environment: (database) => ({
      PGHOST: '127.0.0.1',
      PGPORT: `${port}`,
      PGUSER: user,
      PGPASSWORD: password,
      PGDATABASE: database,
    }),
    withClient,
    createDatabase: (name, template = 'template0') =>
      withClient('postgres', async (client) => {
        const strategy = Number.parseInt(rows[0]?.version ?? '', 10) >= 15 ? 'strategy file_copy' : '';
        await client.query(dropStatement(name));
        await client.query(
          `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)} ${strategy}`,
        );
        await client.query('checkpoint');
      }),
    dropDatabase: (name) =>
      withClient('postgres', async (client) => void (await client.query(dropStatement(name)))),
  };
}

function dropStatement(name: string): string {
  return `drop database if exists ${escapeIdentifier(name)} with (force)`;
}
