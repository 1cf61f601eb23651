import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

interface BouncerOptions {
  directory: string;
  poolMode: 'session' | 'transaction';
  /** Whether it swallows the settings of a session's start; else it refuses them. */
  ignoreOptions: boolean;
}

export const hasPgBouncer =
  spawnSync('pgbouncer', ['--version'], { env: { PATH: `${process.env['PATH']}:/usr/sbin` } }).status === 0;

/** Puts a PgBouncer before a server, on a port of its own, that lets everybody in whom the server lets in. */
export async function startPgBouncer(
  server: URL,
  options: BouncerOptions,
): Promise<{ url: string; stop(): Promise<void> }> {
  const { directory, poolMode, ignoreOptions } = options;
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const password = decodeURIComponent(server.password);
  const file = join(directory, 'pgbouncer.ini');
  await writeFile(
    file,
    `[databases]
* = host=${server.hostname} port=${server.port} user=${server.username} password='${password}'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${poolMode}
ignore_startup_parameters = extra_float_digits${ignoreOptions ? ',options' : ''}
`,
  );
  // It refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  if (asRoot) for (const path of [directory, join(directory, '..')]) await chmod(path, 0o755);
  const bouncer = execa('/usr/sbin/pgbouncer', [...(asRoot ? ['-u', 'postgres'] : []), file], {
    reject: false,
  });
  await listening(port);
  const url = new URL(server);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    async stop() {
      bouncer.kill('SIGTERM');
      await bouncer;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    const open = await promise;
    socket.destroy();
    if (open) return;
    await sleep(20);
  }
  throw new Error('PgBouncer does not start.');
}
