import { open, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readPostmaster } from '@apms/db/embedded';
import type pg from 'pg';
import type { PgbackrestSettings } from '../../config.ts';
import { DeployError, type PgbackrestReason } from '../../failure.ts';
import { formatBytes } from '../../report/format.ts';
import type { Target } from '../../target.ts';
import { readCluster } from './read-cluster.ts';
import { readStanza } from './read-stanza.ts';
import { readVersion } from './read-version.ts';
import { requirePgbackrest } from './require-pgbackrest.ts';
import { runPgbackrest } from './run-pgbackrest.ts';
import { serverBinaries } from './start-copy.ts';
import { archiverProblem } from './until-archived.ts';

interface ServerFacts {
  missing: string[];
  major: number;
  port: number;
  systemIdentifier: string;
  archiveMode: string;
  archiveCommand: string;
  tablespaces: string[];
  clusterBytes: number;
}

/** What needs `pg_read_all_settings` is asked only after that was found to be there. */
const QUERY = `
select current_setting('server_version_num')::int / 10000 as major, current_setting('port')::int as port,
       (select system_identifier::text from pg_control_system()) as "systemIdentifier",
       current_setting('archive_mode') as "archiveMode", current_setting('archive_command') as "archiveCommand",
       array(select spcname::text from pg_tablespace where spcname not in ('pg_default', 'pg_global')) as tablespaces,
       (select sum(pg_database_size(oid)) from pg_database where has_database_privilege(oid, 'connect'))::float8 as "clusterBytes",
       array_remove(array[
         case when not has_function_privilege('pg_create_restore_point(text)', 'execute')
              then 'grant execute on function pg_create_restore_point(text) to ' || quote_ident(current_user) end,
         case when not has_function_privilege('pg_switch_wal()', 'execute')
              then 'grant execute on function pg_switch_wal() to ' || quote_ident(current_user) end,
         case when not pg_has_role('pg_read_all_settings', 'usage')
              then 'grant pg_read_all_settings to ' || quote_ident(current_user) end], null) as missing`;

/**
 * Finds out, before anything is begun, whether pgBackRest can back up the target and the driver restore it: the program,
 * the user, the data directory, the server's settings, the stanza, and with `pgbackrest check` that the archive gets what
 * the server writes. A session in the target's database asks the server.
 * @returns what else of the cluster is backed up and restored with it.
 * @throws {PGBACKREST_UNUSABLE} at the first that is wrong.
 */
export async function checkPgbackrest(
  target: Target,
  client: pg.ClientBase,
  signal?: AbortSignal,
): Promise<{ otherDatabases: string[] }> {
  const settings = requirePgbackrest(target);
  const unusable = (reason: PgbackrestReason, problem: string, cause?: unknown) =>
    new DeployError({ code: 'PGBACKREST_UNUSABLE', stanza: settings.stanza, reason, problem }, { cause });
  await checkUser(settings, unusable);
  await readVersion(settings);
  const { rows } = await client.query<ServerFacts>(QUERY);
  const [facts] = rows;
  if (facts === undefined) throw new Error('The server does not say what it is.');
  const { missing, archiveMode, archiveCommand, tablespaces, systemIdentifier } = facts;
  if (missing.length > 0)
    throw unusable('privilege-missing', `The role of the target's URL lacks: ${missing.join('; ')}.`);
  if (tablespaces.length > 0)
    throw unusable(
      'tablespaces',
      `The cluster has tablespaces, which are not restored: ${tablespaces.join(', ')}.`,
    );
  serverBinaries(settings, facts.major);
  await checkDirectory(settings, facts, unusable);
  if (!['on', 'always'].includes(archiveMode) || !/pgbackrest.*archive-push/.test(archiveCommand)) {
    throw unusable(
      'archiving-off',
      `The server does not archive with it: archive_mode = ${archiveMode}, archive_command = '${archiveCommand}'.`,
    );
  }

  const stanza = await readStanza(settings, signal).catch((error: unknown) => {
    throw isToolFailure(error)
      ? unusable('program-failed', `pgbackrest info: ${error.failure.problem}`, error)
      : error;
  });
  if (stanza.status === 'missing')
    throw unusable('stanza-missing', `There is no such stanza: ${stanza.message}.`);
  if (stanza.status === 'damaged')
    throw unusable('stanza-damaged', `The stanza is not in order: ${stanza.message}.`);
  if (stanza.systemIdentifier !== systemIdentifier) {
    throw unusable(
      'wrong-cluster',
      `The stanza belongs to the cluster ${stanza.systemIdentifier}; the target is in ${systemIdentifier}.`,
    );
  }
  if (stanza.locked) throw unusable('locked', 'Another backup of the stanza is being made.');
  await runPgbackrest(settings, ['check'], signal).catch(async (error: unknown) => {
    if (!isToolFailure(error)) throw error;
    const archiver = await archiverProblem(client);
    const said = `pgbackrest check: ${error.failure.problem}${archiver === null ? '' : `\nThe archiver: ${archiver}.`}`;
    throw unusable('archiving-broken', said, error);
  });
  const { otherDatabases } = await readCluster(client, target.maintenance.database);
  return { otherDatabases };
}

type Unusable = (reason: PgbackrestReason, problem: string, cause?: unknown) => DeployError;

async function checkUser({ dataDirectory }: PgbackrestSettings, unusable: Unusable): Promise<void> {
  const owner = await stat(dataDirectory).catch((error: unknown) => {
    throw unusable('wrong-directory', `The data directory ${dataDirectory} is not there.`, error);
  });
  const user = process.getuid?.() ?? 0;
  if (user === 0 || user === owner.uid) return;
  const problem = `${dataDirectory} belongs to the user ${owner.uid}, and the deploy tool runs as ${user}.`;
  throw unusable('wrong-user', problem);
}

/** Whether the server of the target's URL is the one on the data directory, and a copy can take its place. */
async function checkDirectory(
  { dataDirectory }: PgbackrestSettings,
  { systemIdentifier, port, clusterBytes }: ServerFacts,
  unusable: Unusable,
): Promise<void> {
  const server = readPostmaster(dataDirectory);
  const isTheirs = server?.isAlive === true && server.port === port;
  if (!isTheirs || (await readSystemIdentifier(dataDirectory)) !== systemIdentifier)
    throw unusable('wrong-directory', `The target's server does not run on ${dataDirectory} of this host.`);
  const home = dirname(dataDirectory);
  const [own, parent] = await Promise.all([stat(dataDirectory), stat(home)]);
  if (own.dev !== parent.dev)
    throw unusable('directory-not-renamable', `${dataDirectory} is a file system of its own.`);
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < clusterBytes) {
    const [free, needed] = [bavail * bsize, clusterBytes].map(formatBytes);
    throw unusable('space-short', `${home} has ${free} free; a copy of the cluster needs ${needed}.`);
  }
}

/** The first eight bytes of the control file, in the machine's own order. */
async function readSystemIdentifier(dataDirectory: string): Promise<string> {
  await using file = await open(join(dataDirectory, 'global/pg_control'), 'r');
  const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
  return String(buffer.readBigUInt64LE());
}

function isToolFailure(
  error: unknown,
): error is DeployError & { failure: { code: 'TOOL_FAILED'; problem: string } } {
  return error instanceof DeployError && error.failure.code === 'TOOL_FAILED';
}
