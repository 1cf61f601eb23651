import { existsSync } from 'node:fs';
import { appendFile, chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stopCluster } from '@apms/db/embedded';
import type pg from 'pg';
import { z } from 'zod';
import { explain } from '../../explain.ts';
import { DeployError, toFailure } from '../../failure.ts';
import { withClient } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import type { Quarantined, Swapped, UnsettledSwap } from '../backup.ts';
import { freeDirectoryName } from '../free-directory-name.ts';
import { syncDirectory, writeDurably } from '../store/write-durably.ts';
import { type ClusterCopy, clusterCopyOf, listClusterCopies, makeCopyDirectory } from './cluster-copy.ts';
import { requirePgbackrest } from './require-pgbackrest.ts';
import { ownerOf } from './run-pgbackrest.ts';
import { type ServerCommandOptions, startServer, stopServer } from './server-commands.ts';
import { startCopy } from './start-copy.ts';

const Mark = z.object({ quarantine: z.string() });

/**
 * Gives a verified copy the place of the target's cluster: stops both servers, renames the two data directories, and
 * starts the target's server on the copy. The data directory that was the target's is kept under the quarantine name. When
 * it fails, everything is as before; when this process is killed on the way, {@link settleClusterSwap} does the rest.
 * @returns the quarantine's path; `lockedMs` is how long the cluster did not run.
 */
export async function swapClusters(
  target: Target,
  copy: ClusterCopy,
  options: { wanted: string; begin: (quarantine: string) => void; applicationName: string },
): Promise<Swapped> {
  const { dataDirectory } = requirePgbackrest(target);
  const { wanted, begin, applicationName } = options;
  await stopCluster(copy.dataDirectory, 'fast');
  await makeOrdinary(target, copy.dataDirectory);
  const home = dirname(dataDirectory);
  const quarantine = join(home, freeDirectoryName(home, wanted));
  begin(quarantine);
  await writeDurably(copy.swapMark, JSON.stringify({ quarantine } satisfies z.input<typeof Mark>));
  const commands = { applicationName, outputFile: join(copy.directory, 'command.log') };
  const startedAt = performance.now();
  try {
    await stopServer(target, commands);
    await rename(dataDirectory, quarantine);
    await rename(copy.dataDirectory, dataDirectory);
    await Promise.all([home, copy.directory].map(syncDirectory));
    await startServer(target, commands);
  } catch (error) {
    await putBack(target, copy, quarantine, { ...commands, error });
    throw error;
  }
  const lockedMs = performance.now() - startedAt;
  await complete(copy, quarantine);
  return {
    quarantine,
    lockedMs,
    withQuarantined: lend(target, copy, quarantine),
  };
}

/**
 * How a swap ended whose process was killed; one that was not over is brought to its end first. The target runs afterwards:
 * on the restored cluster if that had already got its place and starts, else on its own.
 * @throws {TARGET_DOWN} with the command that remains.
 */
export async function settleClusterSwap(
  target: Target,
  { restored, quarantine }: UnsettledSwap,
  applicationName: string,
): Promise<Quarantined | undefined> {
  const copy = clusterCopyOf(requirePgbackrest(target), restored);
  if (existsSync(copy.swapMark)) {
    const options = { applicationName, outputFile: join(copy.directory, 'command.log') };
    if (existsSync(copy.dataDirectory)) {
      await putBack(target, copy, quarantine, options);
    } else {
      try {
        await startServer(target, options);
        await complete(copy, quarantine);
      } catch (error) {
        await putBack(target, copy, quarantine, { ...options, error });
      }
    }
  }
  if (!existsSync(quarantine) || existsSync(copy.dataDirectory)) return undefined;
  return { quarantine, withQuarantined: lend(target, copy, quarantine) };
}

/** The swaps that a killed process has not brought to their end; the target's server may be stopped. */
export async function listUnsettledSwaps(target: Target): Promise<UnsettledSwap[]> {
  const settings = requirePgbackrest(target);
  const found = (await listClusterCopies(target)).map(async (restored) => {
    const { swapMark } = clusterCopyOf(settings, restored);
    if (!existsSync(swapMark)) return [];
    const { quarantine } = Mark.parse(JSON.parse(await readFile(swapMark, 'utf8')));
    return [{ restored, quarantine }];
  });
  return (await Promise.all(found)).flat();
}

