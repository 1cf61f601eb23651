import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  acquireEmbeddedServer,
  clusterOwner,
  type EmbeddedServer,
  initCluster,
  startCluster,
  stopCluster,
  stopEmbeddedServer,
} from '../src/embedded/index.ts';
import { temporaryRoot } from '../src/testing/index.ts';

const holderProgram = fileURLToPath(new URL('./embedded-holder.ts', import.meta.url));

let rootDir: string;
beforeAll(async () => {
  rootDir = await mkdtemp(join(await temporaryRoot(), 'apms-embedded-'));
  await chmod(rootDir, 0o755);
});
afterEach(() => stopCluster(join(rootDir, '.apms/postgres/shared/data')));
afterAll(() => rm(rootDir, { recursive: true, force: true }));

function acquire(options: { persistent?: boolean } = {}): Promise<EmbeddedServer> {
  return acquireEmbeddedServer({ name: 'shared', rootDir, ...options });
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0];
  } finally {
    await client.end();
  }
}

function startHolder(mode: 'hold' | 'visit'): ChildProcess {
  return spawn(process.execPath, [holderProgram, rootDir, mode], { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function startedHolder(): Promise<{ holder: ChildProcess; url: string }> {
  const holder = startHolder('hold');
  if (holder.stdout === null) throw new Error('The holder has no output.');
  const [line] = await once(holder.stdout, 'data');
  return { holder, url: String(line).trim() };
}

async function end(holder: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<void> {
  const ended = once(holder, 'exit');
  holder.kill(signal);
  await ended;
}

function postmasterPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

describe('the cluster', () => {
  test('is UTF-8, checksummed, on loopback only, and wants a password', async () => {
    const server = await acquire();
    const sql = `select current_setting('server_encoding'), current_setting('data_checksums'),
      current_setting('listen_addresses'), current_setting('unix_socket_directories'),
      (select datcollate from pg_database where datname = 'postgres')`;
    expect(await ask(server.url('postgres'), sql)).toEqual(['UTF8', 'on', '127.0.0.1', '', 'C']);
    const guess = `postgresql://postgres:guess@127.0.0.1:${server.port}/postgres`;
    await expect(ask(guess, 'select 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(dirname(server.dataDir), 'password')).mode & 0o777).toBe(0o600);
    const { uid } = statSync(server.dataDir);
    expect(uid).toBe(clusterOwner()?.uid ?? process.getuid?.());
    await server.release();
  });

  test('keeps its data from one use to the next', async () => {
    const first = await acquire();
    await ask(first.url('postgres'), 'create table kept as select 42 as value');
    await first.release();
    const second = await acquire();
    expect(await ask(second.url('postgres'), 'select value from kept')).toEqual([42]);
    await second.release();
  });

  test('is not made where it cannot be', async () => {
    const blocked = await mkdtemp(join(rootDir, 'blocked-'));
    await writeFile(join(blocked, '.apms'), 'a file in the way');
    const inTheWay = acquireEmbeddedServer({ name: 'shared', rootDir: blocked });
    await expect(inTheWay).rejects.toMatchObject({ name: 'EmbeddedServerError', code: 'DIRECTORY_UNUSABLE' });
    const outside = acquireEmbeddedServer({ name: '../outside', rootDir });
    await expect(outside).rejects.toMatchObject({ code: 'DIRECTORY_UNUSABLE' });
    await expect(initCluster(blocked)).rejects.toMatchObject({ code: 'INIT_FAILED' });
  });

  test('of another major version is refused and left alone', async () => {
    const server = await acquire();
    await server.release();
    const versionFile = join(server.dataDir, 'PG_VERSION');
    await writeFile(versionFile, '9\n');
    await expect(acquire()).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
    expect(await readFile(versionFile, 'utf8')).toBe('9\n');
    await writeFile(versionFile, `${server.majorVersion}\n`);
  });

  test('that does not start says why, with the end of its log', async () => {
    const server = await acquire();
    const dataDir = join(rootDir, 'other');
    await initCluster(dataDir);
    const start = startCluster(dataDir, { port: server.port });
    await expect(start).rejects.toMatchObject({ code: 'START_FAILED', facts: { logFile: `${dataDir}.log` } });
    await expect(start).rejects.toThrow('Address already in use');
    await server.release();
  });

  test('gets a new password when the file with the old one is lost', async () => {
    const server = await acquire();
    await server.release();
    await rm(join(dirname(server.dataDir), 'password'));
    const again = await acquire();
    expect(again.password).not.toBe(server.password);
    expect(await ask(again.url('postgres'), 'select 1')).toEqual([1]);
    await again.release();
  });
});

describe('sharing', () => {
  test('the server stops with its last user, and releasing twice counts once', async () => {
    const first = await acquire();
    const second = await acquire();
    expect(second.port).toBe(first.port);
    await first.release();
    await first.release();
    expect(await ask(second.url('postgres'), 'select 1')).toEqual([1]);
    await second.release();
    await expect(ask(second.url('postgres'), 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  test('a persistent server stays up until it is stopped', async () => {
    const server = await acquire({ persistent: true });
    await server.release();
    expect(await ask(server.url('postgres'), 'select 1')).toEqual([1]);
    await stopEmbeddedServer({ name: 'shared', rootDir });
    await expect(ask(server.url('postgres'), 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  test('the server of a killed process is picked up, and stopped by the next last user', async () => {
    const { holder, url } = await startedHolder();
    await end(holder, 'SIGKILL');
    expect(await ask(url, 'select 1')).toEqual([1]);
    const server = await acquire();
    expect(server.url('postgres')).toBe(url);
    await server.release();
    await expect(ask(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'a process that ends by %s takes its server along',
    async (signal) => {
      const { holder, url } = await startedHolder();
      await end(holder, signal);
      await expect
        .poll(() => ask(url, 'select 1').catch(String), { timeout: 10_000 })
        .toContain('ECONNREFUSED');
    },
  );

  test('processes that come, go and are killed at any moment never stop it beneath another', async () => {
    const visitors = Array.from({ length: 3 }, () => startHolder('visit'));
    const exits = visitors.map(async (visitor) => (await once(visitor, 'exit'))[0]);
    for (let count = 0; count < 6; count += 1) {
      const victim = startHolder('visit');
      await new Promise((resolve) => {
        setTimeout(resolve, 200 + Math.random() * 400);
      });
      await end(victim, 'SIGKILL');
    }
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);
    const last = await acquire();
    await last.release();
    expect(existsSync(join(last.dataDir, 'postmaster.pid'))).toBe(false);
  });
});

describe('after a crash', () => {
  test('a killed server starts again, on its port', async () => {
    const server = await acquire();
    process.kill(postmasterPid(server.dataDir), 'SIGKILL');
    const again = await acquire();
    expect(await ask(again.url('postgres'), 'select 1')).toEqual([1]);
    expect(again.port).toBe(server.port);
    await server.release();
    await again.release();
  });

  test('a pid that now is another process does not pass for the server', async () => {
    const server = await acquire();
    await server.release();
    const bystander = spawn('sleep', ['60'], { ...clusterOwner() });
    const stale = [bystander.pid, server.dataDir, 1, server.port, '', '127.0.0.1', '', 'ready', ''];
    await writeFile(join(server.dataDir, 'postmaster.pid'), stale.join('\n'));
    const again = await acquire();
    expect(await ask(again.url('postgres'), 'select 1')).toEqual([1]);
    await again.release();
    expect(bystander.exitCode).toBeNull();
    bystander.kill();
  });

  test('a server that was told to stop by a process killed since is not trusted', async () => {
    const { holder, url } = await startedHolder();
    await end(holder, 'SIGKILL');
    const home = join(rootDir, '.apms/postgres/shared');
    const pid = postmasterPid(join(home, 'data'));
    await writeFile(join(home, 'stopping'), String(pid));
    const server = await acquire();
    expect(postmasterPid(server.dataDir)).not.toBe(pid);
    expect(await ask(server.url('postgres'), 'select 1')).toEqual([1]);
    expect(server.url('postgres')).not.toBe(url);
    await server.release();
  });
});
