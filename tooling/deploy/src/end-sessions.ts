import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { DeployError } from './failure.ts';

/** How long a session may take to end after it was told to. */
const PATIENCE_S = 30;

/**
 * Ends the sessions of that application name and of this role, but not this one, and waits until they are gone: what a
 * session that was cut off is doing on the server is decided only then. On one database, or on the whole server.
 * @throws {CONNECTION_LOST} naming `during` when one is still there after half a minute.
 */
export async function endSessionsOf(
  client: pg.ClientBase,
  sessions: { applicationName: string; database?: string; during: string },
): Promise<void> {
  const { applicationName, database = null, during } = sessions;
  const deadline = performance.now() + PATIENCE_S * 1_000;
  while (performance.now() < deadline) {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = $1 and (datname = $2 or $2 is null)
          and pid <> pg_backend_pid() and usename = session_user`,
      [applicationName, database],
    );
    if (rowCount === 0) return;
    await sleep(100);
  }
  const problem = `its session is still at work on the server after ${PATIENCE_S} s`;
  throw new DeployError({ code: 'CONNECTION_LOST', during, problem });
}
