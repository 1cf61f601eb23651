import { randomBytes } from 'node:crypto';
import { appendFile, chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterOwner } from './cluster-owner.ts';
import { embeddedBinDir } from './embedded-bin-dir.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { giveToClusterOwner } from './give-to-cluster-owner.ts';
import { runAsOwner } from './run-as-owner.ts';

/** The superuser of every cluster that we make. */
export const clusterUser = 'postgres';

/** The choices of {@link initCluster}. */
export interface InitClusterOptions {
  /** The superuser's; a random one when absent. */
  readonly password?: string;
  /** Further lines of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** The server programs to use; the embedded ones when absent. */
  readonly binDir?: string;
}

const defaultSettings = {
  listen_addresses: '127.0.0.1',
  // Sockets have a path limit of 107 bytes and are reachable by every local user.
  unix_socket_directories: '',
  max_connections: 200,
  wal_level: 'replica',
  // An online snapshot needs the WAL written while it copies; as much is kept as checkpoints leave anyway.
  wal_keep_size: '1GB',
  log_line_prefix: '%m [%p] ',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/**
 * Makes a new cluster in `dataDir`, whose parent must exist and be reachable for the cluster's owner:
 * UTF-8, locale C, data checksums, passwords required, loopback only. Does not start it.
 * @throws {INIT_FAILED}
 */
export async function initCluster(
  dataDir: string,
  options: InitClusterOptions = {},
): Promise<{ user: string; password: string }> {
  const { password = randomBytes(24).toString('base64url'), settings = {} } = options;
  const binDir = options.binDir ?? (await embeddedBinDir());
  const passwordFile = `${dataDir}.initial-password`;
  const owner = clusterOwner();

  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, 0o700);
  await giveToClusterOwner(dataDir, owner);
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    await giveToClusterOwner(passwordFile, owner);
    const { succeeded, output } = await runAsOwner(
      join(binDir, 'initdb'),
      [
        ...`--encoding UTF8 --locale C --data-checksums --auth scram-sha-256 --no-instructions`.split(' '),
        ...(settings['fsync'] === 'off' ? ['--no-sync'] : []),
        `--pgdata=${dataDir}`,
        `--username=${clusterUser}`,
        `--pwfile=${passwordFile}`,
      ],
      owner,
    );
    if (!succeeded) {
      const sentence = `PostgreSQL could not make a new cluster in ${dataDir}.`;
      throw new EmbeddedServerError(sentence, { code: 'INIT_FAILED', path: dataDir, output });
    }
  } finally {
    await rm(passwordFile, { force: true });
  }
  const lines = Object.entries({ ...defaultSettings, ...settings }).map(
    ([name, value]) => `${name} = '${value}'\n`,
  );
  await appendFile(join(dataDir, 'postgresql.conf'), `\n${lines.join('')}`);
  return { user: clusterUser, password };
}
