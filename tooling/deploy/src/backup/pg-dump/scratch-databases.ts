import type pg from 'pg';
import { escapeIdentifier, withClient } from '../../postgres.ts';
import { SCRATCH_PREFIX } from '../../scratch.ts';
import { serversOf, type Target } from '../../target.ts';

/** The scratch databases of the target's servers, empty ones of a plan included. */
export async function listScratchDatabases(target: Target, applicationName: string): Promise<string[]> {
  const lists = await Promise.all(
    serversOf(target).map((server) => withClient(server, applicationName, scratchNames)),
  );
  return lists.flat();
}

async function scratchNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select datname::text as name from pg_database where starts_with(datname, $1) order by 1',
    [SCRATCH_PREFIX],
  );
  return rows.map(({ name }) => name);
}

/** Drops a scratch database wherever it is; sessions on it are ended. */
export async function dropScratchDatabase(
  target: Target,
  name: string,
  applicationName: string,
): Promise<void> {
  for (const server of serversOf(target)) {
    await withClient(server, applicationName, (client) =>
      client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`),
    );
  }
}
