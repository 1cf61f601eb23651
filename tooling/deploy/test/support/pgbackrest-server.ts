import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startCluster, stopCluster } from '@apms/db/embedded';
import { startTemporaryCluster, type TestServer } from '@apms/db/testing';
import { execa, type ResultPromise } from 'execa';
import pg from 'pg';
import { inject } from 'vitest';
import type { PgbackrestSettings } from '../../src/config.ts';

/** A cluster of its own that archives with pgBackRest into a repository of its own. */
export interface PgbackrestServer {
  readonly server: TestServer;
  readonly dataDirectory: string;
  /** The data directory's parent, where copies are restored. */
  readonly home: string;
  readonly repository: string;
  readonly configFile: string;
  readonly backup: PgbackrestSettings;
  /** Runs a command of pgBackRest as the cluster's owner. */
  pgbackrest(...args: string[]): Promise<string>;
  /** The same without waiting for it. */
  startPgbackrest(...args: string[]): ResultPromise;
  /** One statement after another, in the maintenance database as a superuser. */
  query(...statements: string[]): Promise<pg.QueryResult[]>;
  close(): Promise<void>;
}

export const STANZA = 'main';

/** Without Debian's package, or with a server that somebody else runs, the tests that need both are skipped. */
export function hasPgbackrest(): boolean {
  if (inject('testServer').binDir === undefined) return false;
  try {
    execFileSync('pgbackrest', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Makes and starts one; its stanza exists, without a backup in it yet. */
export async function startPgbackrestServer(): Promise<PgbackrestServer> {
  const { binDir = '', majorVersion } = inject('testServer');
  const cluster = await startTemporaryCluster({ binDir });
  const { dataDir: dataDirectory, port } = cluster;
  const home = dirname(dataDirectory);
  const { uid, gid } = await stat(dataDirectory);
  const directory = async (name: string) => {
    const path = join(home, name);
    await mkdir(path, { mode: 0o700 });
    await chown(path, uid, gid);
    return path;
  };
  const repository = await directory('repository');
  const [log, lock, socket] = [await directory('log'), await directory('lock'), await directory('socket')];
  const configFile = join(home, 'pgbackrest.conf');
  await writeFile(
    configFile,
    `[global]
repo1-path=${repository}
repo1-retention-full=2
log-path=${log}
lock-path=${lock}
compress-type=lz4
archive-timeout=10

[${STANZA}]
pg1-path=${dataDirectory}
pg1-port=${port}
pg1-socket-path=${socket}
`,
  );
  await chmod(configFile, 0o644);

  const asOwner =
    process.getuid?.() === 0 ? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'] : [];
  const pgCtl = (action: string, ...options: string[]) => ({
    command: [...asOwner, join(binDir, 'pg_ctl'), action, '-D', dataDirectory, '-w', ...options],
    timeoutMs: 60_000,
  });
  const [program, ...options] = [...asOwner, 'pgbackrest', `--config=${configFile}`, `--stanza=${STANZA}`];
  const own = {
    server: {
      kind: 'server' as const,
      name: 'a server that archives with pgBackRest',
      majorVersion,
      url: cluster.url('postgres'),
      binDir,
      runId: randomBytes(4).toString('hex'),
    },
    dataDirectory,
    home,
    repository,
    configFile,
    backup: {
      driver: 'pgbackrest' as const,
      stanza: STANZA,
      configFile,
      type: 'incr' as const,
      dataDirectory,
      serverBinaries: binDir,
      stop: pgCtl('stop', '-m', 'fast'),
      start: pgCtl('start', '-l', join(dataDirectory, 'server.log')),
    },
    startPgbackrest: (...args: string[]) => execa(program, [...options, ...args]),
    async pgbackrest(...args: string[]) {
      const { stdout } = await execa(program, [...options, ...args]);
      return stdout;
    },
    async query(...statements: string[]) {
      const client = new pg.Client({ connectionString: cluster.url('postgres') });
      await client.connect();
      try {
        const results: pg.QueryResult[] = [];
        for (const statement of statements) results.push(await client.query(statement));
        return results;
      } finally {
        await client.end();
      }
    },
    async close() {
      await stopCluster(dataDirectory, 'immediate');
      await cluster.remove();
    },
  };
  const hba = join(dataDirectory, 'pg_hba.conf');
  await writeFile(hba, `local all all trust\n${await readFile(hba, 'utf8')}`);
  await own.query(
    `alter system set port = ${port}`,
    `alter system set unix_socket_directories = '${socket}'`,
    'alter system set archive_mode = on',
    `alter system set archive_command = 'pgbackrest --config=${configFile} --stanza=${STANZA} archive-push %p'`,
  );
  await stopCluster(dataDirectory);
  await startCluster(dataDirectory, { binDir, port });
  await own.pgbackrest('stanza-create');
  return own;
}
