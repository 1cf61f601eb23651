import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { DeployError } from '../failure.ts';
import type { Run } from '../run-context.ts';

/** The advisory lock that Prisma's CLI takes while it migrates. @source prisma-engines, schema-connectors */
const PRISMA_LOCK = 72707369;
const POLL_MS = 100;
const PATIENCE_MS = 10_000;

/**
 * Runs `use` while no Prisma CLI migrates the same database. The lock is polled: a session that waits for it inside the
 * server would hold up `CREATE INDEX CONCURRENTLY`.
 * @throws {PRISMA_LOCKED} after ten seconds.
 */
export async function withPrismaLock<T>(
  client: pg.Client,
  { target }: Run,
  use: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  while (!(await tryLock(client))) {
    const waitedMs = Math.round(performance.now() - startedAt);
    if (waitedMs > PATIENCE_MS) {
      throw new DeployError({
        code: 'PRISMA_LOCKED',
        target: target.name,
        holder: await holder(client),
        waitedMs,
      });
    }
    await sleep(POLL_MS);
  }
  try {
    return await use();
  } finally {
    await client.query('select pg_advisory_unlock($1)', [PRISMA_LOCK]).catch(() => undefined);
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    PRISMA_LOCK,
  ]);
  return rows[0]?.locked === true;
}

async function holder(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ holder: string }>(
    `select format('%s (pid %s, connected since %s)', coalesce(nullif(application_name, ''), usename), pid,
                   to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as holder
       from pg_locks l join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and classid = 0 and objid = $1 and objsubid = 1
        and l.database = (select oid from pg_database where datname = current_database())`,
    [PRISMA_LOCK],
  );
  return rows[0]?.holder ?? null;
}
