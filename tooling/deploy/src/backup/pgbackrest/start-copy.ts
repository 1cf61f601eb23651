import { existsSync } from 'node:fs';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedServerError, readPostmaster, startCluster, stopCluster } from '@apms/db/embedded';
import type { PgbackrestSettings } from '../../config.ts';
import type { Connection } from '../../connection.ts';
import { tail } from '../../exec.ts';
import { DeployError } from '../../failure.ts';
import type { Target } from '../../target.ts';
import type { ClusterCopy } from './cluster-copy.ts';
import { requirePgbackrest } from './require-pgbackrest.ts';
import { ownerOf } from './run-pgbackrest.ts';

/**
 * What a copy does otherwise than the cluster whose configuration it has: it must not archive into the original's stanza,
 * take its place anywhere, nor do anything that the original does to the world outside.
 */
const SETTINGS = {
  archive_mode: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  external_pid_file: '',
  ssl: 'off',
  synchronous_standby_names: '',
  // Subscriptions would take what the original's publisher sends to it, pg_cron would run its jobs.
  max_logical_replication_workers: 0,
  'cron.launch_active_jobs': 'off',
  // It has the original's memory to share.
  shared_buffers: '128MB',
  huge_pages: 'off',
  // Nobody needs to read before it is at its moment; and then the parameters may differ from the original's.
  hot_standby: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
  lc_messages: 'C',
};

/** Not missed after a crash. */
const EPHEMERAL = { fsync: 'off', full_page_writes: 'off' };

/** Only with a password, and only from this host. */
const HBA = 'host all all 127.0.0.1/32 md5\n';

const POLL_MS = 100;

/** The server of a copy ended instead of getting ready; `output` is the end of its log. */
export class CopyStartError extends Error {
  override readonly name = 'CopyStartError';
  readonly output: string;

  constructor(output: string, options?: { cause?: unknown }) {
    super(`PostgreSQL did not start on the copy: ${output}`, options);
    this.output = output;
  }
}

export interface StartCopyOptions {
  /** Other than the copy's own: a data directory that was put aside. */
  dataDirectory?: string;
  /** The original's, for a data directory that has none. */
  configFile: string;
  ephemeral: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Starts a server on a copy, on 127.0.0.1 and a free port, and returns how to reach the target's database in it once its
 * recovery has ended.
 * @throws {CopyStartError} when it ends by itself before.
 */
export async function startCopy(
  target: Target,
  copy: ClusterCopy,
  { dataDirectory = copy.dataDirectory, configFile, ephemeral, signal }: StartCopyOptions,
): Promise<Connection> {
  const settings = requirePgbackrest(target);
  const owner = ownerOf(settings);
  await writeFile(copy.hbaFile, HBA, { mode: 0o600 });
  if (owner !== undefined) await chown(copy.hbaFile, owner.uid, owner.gid);
  const giveUp = () => void stopCluster(dataDirectory, 'immediate').catch(() => undefined);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    const { port } = await startCluster(dataDirectory, {
      binDir: serverBinaries(settings, await majorOf(dataDirectory)),
      logFile: copy.logFile,
      settings: {
        ...SETTINGS,
        ...(ephemeral ? EPHEMERAL : {}),
        ...configFileFor(dataDirectory, configFile),
        // Above what a configuration file outside the data directory says: that is the original's.
        data_directory: dataDirectory,
        hba_file: copy.hbaFile,
      },
    });
    await untilReady(dataDirectory, copy.logFile);
    return { ...target.connection, host: '127.0.0.1', port, tls: undefined };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof EmbeddedServerError)) throw error;
    throw new CopyStartError(error.facts.output ?? error.message, { cause: error });
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

/** The server programs of a major version. @throws {PGBACKREST_UNUSABLE} when they are not on this host. */
export function serverBinaries({ serverBinaries: given, stanza }: PgbackrestSettings, major: number): string {
  const directory = given ?? `/usr/lib/postgresql/${major}/bin`;
  if (existsSync(join(directory, 'pg_ctl'))) return directory;
  const problem = `${directory} has no pg_ctl of PostgreSQL ${major}.`;
  throw new DeployError({ code: 'PGBACKREST_UNUSABLE', stanza, reason: 'server-missing', problem });
}

async function majorOf(dataDirectory: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8'), 10);
}

/** Debian keeps the configuration outside the data directory, where no backup of the cluster has it. */
function configFileFor(dataDirectory: string, original: string): Record<string, string> {
  return existsSync(join(dataDirectory, 'postgresql.conf')) ? {} : { config_file: original };
}

/** `pg_ctl` takes a server that is still replaying for a started one. */
async function untilReady(dataDirectory: string, logFile: string): Promise<void> {
  for (;;) {
    const server = readPostmaster(dataDirectory);
    if (server?.isAlive !== true) throw new CopyStartError(tail(await readFile(logFile, 'utf8')));
    if (server.isReady) return;
    await sleep(POLL_MS);
  }
}