/** Starts a server on the data directory that was put aside, for as long as `use` needs it. */
function lend(target: Target, copy: ClusterCopy, quarantine: string): Quarantined['withQuarantined'] {
  return async (use) => {
    await makeCopyDirectory(requirePgbackrest(target), copy);
    try {
      const configFile = await withClient(target.connection, 'apms-deploy', configFileOf);
      const options = { dataDirectory: quarantine, configFile, ephemeral: false };
      return await use(await startCopy(target, copy, options));
    } finally {
      await stopCluster(quarantine, 'fast');
      await rm(copy.directory, { recursive: true, force: true });
    }
  };
}

async function configFileOf(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ file: string }>("select current_setting('config_file') as file");
  return rows[0]?.file ?? '';
}

/**
 * Puts the target's own cluster back, from wherever the swap stands; `error` is why.
 * @throws {TARGET_DOWN}
 */
async function putBack(
  target: Target,
  copy: ClusterCopy,
  quarantine: string,
  { error, ...options }: ServerCommandOptions & { error?: unknown },
): Promise<void> {
  const { dataDirectory } = requirePgbackrest(target);
  try {
    if (existsSync(quarantine)) {
      if (existsSync(dataDirectory)) {
        await stopServer(target, options).catch(() => stopCluster(dataDirectory, 'fast'));
        await rename(dataDirectory, copy.dataDirectory);
      }
      await rename(quarantine, dataDirectory);
      await Promise.all([dirname(dataDirectory), copy.directory].map(syncDirectory));
    }
    await startServer(target, options);
    await rm(copy.swapMark);
  } catch (problem) {
    throw targetDown(target, error, problem);
  }
}

/** The cluster that was put aside has the stanza's configuration: started by hand, it must not archive into it. */
async function complete(copy: ClusterCopy, quarantine: string): Promise<void> {
  await appendFile(
    join(quarantine, 'postgresql.auto.conf'),
    "archive_mode = 'off' # put aside by the deploy tool\n",
  );
  await rm(copy.directory, { recursive: true, force: true });
}

/** Everything from here on in postgresql.auto.conf is how the copy was restored. */
const RESTORED = '# Recovery settings generated by pgBackRest restore';

/**
 * Makes a stopped copy what the target's server expects: without the settings of its recovery, archiving as in the
 * original, and with the beginning of its timeline marked for the archive, which it did not get while it was a copy.
 */
async function makeOrdinary(target: Target, dataDirectory: string): Promise<void> {
  const file = join(dataDirectory, 'postgresql.auto.conf');
  const [kept = ''] = (await readFile(file, 'utf8')).split(RESTORED);
  await writeFile(file, `${kept.trimEnd()}\n`, { flush: true });
  const wal = join(dataDirectory, 'pg_wal');
  const status = join(wal, 'archive_status');
  const owner = ownerOf(requirePgbackrest(target));
  const histories = (await readdir(wal)).filter((name) => name.endsWith('.history'));
  for (const name of histories.filter((each) => !existsSync(join(status, `${each}.done`)))) {
    const ready = join(status, `${name}.ready`);
    await writeFile(ready, '', { mode: 0o600, flush: true });
    if (owner !== undefined) await chown(ready, owner.uid, owner.gid);
  }
}

function targetDown(target: Target, error: unknown, problem: unknown): DeployError {
  const { dataDirectory, start } = requirePgbackrest(target);
  const why = [error, problem].filter((each) => each !== undefined).map((each) => explain(toFailure(each)));
  return new DeployError(
    {
      code: 'TARGET_DOWN',
      target: target.name,
      problem: why.join(' Then: '),
      next: `Mend that, and start it on ${dataDirectory}: ${start.command.join(' ')}`,
    },
    { cause: error ?? problem },
  );
}
