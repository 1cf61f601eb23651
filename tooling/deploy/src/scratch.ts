import type pg from 'pg';
import { type Connection, onDatabase } from './connection.ts';
import { escapeIdentifier, withClient } from './postgres.ts';

/** Every scratch database bears this prefix and the id of its run, so that what a killed run left can be found. */
export const SCRATCH_PREFIX = 'apms_scratch_';

/** What {@link scratchName} makes, and nothing that people may have named alike. */
const SCRATCH_NAME = new RegExp(`^${SCRATCH_PREFIX}\\d{8}t\\d{6}z_[0-9a-f]{6}_`);

export function isScratchName(name: string): boolean {
  return SCRATCH_NAME.test(name);
}

/** Whether a scratch database belongs to a run. */
export function isScratchOf(name: string, runId: string): boolean {
  return name.startsWith(scratchName(runId, ''));
}

/** A database name that says whose scratch it is: plain lower-case, at most 63 bytes. */
export function scratchName(runId: string, purpose: string): string {
  return `${SCRATCH_PREFIX}${runId}_${purpose}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '_')
    .slice(0, 63);
}

async function roleNames(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles');
  return rows.map(({ rolname }) => rolname);
}

/** The key of the advisory lock on the roles of a server: "APMS" in ASCII and a number of our own. */
const ROLES_LOCK = '1095781715, 1';

/**
 * Runs `use`, in which migrations find or make roles and then grant to them, while no other run drops any. The lock is
 * taken in the server's maintenance database, so deployments of all its databases share it.
 */
export async function keepingRoles<T>(
  maintenance: Connection,
  applicationName: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return withClient(maintenance, applicationName, async (client) => {
    await client.query(`select pg_advisory_lock_shared(${ROLES_LOCK})`);
    return use(client);
  });
}

/**
 * Runs `use`, which is told the roles that there are, and then drops the roles that `migrations` have created meanwhile: roles belong to the whole server, so a
 * migration that is only tried out would leave its roles behind. Only a role that is new and that their SQL names is
 * taken for theirs; one that is in use by then is left alone, and so are all while other runs may be about to use them.
 */
export async function undoingRoles<T>(
  maintenance: Connection,
  applicationName: string,
  migrations: readonly { sql: string }[],
  use: (before: readonly string[]) => Promise<T>,
): Promise<T> {
  return keepingRoles(maintenance, applicationName, async (client) => {
    const before = await roleNames(client);
    try {
      return await use(before);
    } finally {
      await dropNewRoles(client, new Set(before), migrations).catch(() => undefined);
    }
  });
}

/** The end of {@link undoingRoles} for a run that was killed: drops what its migrations had created on trial. */
export async function undoRoles(
  maintenance: Connection,
  applicationName: string,
  migrations: readonly { sql: string }[],
  before: readonly string[],
): Promise<void> {
  await keepingRoles(maintenance, applicationName, (client) =>
    dropNewRoles(client, new Set(before), migrations),
  );
}

async function dropNewRoles(
  client: pg.Client,
  before: ReadonlySet<string>,
  migrations: readonly { sql: string }[],
): Promise<void> {
  const added = (await roleNames(client)).filter((name) => !before.has(name));
  const theirs = added.filter((name) => migrations.some(({ sql }) => sql.includes(name)));
  if (theirs.length === 0) return;
  await client.query(`select pg_advisory_unlock_shared(${ROLES_LOCK})`);
  const { rows } = await client.query<{ alone: boolean }>(
    `select pg_try_advisory_lock(${ROLES_LOCK}) as alone`,
  );
  if (rows[0]?.alone !== true) return;
  for (const name of theirs) {
    await client.query(`drop role ${escapeIdentifier(name)}`).catch(() => undefined);
  }
}

/** Runs `use` on a new, empty database of that server and drops it whatever happens. */
export async function withScratchDatabase<T>(
  server: Connection,
  options: { name: string; applicationName: string; encoding?: string },
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { name, applicationName } = options;
  return withClient(server, applicationName, async (maintenance) => {
    await maintenance.query(`create database ${escapeIdentifier(name)} template template0`);
    try {
      return await withClient(onDatabase(server, name), applicationName, use);
    } finally {
      await maintenance.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
    }
  });
}
