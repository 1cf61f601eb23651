import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type pg from 'pg';
import type { Connection } from '../../connection.ts';
import { DeployError } from '../../failure.ts';
import {
  databaseError,
  escapeIdentifier,
  isConnectionProblem,
  messageOf,
  withClient,
  withTransaction,
} from '../../postgres.ts';

/** The names of the three databases of a swap, as they are before it. */
export interface SwapNames {
  target: string;
  restored: string;
  quarantine: string;
}

const ATTEMPTS = 20;
/** How long a session may take to end after it was told to. */
const END_TIMEOUT_MS = 10_000;
/** A rename waits up to 5 s for sessions that are still coming or going; trying again is quicker. */
const RENAME_TIMEOUT_MS = 400;

/**
 * Gives the restored database the target's name, and the target the quarantine's, in one transaction. Clients are
 * disconnected and kept out meanwhile. When it fails, the target is as before and open again.
 * @returns the quarantine's name as it was taken, and for how long nobody could connect to the target.
 */
export async function swapDatabases(
  maintenance: Connection,
  applicationName: string,
  names: SwapNames,
  begin: (quarantine: string) => void,
): Promise<{ quarantine: string; lockedMs: number }> {
  const [target, restored] = [escapeIdentifier(names.target), escapeIdentifier(names.restored)];
  const open = opening(names.target);
  return withClient(maintenance, applicationName, async (client) => {
    const quarantine = await freeName(client, names.quarantine);
    const kept = escapeIdentifier(quarantine);
    begin(quarantine);
    await client.query(`alter database ${restored} allow_connections false`);
    await endSessions(client, names.restored);
    const startedAt = performance.now();
    try {
      await client.query(`alter database ${target} allow_connections false`);
      await retryWhileInUse(async () => {
        await endSessions(client, names.target);
        await withTransaction(
          client,
          `begin; set local statement_timeout = ${RENAME_TIMEOUT_MS}`,
          async () => {
            await client.query(`alter database ${target} rename to ${kept}`);
            await client.query(`alter database ${restored} rename to ${target}`);
            await client.query(`${open}; alter database ${kept} allow_connections true`);
          },
        );
      });
    } catch (error) {
      if (!(await hasArrived(maintenance, applicationName, names.restored, open, error))) throw error;
    }
    return { quarantine, lockedMs: performance.now() - startedAt };
  });
}

/**
 * Finds out how a swap ended whose process was killed: the renaming is one transaction, so that the restored database
 * has its own name still or is the target. A target that was left closed to clients is opened.
 */
export async function isSwapped(
  maintenance: Connection,
  applicationName: string,
  { target, restored, quarantine }: SwapNames,
): Promise<boolean> {
  return withClient(maintenance, applicationName, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select datname::text as name from pg_database where datname = any($1)',
      [[target, restored, quarantine]],
    );
    const present = rows.map(({ name }) => name);
    if (present.includes(target)) await client.query(opening(target));
    return present.includes(quarantine) && !present.includes(restored);
  });
}

function opening(database: string): string {
  return `alter database ${escapeIdentifier(database)} allow_connections true`;
}

/**
 * Looks, over a new session because the old one may be what failed, whether the renaming was committed nevertheless; if it
 * was not, opens the target again.
 */
async function hasArrived(
  maintenance: Connection,
  applicationName: string,
  restored: string,
  open: string,
  error: unknown,
): Promise<boolean> {
  const look = () =>
    withClient(maintenance, applicationName, async (client) => {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [restored]);
      if (rowCount === 0 && isConnectionProblem(error)) return true;
      await client.query(open);
      return false;
    });
  try {
    return await pRetry(look, { retries: 10, minTimeout: 1_000, factor: 1 });
  } catch (problem) {
    const said = `${messageOf(error)}; the target could not be opened again (${messageOf(problem)}), which this does: ${open};`;
    throw new DeployError({ code: 'CONNECTION_LOST', during: 'the swap', problem: said }, { cause: error });
  }
}

/** Between the look for sessions and the rename, one more may have come. */
async function retryWhileInUse(work: () => Promise<void>): Promise<void> {
  await pRetry(work, {
    retries: ATTEMPTS - 1,
    minTimeout: 5,
    factor: 1,
    shouldRetry: ({ error }) => ['55006', '57014'].includes(databaseError(error)?.code ?? ''),
  });
}

/**
 * Only a superuser may end an autovacuum worker; the rename asks it to end itself. A session that is just being opened is
 * not in pg_stat_activity yet, but has the database locked; it ends by itself where no connections are allowed.
 */
const END_SESSIONS = `
select (select count(pg_terminate_backend(pid)) from pg_stat_activity
         where datname = $1 and pid <> pg_backend_pid()
           and (backend_type <> 'autovacuum worker' or (select rolsuper from pg_roles where rolname = current_user)))::int
     + (select count(*) from pg_locks l join pg_database d on l.objid = d.oid and d.datname = $1
         where l.locktype = 'object' and l.classid = 'pg_database'::regclass and l.pid <> pg_backend_pid())::int as count`;

async function endSessions(client: pg.ClientBase, database: string): Promise<void> {
  const deadline = performance.now() + END_TIMEOUT_MS;
  for (;;) {
    const { rows } = await client.query<{ count: number }>(END_SESSIONS, [database]);
    if (rows[0]?.count === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`${rows[0]?.count} sessions of the database ${database} do not end.`);
    }
    await sleep(2);
  }
}

/** The name, cut to PostgreSQL's 63 bytes without splitting a character, and numbered when it is taken. */
async function freeName(client: pg.ClientBase, wanted: string): Promise<string> {
  const { rows } = await client.query<{ datname: string }>('select datname::text from pg_database');
  const taken = new Set(rows.map(({ datname }) => datname));
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `_${number}`;
    const characters = Array.from(wanted);
    while (Buffer.byteLength(characters.join('') + suffix) > 63) characters.pop();
    const name = characters.join('') + suffix;
    if (!taken.has(name)) return name;
  }
}
