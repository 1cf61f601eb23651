import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { PgbackrestSettings } from '../../config.ts';
import { DeployError } from '../../failure.ts';

const POLL_MS = 100;
/** As pgBackRest's own archive-timeout. */
const PATIENCE_MS = 60_000;

interface Archiver {
  last: string;
  count: string;
  problem: string | null;
}

const QUERY = `
select coalesce(substr(last_archived_wal, 1, 24), '') as last, archived_count::text as count,
       case when last_failed_time > coalesce(last_archived_time, '-infinity')
            then last_failed_wal || ' failed ' || failed_count || ' times, the last time ' || last_failed_time end as problem
  from pg_stat_archiver`;

/** What the server says of its archiver, as a clause; null while it does not fail. */
export async function archiverProblem(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query<Archiver>(QUERY);
  return rows[0]?.problem ?? null;
}

/**
 * Closes the present segment of the write-ahead log and waits until the archive has it and all before it.
 * @throws {PGBACKREST_UNUSABLE} when nothing at all is archived for a minute.
 */
export async function untilArchived(
  client: pg.ClientBase,
  { stanza }: PgbackrestSettings,
  segment: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.query('select pg_switch_wal()');
  let lastCount = '';
  let progressAt = performance.now();
  for (;;) {
    const { rows } = await client.query<Archiver>(QUERY);
    const { last, count, problem } = rows[0] ?? { last: '', count: '', problem: null };
    if (last.slice(0, 8) === segment.slice(0, 8) && last >= segment) return;
    if (count !== lastCount) progressAt = performance.now();
    lastCount = count;
    if (performance.now() - progressAt > PATIENCE_MS) {
      throw new DeployError({
        code: 'PGBACKREST_UNUSABLE',
        stanza,
        reason: 'archiving-broken',
        problem: `The segment ${segment} of the write-ahead log is not archived (${problem ?? 'the archiver does not say why'}).`,
      });
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}
